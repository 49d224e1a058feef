import Detection
import Reporting
import Solution

/// SampleReports to write down.
enum SampleReports {
  /// What a name must not do to any format: to a terminal, a log, a build server, XML, JSON, Markdown,
  /// HTML, an address or a spreadsheet.
  static let hostile = [
    Samples.hostile, "::error::forged", "##vso[task.complete result=Succeeded;]forged", "a]]>b",
    "100%0A::error::forged%0D%25%AZP25", "a|b", "`x`", "</details><script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>", "\u{202E}abc\u{2066}\u{200B}", "\u{0}\u{8}\u{FFFE}\u{FFFF}",
    "\r\n\t\u{85}", "", "a,b;c]d:e=f", "{0} {x} [l](https://x.y) @team #12", "=1+1",
    "a:b/c d#e?f%g",
    "-->", "e\u{301}\u{1F600}", "=\u{301},\u{301};\u{301}]\u{301}|\u{301}\"\u{301}:\u{301}<\u{301}",
    String(repeating: "long ", count: 100), String(repeating: "\u{301}", count: 500),
  ]

  /// An error, a warning and a note, in this order.
  static let findings = [
    Samples.recreated, finding(.settingsStale, .warning), finding(.referenceReplaced, .note),
  ]

  static func finding(
    _ rule: RuleID, _ severity: Severity, _ name: String = "new_a", line: Int = 3
  ) -> Finding {
    Finding(
      rule: rule, severity: severity, confidence: .certain, solution: "Sales",
      summary: "'\(name)' is not as it was",
      before: [Samples.declaration(name, path: "solutions/Sales/\(name).xml", line: line)],
      consequence: "a flow stays off", fix: ["put it back"])
  }

  static func accepted(
    _ finding: Finding, reason: String = "agreed", who: String? = nil, until: Day? = nil
  ) -> AcceptedFinding {
    AcceptedFinding(
      finding: finding,
      approval: Approval(
        id: finding.id, rule: finding.rule, names: nil, reason: reason, who: who, until: until,
        place: Place(path: ".connref-accepted.yml", line: 2)))
  }

  static let unreadable = Report.Problem(
    Problem(path: "solutions/Ops/a b.xml", line: 7, message: "cut short\nhint: git fetch"),
    matters: true)

  /// Every string from a repository is this.
  static func hostileReport(_ text: String) -> Report {
    Report(
      .check, before: .revision(text), after: .revision(text + "x"),
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [HostileNamesTests.finding(of: text)],
      accepted: [
        accepted(HostileNamesTests.finding(of: text), reason: text, who: text)
      ],
      problems: [
        .init(Problem(path: text, line: 1, message: "\(text)\nhint: \(text)"), matters: true),
        .init(Problem(path: text, message: text), matters: false),
      ])
  }

  /// The same in each of the three commands.
  static func hostile(_ text: String) -> [Report] {
    [
      hostileReport(text), Histories.hostile(text),
      Branches.report(text),
    ]
  }
}
