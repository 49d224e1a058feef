import Detection
import Solution

extension AffectedRow.State {
  /// What stands before the row in a text.
  var label: PrintableText {
    switch self {
    case .stale: "stale"
    case .missing: "missing"
    case .empty, .placeholder, .duplicate, .otherConnector, .shared, .personal: "row"
    }
  }

  /// What the row or its file does to the reference, whose name follows.
  var words: PrintableText {
    switch self {
    case .stale: "still binds"
    case .missing: "has no row for"
    case .empty: "has no connection id for"
    case .placeholder: "has a placeholder for"
    case .duplicate, .otherConnector, .shared: "binds"
    case .personal: "names the owner of"
    }
  }
}

extension AffectedRow {
  /// The file, and the line where there is one to look at.
  var words: PrintableText {
    let path = place.path.shortened()
    return state == .missing ? "\(path)" : "\(path):\(place.line)"
  }
}
