import Detection
import Foundation
import Reporting
import Review
import Solution

/// Writes an outcome in the format that was asked for, and says with what status to end.
struct OutcomePresentation {
  let outcome: CheckOutcome
  let command: String
  let failOn: Severity
  let output: OutputOptions
  let console: Console

  var status: ExitStatus {
    if outcome.findings.contains(where: { $0.severity >= failOn }) { return .findings }
    return outcome.problems.contains(where: \.matters) ? .unknown : .clear
  }

  func write(to world: World) throws {
    let report = Report(outcome, command: command)
    switch output.format {
    case .text: try output.write(text(of: report), in: world, console: console)
    case .json: try output.write(JSONReport(report).document, in: world, console: console)
    }
    let problems = TextReport(report, isColored: console.colorsErrors).problems
    if !problems.isEmpty { console.say(problems.trimmingSuffix("\n")) }
    // Nothing was read then, so there is nothing to count.
    console.inform(
      outcome.isChanged
        ? report.scopeLine
        : "checked 2 revisions: no file of a solution differs, nothing to stop for")
  }
}

extension OutcomePresentation {
  private func text(of report: Report) -> String {
    let isColored = output.output == nil && console.colorsOutput
    return report.isOfOneRevision
      ? AuditText(report, isColored: isColored).text
      : TextReport(report, isColored: isColored).findings
  }
}

extension OutputOptions {
  /// To the file that was named, else to standard output.
  func write(_ text: String, in world: World, console: Console) throws {
    guard let output else { return console.write(text) }
    let path = output.hasPrefix("/") ? output : "\(world.folder)/\(output)"
    do throws(Unwritable) {
      try WholeFile.write(Data(text.utf8), to: URL(filePath: path))
    } catch {
      throw Failure(message: "could not write '\(output)': \(error.reason)")
    }
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
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
      findings: outcome.findings,
      problems: outcome.problems.map { ReportedProblem($0.problem, matters: $0.matters) })
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
