import Detection
import Reporting
import Solution
import Testing

struct HostileNamesTests {
  static let hostile = Samples.hostile

  /// Every string that comes out of a repository is hostile here.
  static let finding = finding(of: hostile)

  static func finding(of hostile: String) -> Finding {
    Finding(
      rule: .referenceRecreated, severity: .error, confidence: .strong, solution: hostile,
      summary: "'\(hostile)' was made again",
      before: [
        Samples.declaration(hostile, displayName: hostile, connector: hostile, path: hostile)
      ],
      after: [
        Samples.declaration(hostile, displayName: hostile, connector: hostile, path: hostile)
      ],
      evidence: Evidence.allCases,
      consumers: AffectedConsumer.State.allCases.map {
        Samples.consumer(hostile, names: hostile, $0, path: hostile)
      },
      rows: AffectedRow.State.allCases.map {
        AffectedRow(
          place: Place(path: hostile, line: 1), reference: LogicalName(hostile), state: $0)
      },
      remarks: [hostile], consequence: hostile, fix: [.text(hostile)], discriminator: hostile)
  }

  static let report = Report(
    command: "check", before: .revision(hostile), after: .revision(hostile),
    scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
    findings: [finding],
    accepted: [Bulletins.accepted(finding, reason: hostile, who: hostile)],
    problems: [
      .init(Problem(path: hostile, message: "cut short\nhint: \(hostile)"), matters: true)
    ])

  static let inventory = Inventory(
    Inventories.snapshot(
      name: hostile, folder: hostile, prefix: hostile,
      references: [
        Reference(
          name: LogicalName(hostile), displayName: hostile, connector: Connector(path: hostile),
          isStub: false, place: Place(path: hostile, line: 1))
      ],
      externals: [
        ExternalReference(
          name: LogicalName("external"), origin: .solution(hostile),
          place: Place(path: hostile, line: 1))
      ],
      consumers: [Inventories.flow(hostile, names: [hostile, "nothing\n", nil], path: hostile)],
      settings: [Inventories.settings(hostile, [(hostile, "id")])]))

  static let bulletins = Bulletins.hostile(hostile)

  /// Every way out but those of build servers' commands, which have tests of their own; its name is
  /// all that a test's log shows.
  enum Output: CaseIterable {
    case findings, problems, scopeLine, json, list, jsonList
    case history, historyProblems, historyScope, historyJSON, historyLine, historyCSV
    case historyMarkdown, historyPage, life, lifeJSON
    case branches, branchesScope, branchesMarkdown, branchesJSON, branchesPage, watch, watchJSON
    case markdown, reportCSV, branchesCSV, page, sarif, junit, gitLab

    var text: String {
      switch self {
      case .findings: TextReport(report).findings
      case .problems: TextReport(report).problems
      case .scopeLine: report.scopeLine
      case .json: JSONReport(report).document
      case .list: ListReport(inventory).text
      case .jsonList: JSONInventory(inventory).document
      case .history: HistoryText(Histories.hostile(hostile)).text
      case .historyProblems: HistoryText(Histories.hostile(hostile)).problems
      case .historyScope: Histories.hostile(hostile).scopeLine
      case .historyJSON: HistoryJSON(Histories.hostile(hostile)).document
      case .historyLine:
        Histories.hostile(hostile).history.incidents.map(HistoryLines.line).joined()
      case .historyCSV: HistoryCSV(Histories.hostile(hostile)).text
      case .historyMarkdown: HistoryMarkdown(Histories.hostile(hostile)).text

      case .historyPage:
        HistoryPage(Histories.hostile(hostile), title: hostile, date: hostile).document
      case .life: LifeText(Histories.life(hostile)).text
      case .lifeJSON: LifeJSON(Histories.life(hostile)).document
      case .branches: BranchesText(Branches.hostile).text
      case .branchesScope: Branches.hostile.scopeLine
      case .branchesMarkdown: BranchesMarkdown(Branches.hostile).text
      case .branchesJSON: BranchesJSON(Branches.hostile).document
      case .branchesPage: BranchesPage(Branches.hostile, title: hostile).document
      case .watch: Branches.hostileEntries.map(\.text).joined()
      case .watchJSON: Branches.hostileEntries.map(\.json).joined()
      case .markdown: bulletins.map { BulletinMarkdown($0).text }.joined()
      case .reportCSV: ReportCSV(report).text
      case .branchesCSV: BranchesCSV(Branches.hostile).text
      case .page: ReportPage(Bulletins.hostileReport(hostile), title: hostile).document
      case .sarif: bulletins.map { SARIFReport($0).document }.joined()
      case .junit: bulletins.map { JUnitReport($0).document }.joined()
      case .gitLab: bulletins.map { GitLabQuality($0).document }.joined()
      }
    }
  }

  @Test(arguments: Output.allCases)
  func `no character that steers a terminal gets out`(output: Output) {
    let steering = output.text.replacing("\r\n", with: "\n").unicodeScalars.filter { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .lineSeparator, .paragraphSeparator, .format: true
      default: false
      }
    }
    #expect(steering.isEmpty)
  }

  @Test(arguments: Output.allCases)
  func `no name forges a line`(output: Output) {
    let forged = output.text.split(separator: "\n").filter {
      let line = $0.drop { $0 == " " }
      return line.hasPrefix("::") || line.drop { $0 == "#" }.contains("##")
    }
    #expect(forged.isEmpty)
  }

  @Test func `a message has one hint at most`() {
    #expect(TextReport(Self.report).problems.split(separator: "\n").count == 2)
  }

  @Test func `a very long display name is shortened in text`() {
    let name = String(repeating: "long ", count: 1000)
    let finding = Finding(
      rule: .referenceRecreated, severity: .error, confidence: .certain, solution: "Sales",
      summary: "'\(name)' was made again",
      before: [Samples.declaration("new_a", displayName: name)],
      consumers: [Samples.consumer(name, names: "new_a", .leftBehind)],
      consequence: "'\(name)' stays off", fix: [])
    let text = TextReport(Samples.report([finding])).findings
    #expect(text.count < 800)
    #expect(text.contains("long…'"))
  }

  @Test func `a display name of marks without end is shortened`() {
    let name = "a" + String(repeating: "\u{301}", count: 5000)
    let inventory = Inventory(
      Inventories.snapshot(references: [Inventories.reference("new_a", displayName: name)]))
    #expect(ListReport(inventory).text.utf8.count < 500)
  }

  @Test func `JSON keeps a long name whole`() {
    let name = String(repeating: "a", count: 1000)
    let inventory = Inventory(
      Inventories.snapshot(references: [Inventories.reference("new_a", displayName: name)]))
    #expect(JSONInventory(inventory).document.contains(name))
  }
}
