import Detection
import Solution

/// A report for people: what `--format text` prints.
package struct TextReport {
  private let report: Report
  private let isColored: Bool

  package init(_ report: Report, isColored: Bool = false) {
    self.report = report
    self.isColored = isColored
  }

  /// The findings, for standard output: a blank line between two, then a line for each accepted one;
  /// empty when there are none.
  package var findings: String {
    var page = TextPage(isColored: isColored)
    for (number, finding) in report.findings.enumerated() {
      if number > 0 { page.blankLine() }
      FindingText(finding, before: report.before, after: report.after).write(to: &page)
    }
    if !report.findings.isEmpty && !report.accepted.isEmpty { page.blankLine() }
    for accepted in report.accepted { page.line(.init(accepted.line, .dim)) }
    return page.text
  }

  /// The problems, for standard error: a line each, and a line for a hint.
  package var problems: String { ProblemText.lines(report.problems, isColored: isColored) }
}
