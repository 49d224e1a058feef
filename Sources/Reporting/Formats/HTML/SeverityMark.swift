import Detection

/// The sign of a severity: its shape says as much as its colour. Filled while something is broken,
/// an outline else.
enum SeverityMark {
  /// The outline around the middle of the coordinates, for a drawing that places it.
  static func shape(_ severity: Severity, _ state: IncidentState) -> HTMLText {
    let path: HTMLText =
      switch severity {
      case .error: "M0-7.5 7.5 0 0 7.5-7.5 0Z"
      case .warning: "M0-7 7 5.5H-7Z"
      case .note: "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z"
      }
    return """
      <path class="mark \(severity.rawValue) \(state.rawValue)" d="\(path)"/>
      """
  }

  /// A picture for a line of text.
  static func picture(_ severity: Severity, _ state: IncidentState) -> HTMLText {
    """
    <svg class="sign" viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true">\
    \(shape(severity, state))</svg>
    """
  }
}
