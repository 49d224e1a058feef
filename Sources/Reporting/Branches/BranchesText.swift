import Detection
import Solution

/// Branches for people: a line each, and below a flagged one what it is flagged for.
package struct BranchesText {
  private let report: BranchesReport
  private let isColored: Bool

  package init(_ report: BranchesReport, isColored: Bool = false) {
    self.report = report
    self.isColored = isColored
  }

  package var text: String {
    var page = TextPage(isColored: isColored)
    let width = min(report.branches.map { shown($0).description.displayWidth }.max() ?? 0, 40)
    for branch in report.branches {
      let name = shown(branch)
      let gap = String(repeating: " ", count: max(width - name.description.displayWidth, 0) + 2)
      var spans = [TextPage.Span(name, .bold), TextPage.Span("\(gap)"), state(of: branch)]
      if let base = branch.mergeBase, branch.state != .main {
        spans.append(TextPage.Span(", left at \(base.shortCommit) of \(base.day)", .dim))
      }
      page.line(spans: spans)
      if let reason = branch.reason { page.paragraph(indent: 2, PrintableText(escaping: reason)) }
      for standing in branch.standing { write(standing, to: &page) }
    }
    return page.text
  }

  private func shown(_ branch: BranchVerdict) -> PrintableText {
    "\(branch.shortName.shortened(to: 60))"
  }

  private func state(of branch: BranchVerdict) -> TextPage.Span {
    switch branch.state {
    case .main: TextPage.Span("the main branch", .dim)
    case .clean: TextPage.Span("clean")
    case .warned: TextPage.Span("warning", .yellow)
    case .flagged: TextPage.Span("flagged", .red)
    case .unknown: TextPage.Span("could not tell", .yellow)
    }
  }

  private func write(_ standing: BranchVerdict.Standing, to page: inout TextPage) {
    let finding = standing.finding
    page.line(
      indent: 2,
      spans: [
        TextPage.Span(
          "\(finding.severity.rawValue)[\(finding.rule.rawValue)]",
          TextPage.Style(finding.severity)),
        TextPage.Span(" \(finding.solution.shortened()), \(finding.id)"),
      ])
    page.paragraph(indent: 4, finding.prose(finding.summary))
    for (label, names) in [("was", finding.before), ("now", finding.after)] where !names.isEmpty {
      page.line(
        indent: 4,
        "\(label) \(PrintableText(joining: names.map { "\($0.name.spelling)" }, separator: ", "))")
    }
    if let since = standing.since {
      page.line(indent: 4, "since \(since.words): \(since.summary.shortened(to: 40))")
    }
  }
}
