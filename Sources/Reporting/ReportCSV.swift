import Detection

/// A report for spreadsheets: a header, and a row for each finding. As `HistoryCSV`, it ends its lines
/// with CR LF and has no byte order mark.
package struct ReportCSV {
  private let report: Report

  package init(_ report: Report) {
    self.report = report
  }

  /// The header and all rows.
  package var text: String {
    ([CSVRow(FindingCells.titles)] + report.findings.map { CSVRow(FindingCells.cells(of: $0)) })
      .map(\.text).joined()
  }
}
