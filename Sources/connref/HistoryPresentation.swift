import Detection
import Reporting
import Review
import Solution

/// Writes a history in the format that was asked for, and says with what status to end.
struct HistoryPresentation {
  let outcome: HistoryOutcome
  let reference: String?
  let output: FormatOptions<PipelineOr<HistoryFormat>>
  let failOn: Severity
  let console: Console
  /// As the user named them; empty for all.
  let branches: String
  /// The name of the repository.
  let title: String

  var status: ExitStatus {
    // The life of one reference passes no sentence on the others.
    let isBroken =
      reference == nil
      && outcome.history.incidents.contains {
        $0.isStillBroken && $0.approval == nil && $0.finding.severity >= failOn
      }
    if isBroken { return .findings }
    return outcome.history.isComplete && outcome.problems.isEmpty ? .clear : .unknown
  }

  func write(to context: RunContext) throws {
    let report = HistoryReport(
      outcome.history, problems: outcome.problems.map(\.reported),
      branches: branches.isEmpty ? "all branches" : branches)
    if let reference {
      try writeLife(of: reference, report, to: context)
    } else {
      switch output.format {
      case .own(let format):
        try output.write(text(of: report, format), in: context, console: console)
      case .pipeline(let format):
        let bulletin = Bulletin(report, failOn: failOn)
        try format.write(bulletin, to: output, in: context, console: console)
      }
    }
    let problems = HistoryText(report, isColored: console.colorsErrors).problems
    if !problems.isEmpty { console.say(String(problems.dropLast())) }
    console.inform(report.scopeLine)
  }

  private func text(of report: HistoryReport, _ format: HistoryFormat) -> String {
    switch format {
    case .text: HistoryText(report, isColored: output.isColored(on: console)).text
    case .json: HistoryJSON(report).document
    case .jsonl: report.history.incidents.map { HistoryLines.line(of: $0) }.joined()
    case .csv: HistoryCSV(report).text
    case .markdown: HistoryMarkdown(report).text
    case .html: HistoryPage(report, title: title).document
    }
  }

  private func writeLife(
    of reference: String, _ report: HistoryReport, to context: RunContext
  ) throws {
    guard !outcome.life.isEmpty else {
      throw Failure(message: "no commit of \(report.branches) declares or names '\(reference)'")
    }
    let life = LifeReport(
      reference: reference, events: outcome.life, branches: report.branches)
    switch output.format {
    case .own(.text):
      try output.write(
        LifeText(life, isColored: output.isColored(on: console)).text, in: context, console: console
      )
    case .own(.json): try output.write(LifeJSON(life).document, in: context, console: console)
    case .own, .pipeline:
      throw UsageError(
        message: "the life of one reference is written as text or json",
        hint: "add --format json, or leave --format out")
    }
  }
}

extension HistoryProblem {
  /// Where no file is meant, the commit itself could not be read.
  fileprivate var reported: Report.ReportedProblem {
    let path =
      problem.path.isEmpty ? commit.map { "commit \($0.prefix(10))" } ?? "HEAD" : problem.path
    return Report.ReportedProblem(
      Problem(
        path: path, line: problem.line, message: problem.message,
        hidesContent: problem.hidesContent),
      matters: problem.hidesContent, commit: problem.path.isEmpty ? nil : commit)
  }
}
