import Detection
import Reporting
import Solution
import Testing

struct HostileNamesTests {
  static let hostile = Samples.hostile

  /// Every string from a repository is hostile here.
  static let finding = finding(of: hostile)

  static func finding(of hostile: String) -> Finding {
    Finding(
      rule: .referenceRecreated, severity: .error, confidence: .strong, solution: hostile,
      summary: "'\(hostile)' was re-created",
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
    .check, before: .revision(hostile), after: .revision(hostile),
    scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
    findings: [finding],
    accepted: [SampleReports.accepted(finding, reason: hostile, who: hostile)],
    problems: [
      .init(Problem(path: hostile, message: "cut short\nhint: \(hostile)"), matters: true)
    ])

  static let listing = Listing(
    Listings.snapshot(
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
      consumers: [Listings.flow(hostile, names: [hostile, "nothing\n", nil], path: hostile)],
      settings: [Listings.settings(hostile, [(hostile, "id")])]))

  /// What a document is written of; its name is all that a test's log shows.
  enum Subject: CaseIterable {
    case check, list, history, life, branches

    var report: Report {
      var report =
        switch self {
        case .check: HostileNamesTests.report
        case .list: Report(listing)
        case .history: Histories.hostile(hostile)
        case .life: Histories.life(hostile)
        case .branches: Branches.hostile
        }
      report.repository = hostile
      return report
    }
  }

  /// Every way out: all reports in all formats but those of build servers' commands, which have tests
  /// of their own, and the text beside a report.
  enum Output: CaseIterable, CustomTestStringConvertible {
    case document(Subject, Format)
    case problems(Subject)
    case scopeLine(Subject)
    case watch, watchJSON, foundLine, repositories

    static let allCases =
      Subject.allCases.flatMap { subject in
        Format.allCases.filter { $0 != .github && $0 != .azure }
          .map { Output.document(subject, $0) } + [.problems(subject), .scopeLine(subject)]
      } + [.watch, .watchJSON, .foundLine, .repositories]

    var testDescription: String {
      switch self {
      case .document(let subject, let format): "\(subject) as \(format)"
      case .problems(let subject): "problems of \(subject)"
      case .scopeLine(let subject): "scope line of \(subject)"
      case .watch: "watch"
      case .watchJSON: "watch as json"
      case .foundLine: "line of an incident"
      case .repositories: "page of repositories"
      }
    }

    var text: String {
      switch self {
      case .document(let subject, let format): subject.report.document(in: format)
      case .problems(let subject): subject.report.problemLines()
      case .scopeLine(let subject): subject.report.scopeLine
      case .watch: Branches.hostileEntries.map(\.text).joined()
      case .watchJSON: Branches.hostileEntries.map(\.json).joined()
      case .foundLine: HistoryData.found(Histories.incident(finding))
      case .repositories:
        RepositoriesPage([Branches.section(hostile, trouble: hostile)]).document
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
    #expect(Self.report.problemLines().split(separator: "\n").count == 2)
  }

  @Test func `a very long display name is shortened in text`() {
    let name = String(repeating: "long ", count: 1000)
    let finding = Finding(
      rule: .referenceRecreated, severity: .error, confidence: .certain, solution: "Sales",
      summary: "'\(name)' was re-created",
      before: [Samples.declaration("new_a", displayName: name)],
      consumers: [Samples.consumer(name, names: "new_a", .leftBehind)],
      consequence: "'\(name)' stays off", fix: [])
    let text = Samples.report([finding]).text
    #expect(text.count < 800)
    #expect(text.contains("long…'"))
  }

  @Test func `a display name of marks without end is shortened`() {
    let name = "a" + String(repeating: "\u{301}", count: 5000)
    let listing = Listing(
      Listings.snapshot(references: [Listings.reference("new_a", displayName: name)]))
    #expect(Report(listing).text.utf8.count < 500)
  }

  @Test func `JSON keeps a long name whole`() {
    let name = String(repeating: "a", count: 1000)
    let listing = Listing(
      Listings.snapshot(references: [Listings.reference("new_a", displayName: name)]))
    #expect(Report(listing).json.contains(name))
  }
}
