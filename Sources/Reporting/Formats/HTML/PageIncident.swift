import Detection
import Solution

/// An incident with the name that links of the page give it.
struct PageIncident: Sendable {
  let incident: Incident
  let anchor: String

  var finding: Finding { incident.finding }
  var state: IncidentState { IncidentState(incident) }
  var solution: String { finding.solution }

  /// The name that people know it by.
  var label: PrintableText { finding.displayLabel }

  /// `error reference-recreated in Sales, 2026-05-20, still broken: …`, for who does not see the mark.
  var title: PrintableText {
    """
    \(incident.moment.day) \(finding.severity.rawValue) \(finding.rule.rawValue), \(state.words): \
    \(finding.prose(finding.summary))
    """
  }

  /// Whether it leads from one identity of the lineage to another.
  func belongs(to lineage: Lineage) -> Bool {
    guard lineage.solution == solution, lineage.incidents.contains(finding.id) else { return false }
    let names = Set(lineage.identities.map(\.name))
    return (finding.before + finding.after).contains { names.contains($0.name) }
  }
}
