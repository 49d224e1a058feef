import Detection
import Solution

/// A finding as cells of a table for spreadsheets. Lists are in one cell, separated by `; `.
enum FindingCells {
  static let titles: [PrintableText] = [
    "id", "rule", "severity", "confidence", "solution", "summary", "path", "line", "before",
    "after",
    "display name", "connector", "evidence", "moved", "left behind", "broken", "stale rows",
    "missing rows", "remarks", "consequence", "remedy",
  ]

  static func cells(of finding: Finding) -> [PrintableText] {
    let declarations = finding.after + finding.before
    return [
      "\(finding.id)",
      "\(finding.rule.rawValue)",
      "\(finding.severity.rawValue)",
      "\(finding.confidence.rawValue)",
      "\(finding.solution)",
      "\(finding.summary)",
      "\(finding.place?.path ?? "")",
      finding.place.map { "\($0.line)" } ?? "",
      Table.list(finding.before.map(\.name.spelling)),
      Table.list(finding.after.map(\.name.spelling)),
      "\(declarations.lazy.compactMap(\.displayName).first ?? "")",
      "\(declarations.lazy.compactMap(\.connector).first?.name ?? "")",
      Table.list(finding.evidence.map(\.rawValue)),
      Table.list(finding.consumers.filter { $0.state == .moved }.map(\.name)),
      Table.list(finding.consumers.filter { $0.state == .leftBehind }.map(\.name)),
      Table.list(finding.consumers.filter { $0.state == .broken }.map(\.name)),
      Table.list(finding.rows.filter { $0.state == .stale }.map(\.placeWords)),
      Table.list(finding.rows.filter { $0.state == .missing }.map(\.placeWords)),
      Table.list(finding.remarks),
      "\(finding.consequence)",
      Table.list(finding.fixSteps().map(\.line)),
    ]
  }
}
