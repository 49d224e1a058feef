import Detection
import Reporting

/// Writes a report in the format that was asked for, its problems and what was looked at.
struct ReportPresentation {
  let report: Report
  let failOn: Severity
  let output: FormatOptions<PipelineOr<ReportFormat>>
  let console: Console
  /// The name of the repository.
  let title: String
  /// What ends the run on standard error.
  let scopeLine: String

  func write(to context: RunContext) throws {
    switch output.format {
    case .own(let format): try output.write(text(format), in: context, console: console)
    case .pipeline(let format):
      try format.write(bulletin, to: output, in: context, console: console)
    }
    let problems = TextReport(report, isColored: console.colorsErrors).problems
    if !problems.isEmpty { console.say(String(problems.dropLast())) }
    console.inform(scopeLine)
  }

  private var bulletin: Bulletin { Bulletin(report, failOn: failOn, scopeLine: scopeLine) }

  private func text(_ format: ReportFormat) -> String {
    switch format {
    case .text:
      report.isOfOneRevision
        ? AuditText(report, isColored: output.isColored(on: console)).text
        : TextReport(report, isColored: output.isColored(on: console)).findings
    case .json: JSONReport(report).document
    case .markdown: BulletinMarkdown(bulletin).text
    case .csv: ReportCSV(report).text
    case .html: ReportPage(report, title: title, scopeLine: scopeLine).document
    }
  }
}
