package import Detection
import Solution

extension Report {
  /// The report of the branches of a repository: a line for each, and each finding once, with the
  /// branches that have it.
  ///
  /// - Parameters:
  ///   - main: The main branch, as people write it; nil where no branch looks like one.
  ///   - onlyErrors: Leaves out what is less than an error below the list of branches.
  ///   - checkout: What is checked out; nil where nothing can be.
  ///   - missing: Why nothing was found on any branch, where a solution was expected; nil mostly.
  package init(
    branches: [BranchVerdict], main: String?, onlyErrors: Bool = false, checkout: Checkout? = nil,
    missing: String? = nil
  ) {
    let others = branches.filter { $0.state != .main }
    let against: PrintableText = main.map { " against '\($0.shortened(to: 60))'" } ?? ""
    let flagged = branches.count { $0.state == .flagged }
    self.init(
      command: "branches", title: "branches", subject: "every branch",
      extent:
        "checked \(branches.count) \(branches.count == 1 ? "branch" : "branches")\(against)",
      tallies: [
        Tally(flagged, state: "flagged", tone: .broken),
        Tally(branches.count { $0.state == .warned }, state: "with warnings"),
      ],
      sections: [
        Section(
          Self.entries(of: branches, main: main ?? "the main branch", checkout).filter {
            !onlyErrors || $0.severity == .error
          })
      ] + branches.filter(\.isMain).flatMap { Self.completed(on: $0, isBrief: onlyErrors) },
      data: BranchesData(branches: branches, main: main))
    overview = Overview(
      title: "Branches", columns: ["Branch", "State", "Left the main branch", "Why"],
      rows: branches.map(Self.row), stateColumn: 1,
      lead: (column: 2, words: "left \(main.map { "\($0.shortened())" } ?? "the main branch") "))
    // Without a main branch one reason holds for all.
    if main == nil, others.count > 1, let reason = others.first?.reason,
      others.allSatisfy({ $0.reason == reason })
    {
      problems = [
        Problem(
          "could not tell about \(others.count) branches: \(reason)",
          hint: Self.choosingMain(of: others), matters: true)
      ]
    } else {
      problems = Self.problems(of: others)
    }
    if let missing { problems.append(Problem(missing, matters: true)) }
    rules = RuleBook.askedByCheck
    topics = others.map(\.shortName)
  }

  private static func choosingMain(of branches: [BranchVerdict]) -> String {
    let names = branches.map(\.shortName)
    let usual = ["develop", "dev", "trunk", "production"].first { names.contains($0) }
    let name = usual ?? names.first ?? "BRANCH"
    return "connref branches --main \(name), or main: \(name) in .connref.yml"
  }

  private static func problems(of branches: [BranchVerdict]) -> [Problem] {
    branches.compactMap { branch in
      branch.reason.map { reason in
        Problem(
          """
          could not tell about '\(branch.shortName.shortened())': \
          \(reason.shortened(to: 400))
          """, topic: branch.shortName, matters: true)
      }
    }
  }

  private static func row(_ branch: BranchVerdict) -> Overview.Row {
    let base: Phrase = branch.mergeBase.map { "\($0.day), \(commit: $0.commit)" } ?? ""
    let counts = Severity.allCases.sorted(by: >).compactMap { severity -> PrintableText? in
      let number = branch.open.count { $0.finding.severity == severity }
      return number == 0 ? nil : counted(number, "\(severity.rawValue)")
    }
    let completed = branch.completed.count
    let rest: [PrintableText?] = [
      completed == 0 ? nil : "\(completed) completed",
      branch.remark.map { "\($0.shortened(to: 400))" },
    ]
    let why: Phrase =
      branch.reason.map { "\($0.shortened(to: 400))" }
      ?? "\(PrintableText(joining: counts + rest.compactMap { $0 }, separator: ", "))"
    return Overview.Row(
      cells: [
        "\(name: branch.shortName)", "\(branch.stateWords)",
        branch.isMain ? "" : base, why,
      ], severity: branch.severity)
  }

  private static func entries(
    of branches: [BranchVerdict], main: String, _ checkout: Checkout?
  ) -> [Entry] {
    var ids: [String] = []
    var found: [String: [(branch: BranchVerdict, dated: BranchVerdict.DatedFinding)]] = [:]
    for branch in branches {
      for dated in branch.open {
        let id = dated.finding.id
        if found[id] == nil { ids.append(id) }
        found[id, default: []].append((branch, dated))
      }
    }
    return ids.compactMap { id -> Entry? in
      // The same event may weigh more on one branch than on another: the most severe is shown.
      guard let all = found[id],
        let worst = all.max(by: { $0.dated.finding.severity < $1.dated.finding.severity })
      else { return nil }
      let sides =
        worst.branch.isMain
        ? worst.dated.sides : (.revision(main), .revision(worst.branch.shortName))
      return worst.dated.finding.entry(
        sides.0, sides.1,
        origin: [Fact(.on, all.map { line($0.branch, $0.dated) })],
        topics: all.map(\.branch.shortName),
        arrival: checkout?.step(to: all.map(\.branch.shortName)))
    }.mostSevereFirst
  }

