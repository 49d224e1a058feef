import Detection
import Solution

/// A history for spreadsheets: a header, and a row for each incident. Lists stand in one cell, with
/// `; ` between.
///
/// Lines end with CR LF: RFC 4180 has no other, and the readers at which this aims (Excel, Power BI)
/// write it themselves. There is no byte order mark, since it would become part of the first title
/// for most libraries.
package struct HistoryCSV {
  private static let titles: [PrintableText] = [
    "id", "rule", "severity", "confidence", "solution", "date", "commit", "author", "subject",
    "before", "after", "display name", "connector", "moved", "left behind", "stale rows",
    "mended in", "mended date", "still broken at",
  ]

  private let report: HistoryReport

  package init(_ report: HistoryReport) {
    self.report = report
  }

  /// The header and all rows.
  package var text: String {
    ([CSVRow(Self.titles)] + report.history.incidents.map(Self.row)).map(\.text).joined()
  }

  private static func row(_ incident: Incident) -> CSVRow {
    let finding = incident.finding
    let declarations = finding.after + finding.before
    let left = finding.consumers.filter { $0.state != .moved }
    return CSVRow([
      "\(finding.id)",
      "\(finding.rule.rawValue)",
      "\(finding.severity.rawValue)",
      "\(finding.confidence.rawValue)",
      "\(finding.solution)",
      "\(incident.moment.timestamp)",
      "\(incident.moment.commit)",
      "\(incident.moment.author)",
      "\(incident.moment.summary)",
      FindingCells.list(finding.before.map(\.name.spelling)),
      FindingCells.list(finding.after.map(\.name.spelling)),
      "\(declarations.lazy.compactMap(\.displayName).first ?? "")",
      "\(declarations.lazy.compactMap(\.connector).first?.name ?? "")",
      FindingCells.list(finding.consumers.filter { $0.state == .moved }.map(\.name)),
      FindingCells.list(left.map(\.name)),
      FindingCells.list(finding.rows.map(\.placeWords)),
      "\(incident.mendedIn?.commit ?? "")",
      "\(incident.mendedIn?.timestamp ?? "")",
      FindingCells.list(incident.openAt.map(\.branch)),
    ])
  }
}
