import Detection
import Solution

/// Branches for people: a line each, and below all of them what the flagged ones are flagged for.
package struct BranchesText {
  private let report: BranchesReport
  private let isColored: Bool
  private let showsWarnings: Bool

  /// - Parameter showsWarnings: whether warnings are written out too.
  package init(_ report: BranchesReport, isColored: Bool = false, showsWarnings: Bool = false) {
    self.report = report
    self.isColored = isColored
    self.showsWarnings = showsWarnings
  }

  package var text: String {
    var page = TextPage(isColored: isColored)
    let width = min(report.branches.map { shown($0).description.displayWidth }.max() ?? 0, 40)
    for branch in report.branches {
      let name = shown(branch)
      let gap = String(repeating: " ", count: max(width - name.description.displayWidth, 0) + 2)
      var spans = [TextPage.Span(name, .bold), TextPage.Span("\(gap)"), state(of: branch)]
      if let count = count(of: branch) { spans.append(TextPage.Span(", \(count)")) }
      if let base = branch.mergeBase, !branch.isMain {
        spans.append(TextPage.Span(", left at \(base.shortCommit) of \(base.day)", .dim))
      }
      page.line(spans: spans)
      if let reason = branch.reason { page.paragraph(indent: 2, PrintableText(escaping: reason)) }
      if let remark = branch.remark { page.paragraph(indent: 2, PrintableText(escaping: remark)) }
    }
    for branch in report.branches {
      let details = branch.standing.filter { showsWarnings || $0.finding.severity == .error }
      guard !details.isEmpty else { continue }
      page.blankLine()
      page.line(spans: [TextPage.Span(shown(branch), .bold)])
      for standing in details { write(standing, to: &page) }
    }
    return page.text
  }

  /// `1 error, 2 warnings`; nil where nothing was found.
  private func count(of branch: BranchVerdict) -> PrintableText? {
    let parts: [PrintableText] = [Severity.error, .warning].compactMap { severity in
      let number = branch.standing.count { $0.finding.severity == severity }
      guard number > 0 else { return nil }
      return "\(number) \(severity.rawValue)\(number == 1 ? "" : "s")"
    }
    return parts.isEmpty ? nil : PrintableText(joining: parts, separator: ", ")
  }

  private func shown(_ branch: BranchVerdict) -> PrintableText {
    "\(branch.shortName.shortened(to: 60))"
  }

  private func state(of branch: BranchVerdict) -> TextPage.Span {
    let main: PrintableText = branch.isMain && branch.state != .main ? "the main branch, " : ""
    return switch branch.state {
    case .main: TextPage.Span("the main branch", .dim)
    case .clean: TextPage.Span("clean")
    case .warned: TextPage.Span("\(main)warning", .yellow)
    case .flagged: TextPage.Span("\(main)flagged", .red)
    case .unknown: TextPage.Span("\(main)could not tell", .yellow)
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
