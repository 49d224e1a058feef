package import Solution

/// The references that a team plans to re-create or to remove.
///
/// Planned in `.connref.yml`, where a reviewer sees it. A change that does just that is a note.
package struct DeclaredIntent: Sendable, Hashable {
  /// A planned re-creation, in any solution.
  package struct Move: Sendable, Hashable {
    package let from: LogicalName
    package let to: LogicalName
    /// The last day on which it counts; nil for no end.
    package let until: Day?
    package let reason: String?
    package let place: Place
  }

  /// A planned removal, in any solution.
  package struct Retirement: Sendable, Hashable {
    package let name: LogicalName
    /// The last day on which the reference is still needed; nil where it may be removed at once.
    package let after: Day?
    package let place: Place
  }

  package var moved: [Move] = []
  package var retired: [Retirement] = []

  package init() {}

  /// The same findings, the planned ones as notes. One that is too late or too early
  /// stays as severe as it is, and says so.
  package func eased(_ findings: [Finding], on today: Day) -> [Finding] {
    guard !moved.isEmpty || !retired.isEmpty else { return findings }
    return findings.map { finding in
      switch finding.rule {
      case .referenceRecreated, .referenceReplaced: easedMove(finding, on: today)
      case .referenceRemoved: easedRemoval(finding, on: today)
      default: finding
      }
    }
  }

  /// Every removed reference of the finding has to be planned, each to one that was added.
  private func easedMove(_ finding: Finding, on today: Day) -> Finding {
    let added = Set(finding.after.map(\.name))
    let moves = finding.before.compactMap { removed in
      moved.first { $0.from == removed.name && added.contains($0.to) }
    }
    guard !moves.isEmpty, moves.count == finding.before.count else { return finding }
    var finding = finding
    for move in moves {
      let reason = move.reason.map { ": \($0)" } ?? ""
      let place = "\(move.place.path):\(move.place.line)"
      if let until = move.until, until < today {
        finding.remarks.append("was planned until \(until) (\(place))\(reason)")
        return finding
      }
      finding.remarks.insert("planned in \(place)\(reason)", at: 0)
    }
    finding.severity = .note
    let title = finding.before.first?.displayName ?? finding.before.first?.name.spelling ?? ""
    finding.summary = "'\(title)' moves to another logical name, as planned"
    // Taking it back would undo the plan.
    let isFollowed = finding.rows.isEmpty && !finding.consumers.contains { $0.state == .leftBehind }
    finding.repair = finding.repair == nil || isFollowed ? nil : .forward
    finding.fix = ["bind the new name in every environment before the import"]
    return finding
  }

  private func easedRemoval(_ finding: Finding, on today: Day) -> Finding {
    guard finding.before.count == 1, let name = finding.before.first?.name,
      let retirement = retired.first(where: { $0.name == name })
    else { return finding }
    var finding = finding
    let place = "\(retirement.place.path):\(retirement.place.line)"
    if let after = retirement.after, today <= after {
      finding.remarks.append("may be removed after \(after) (\(place))")
      return finding
    }
    // A consumer that still uses it is broken, planned or not.
    guard finding.consumers.isEmpty else { return finding }
    finding.remarks.insert("planned in \(place)", at: 0)
    finding.severity = .note
    return finding
  }
}
