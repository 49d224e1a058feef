package import Detection

/// Incidents for programs that read while the scan goes on: `connref history --format jsonl`.
package enum HistoryLines {
  /// The members of a finding in `HistoryJSON` as one line, with a line end.
  package static func line(of incident: Incident) -> String {
    JSONIncident(incident).value.line
  }
}
