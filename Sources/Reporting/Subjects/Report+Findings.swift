package import Detection
import Solution

extension Report {
  /// The kind of run that looked for findings.
  package enum Examination: Hashable, Sendable {
    /// A comparison of two revisions; a hook leaves the same.
    case check, hook, explanation
    /// One revision judged by itself.
    case audit
    /// The settings files of one revision; the rules that were asked.
    case settings(Set<RuleID>)

    /// The subcommand.
    var name: String {
      switch self {
      case .check: "check"
      case .hook: "hook"
      case .explanation: "explain"
      case .audit: "audit"
      case .settings: "settings check"
      }
    }

    fileprivate func title(of subject: PrintableText) -> PrintableText {
      switch self {
      case .check, .hook, .explanation: "check of \(subject)"
      case .audit: "audit of \(subject)"
      case .settings: "settings check"
      }
    }

    fileprivate var verb: PrintableText { self == .audit ? "audited" : "checked" }

    /// True where nothing is compared.
    fileprivate var isOfOneRevision: Bool {
      switch self {
      case .check, .hook, .explanation: false
      case .audit, .settings: true
      }
    }

    fileprivate var rules: [RuleID] {
      switch self {
      case .check, .hook, .explanation: RuleBook.askedByCheck
      case .audit: RuleBook.askedByAudit
      case .settings(let rules): RuleBook.askedByAudit.filter { rules.contains($0) }
      }
    }
  }

  /// The report of a check or an audit.
  ///
  /// - Parameters:
  ///   - base: The branch that `before` is the merge base with; nil for another comparison.
  ///   - isChanged: False when no file of a solution differs, so that nothing was read.
  package init(
    _ examination: Examination, before: Side, after: Side, scope: Scope, findings: [Finding],
    accepted: [AcceptedFinding] = [], problems: [Problem] = [], failOn: Severity = .error,
    base: String? = nil, isChanged: Bool = true
  ) {
    let entries = findings.map { $0.entry(before, after, onDisk: after == .worktree) }
    let extent: PrintableText = """
      \(examination.verb) \(scope.words)\
      \(examination.isOfOneRevision ? "" : " in \(scope.extentWords)")
      """
    let subject: PrintableText =
      before == after
      ? after.words
      : "\(after.words) against \(base.map { "\($0.shortened(to: 60))" } ?? before.words)"
    self.init(
      command: examination.name, title: examination.title(of: subject), subject: subject,
      extent: isChanged ? extent : "checked 2 revisions, no file of a solution differs",
      tallies: Severity.allCases.sorted(by: >).map { severity in
        Tally(
          findings.count { $0.severity == severity }, noun: "\(severity.rawValue)",
          tone: severity == .error ? .broken : .plain)
      },
      sections: examination.isOfOneRevision ? Self.audited(entries) : [Section(entries)],
      data: FindingsData(
        scope: scope, findings: findings, accepted: accepted, problems: problems))
    self.accepted = accepted
    self.problems = problems
    self.failOn = failOn
    rules = examination.rules
    topics = rules.map(\.rawValue)
    if examination == .check { marker = "connref" }
  }

  /// A section for each kind of work, the most urgent first.
  private static func audited(_ entries: [Entry]) -> [Section] {
    AuditSection.allCases.compactMap { section in
      let own = entries.filter { $0.finding.map { RuleBook.section(of: $0) } == section }
      return own.isEmpty
        ? nil : Section(own, title: "\(section.title) (\(counted(own.count, "finding")))")
    }
  }

  /// The part of an environment that was read.
  package static func environmentLine(
    host: String?, references: Int, flows: Int, users: Int, files: Int
  ) -> String {
    let name: PrintableText = host.map { "\($0)" } ?? "an environment that no answer names"
    let line: PrintableText = """
      beside it \(name): \(counted(references, "reference")), \(counted(flows, "flow")), \
      \(counted(users, "user")), from \(counted(files, "file"))
      """
    return line.description
  }
}

extension AuditSection {
  fileprivate var title: PrintableText {
    switch self {
    case .unbound: "First: what leaves flows without a connection"
    case .nextImport: "Before the next import"
    case .identity: "Accounts that flows run as"
    case .tidiness: "When there is time"
    }
  }
}

extension Scope {
  /// `1 solution, 2 references, 3 flows`.
  var words: PrintableText {
    """
    \(counted(solutions, "solution")), \(counted(references, "reference")), \
    \(counted(consumers, "flow"))
    """
  }

  var extentWords: PrintableText {
    switch extent {
    case .revisions(let number): counted(number, "revision")
    case .commits(let number): counted(number, "commit")
    }
  }
}

/// The data of a check or an audit for programs.
struct FindingsData: ReportData {
  let scope: Scope
  let findings: [Finding]
  let accepted: [AcceptedFinding]
  let problems: [Report.Problem]

  var members: [JSONValue.Member] {
    [
      ("scope", scope.value(problems)),
      ("findings", .array(findings.map { JSONFinding(finding: $0).value })),
      (
        "accepted",
        .array(
          accepted.map { accepted in
            let finding = JSONFinding(finding: accepted.finding)
            return .object(
              finding.members(
                fate: [
                  finding.outcome, ("acceptedBy", JSONFinding.acceptedBy(accepted.approval)),
                ]))
          })
      ),
      ("problems", .array(problems.map(\.value))),
    ]
  }

  var table: Table? {
    Table(titles: FindingCells.titles, rows: findings.map(FindingCells.cells))
  }
}
