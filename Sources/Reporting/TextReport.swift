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
  /// empty when there are none. Those that say the same of several references or flows are told in one
  /// breath.
  package var findings: String {
    var page = TextPage(isColored: isColored)
    for (number, group) in FindingGroup.groups(of: report.findings).enumerated() {
      if number > 0 { page.blankLine() }
      write(group, to: &page)
    }
    writeAccepted(to: &page)
    return page.text
  }

  /// Below what the page holds already.
  func writeAccepted(to page: inout TextPage) {
    if !page.text.isEmpty && !report.accepted.isEmpty { page.blankLine() }
    for accepted in report.accepted { page.line(.init(accepted.line, .dim)) }
  }

  func write(_ group: FindingGroup, to page: inout TextPage) {
    if let text = FindingGroupText(group) { return text.write(to: &page) }
    for finding in group.findings {
      FindingText(finding, before: report.before, after: report.after).write(to: &page)
    }
  }

  /// The problems, for standard error: a line each, and a line for a hint.
  package var problems: String { ProblemText.lines(report.problems, isColored: isColored) }
}
