import Detection

/// The anchors of a page's incidents: the id, and with a number appended where one event occurred
/// more than once. The oldest has the bare id, so that a link stays right when the history
/// grows.
struct IncidentAnchors {
  private let anchors: [String]

  /// - Parameter incidents: The newest first, as a history has them.
  init(_ incidents: [Incident]) {
    var seen: [String: Int] = [:]
    let oldestFirst = incidents.reversed().map { incident -> String in
      let id = incident.finding.id
      seen[id, default: 0] += 1
      let number = seen[id] ?? 1
      return number == 1 ? id : "\(id)-\(number)"
    }
    anchors = oldestFirst.reversed()
  }

  subscript(position: Int) -> String { anchors[position] }
}
