package import Detection

/// Incidents for programs that read while the scan goes on: `connref history --format jsonl`.
///
/// A line with `"type": "found"` as soon as a commit tells a finding, oldest first; at the end a line
/// without a type for each incident, newest first, with what became of it.
package enum HistoryLines {
  /// A finding in one commit, before anybody knows what became of it. With a line end.
  package static func found(_ incident: Incident) -> String {
    JSONIncident(incident).foundValue.line
  }

  /// The members of a finding in `HistoryJSON`. With a line end.
  package static func line(of incident: Incident) -> String {
    JSONIncident(incident).value.line
  }
}
