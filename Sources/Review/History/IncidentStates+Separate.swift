import Detection
import Git

/// The events of one id that are incidents of their own.
extension IncidentStates {
  /// Events of one id, one list for each incident, oldest first. An event that follows another one of its
  /// id after that was reverted is an incident of its own; cherry-picks and merges of an event are places
  /// of the same one.
  mutating func separated(
    _ group: [HistoryEvent], with loader: inout SnapshotLoader
  ) -> [[HistoryEvent]] {
    // Positions fall with age: the oldest commit has the largest.
    let sorted = group.sorted { $0.position > $1.position }
    guard sorted.count > 1 else { return [sorted] }
    let positions = Set(sorted.map(\.position))
    var separate: [[HistoryEvent]] = []
    for event in sorted {
      let places = separate.indices.filter {
        !follows(event, separate[$0], among: positions, with: &loader)
      }
      let alike = places.last { separate[$0].contains { $0.isLike(event) } }
      if let place = alike ?? places.first {
        separate[place].append(event)
      } else {
        separate.append([event])
      }
    }
    return separate
  }

  /// True where an event happened in spite of the older `events`, which had been reverted before it.
  private mutating func follows(
    _ event: HistoryEvent, _ events: [HistoryEvent], among positions: Set<Int>,
    with loader: inout SnapshotLoader
  ) -> Bool {
    var wasReverted = false
    for parent in graph.parents(of: event.position) {
      let known = Set(graph.ancestors(of: [parent], where: positions.contains))
      for former in events where known.contains(former.position) {
        guard isOpen(former.finding, at: parent, with: &loader) == false,
          outcome(of: former.finding, at: parent, with: &loader) == .reverted
        else { return false }
        wasReverted = true
      }
    }
    return wasReverted
  }
}

extension HistoryEvent {
  /// True where both broke the same.
  fileprivate func isLike(_ other: HistoryEvent) -> Bool {
    finding.severity == other.finding.severity
      && Set(finding.consumers.map(\.id)) == Set(other.finding.consumers.map(\.id))
  }
}