  /// Completed findings on the main branch, which leave work in environments only.
  private static func completed(on branch: BranchVerdict, isBrief: Bool) -> [Section] {
    guard !branch.completed.isEmpty else { return [] }
    let title: Phrase = """
      Completed on \(name: branch.shortName.shortened()): bind the new \
      \(branch.completed.count == 1 ? "name" : "names") in every environment
      """
    guard !isBrief else {
      return [
        Section(
          [], title: title,
          facts: [
            Fact(.now, branch.completed.flatMap(\.newNames), rest: "connref branches --details")
          ])
      ]
    }
    return [
      Section(
        branch.completed.map { dated in
          let finding = dated.finding
          let facts =
            finding.change(dated.sides.0, dated.sides.1)
            + [
              Fact(.on, line(branch, dated)), finding.consumers(.moved, .moved),
              Fact(.state, "completed: \(finding.bindingStep)"),
              Fact(.id, "\(name: finding.id)"),
            ]
          return Entry(
            finding: finding, title: "\(finding.prose(finding.summary))",
            name: "\(finding.id)", place: finding.place, moment: dated.since,
            state: .complete, facts: facts.present, anchor: finding.id,
            topics: [branch.shortName], isOpen: false)
        }, title: title)
    ]
  }

  private static func line(
    _ branch: BranchVerdict, _ dated: BranchVerdict.DatedFinding
  ) -> Phrase {
    let name = branch.shortName.shortened()
    guard let since = dated.since else { return "\(name: name)" }
    return """
      \(name: name), since \(commit: since.commit) by \(since.author.shortened(to: 40)), \(since.day): \
      \(since.summary.shortened(to: 100))
      """
  }
}

extension BranchVerdict.DatedFinding {
  /// Of a finding on the main branch: the commit that introduced it, and the one before.
  fileprivate var sides: (Side, Side) {
    (
      .revision(since?.parent.map { String($0.prefix(10)) } ?? "nothing"),
      .revision(since?.shortCommit ?? "the tip")
    )
  }

  /// `contoso_new  was contoso_old, since 5b42105 by Anna Berg`.
  fileprivate var newNames: [Fact.Line] {
    let was = finding.before.map { PrintableText(escaping: $0.name.spelling.shortened()) }
    let since: PrintableText = since.map { ", since \($0.words)" } ?? ""
    return finding.after.map {
      Fact.Line(
        words: "\(name: $0.name.spelling)",
        note: "was \(PrintableText(joining: was, separator: ", "))\(since)")
    }
  }
}

extension BranchVerdict {
  /// `flagged`, `clean` and so on: one of a closed set.
  var stateName: String {
    switch state {
    case .main: "main"
    case .clean: "clean"
    case .warned: "warning"
    case .flagged: "flagged"
    case .unknown: "unknown"
    }
  }

  fileprivate var stateWords: PrintableText {
    switch state {
    case .main: "the main branch"
    case .unknown: "could not tell"
    case .clean, .warned, .flagged: isMain ? "the main branch, \(stateName)" : "\(stateName)"
    }
  }

  fileprivate var severity: Severity? {
    switch state {
    case .main, .clean: nil
    case .warned, .unknown: .warning
    case .flagged: .error
    }
  }

  var reason: String? {
    if case .unknown(let reason) = state { reason } else { nil }
  }
}

/// The data of branches for programs.
struct BranchesData: ReportData {
  let branches: [BranchVerdict]
  let main: String?

  var members: [JSONValue.Member] {
    [("main", .text(main)), ("branches", .array(branches.map { Self.value($0) }))]
  }

  /// - Parameter state: In place of the verdict's own name.
  static func value(_ branch: BranchVerdict, state: String? = nil) -> JSONValue {
    [
      "name": .text(branch.name),
      "shortName": .text(branch.shortName),
      "tip": .text(branch.tip),
      "state": .text(state ?? branch.stateName),
      "isMain": .boolean(branch.isMain),
      "reason": .text(branch.reason),
      "remark": .text(branch.remark),
      "mergeBase": .moment(branch.mergeBase),
      "findings": .array(
        branch.findings.map { dated in
          let finding = JSONFinding(finding: dated.finding)
          return .object(
            finding.members(fate: [finding.outcome, ("since", .moment(dated.since))]))
        }),
    ]
  }

  /// A row for each finding of a branch, or one for a branch that has none.
  var table: Table? {
    let titles: [PrintableText] = [
      "branch", "state", "reason", "tip", "left at", "left date", "since", "since date",
      "since author",
    ]
    return Table(
      titles: titles + FindingCells.titles,
      rows: branches.flatMap { branch -> [[PrintableText]] in
        let cells: [PrintableText] = [
          "\(branch.shortName)", "\(branch.stateName)", "\(branch.reason ?? "")", "\(branch.tip)",
          "\(branch.mergeBase?.commit ?? "")", "\(branch.mergeBase?.timestamp ?? "")",
        ]
        guard !branch.findings.isEmpty else {
          let rest = titles.count - cells.count + FindingCells.titles.count
          return [cells + Array(repeating: "", count: rest)]
        }
        return branch.findings.map { dated in
          let since: [PrintableText] = [
            "\(dated.since?.commit ?? "")", "\(dated.since?.timestamp ?? "")",
            "\(dated.since?.author ?? "")",
          ]
          return cells + since + FindingCells.cells(of: dated.finding)
        }
      })
  }
}
