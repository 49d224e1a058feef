import Detection

/// A history for people: what `connref history --format text` prints.
package struct HistoryText {
  private let report: HistoryReport
  private let isColored: Bool

  package init(_ report: HistoryReport, isColored: Bool = false) {
    self.report = report
    self.isColored = isColored
  }

  /// The incidents, a blank line between two, then the lineages; one sentence when there are none.
  package var text: String {
    var page = TextPage(isColored: isColored)
    let history = report.history
    if history.incidents.isEmpty { page.paragraph(indent: 0, report.emptySentence) }
    for (number, incident) in history.incidents.enumerated() {
      if number > 0 { page.blankLine() }
      IncidentText(incident).write(to: &page)
    }
    if !history.lineages.isEmpty {
      page.blankLine()
      page.line(.init("the names that each reference has had", .bold))
    }
    for lineage in history.lineages {
      page.blankLine()
      LineageText(lineage).write(to: &page)
    }
    if !history.isComplete {
      page.blankLine()
      page.paragraph(
        indent: 0, "the scan was ended before it had seen every commit: there may be more")
    }
    return page.text
  }

  /// The problems, for standard error: a line each, and a line for a hint.
  package var problems: String { ProblemText.lines(report.problems, isColored: isColored) }
}
