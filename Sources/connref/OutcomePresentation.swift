import Detection
import Reporting
import Review
import Solution

/// Writes an outcome in the format that was asked for, and says with what status to end.
struct OutcomePresentation {
  let outcome: CheckOutcome
  let command: String
  let failOn: Severity
  let output: FormatOptions<PipelineOr<ReportFormat>>
  let console: Console
  /// The name of the repository.
  var title = ""

  var status: ExitStatus {
    if outcome.findings.contains(where: { $0.severity >= failOn }) { return .findings }
    return outcome.problems.contains(where: \.matters) ? .unknown : .clear
  }

  func write(to context: RunContext) throws {
    let report = Report(outcome, command: command)
    try ReportPresentation(
      report: report, failOn: failOn, output: output, console: console, title: title,
      // Nothing was read then, so there is nothing to count.
      scopeLine: outcome.isChanged
        ? report.scopeLine
        : "checked 2 revisions: no file of a solution differs, nothing to stop for"
    ).write(to: context)
  }
}

extension Report {
  init(_ outcome: CheckOutcome, command: String) {
    self.init(
      command: command, before: Side(outcome.before), after: Side(outcome.after),
      scope: Scope(
        extent: .revisions(outcome.before == outcome.after ? 1 : 2), solutions: outcome.solutions,
        references: outcome.references,
        consumers: outcome.consumers,
        unreadable: outcome.problems.count { $0.problem.hidesContent }),
      findings: outcome.findings, accepted: outcome.accepted,
      problems: outcome.problems.map { ReportedProblem($0.problem, matters: $0.matters) },
      rules: Self.rules(askedBy: command))
  }

  private static func rules(askedBy command: String) -> [RuleID] {
    switch command {
    case "audit": RuleBook.askedByAudit
    case "settings check": RuleBook.askedByAudit.filter { SettingsCheck.rules.contains($0) }
    default: RuleBook.askedByCheck
    }
  }
}

extension Report.Side {
  fileprivate init(_ side: CheckOutcome.Side) {
    switch side {
    case .revision(let name): self = .revision(name)
    case .staged: self = .staged
    case .worktree: self = .worktree
    }
  }
}
