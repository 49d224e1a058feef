import Solution

/// References with another GUID under an unchanged logical name, in two exports of one environment:
/// they were deleted and re-created there. Files of a solution cannot show it, since they hold no GUID.
struct ExportComparison {
  /// A reference that was re-created.
  struct Change {
    let export: EnvironmentExport
    let was: EnvironmentExport.Entry
    let now: EnvironmentExport.Entry
  }

  let changes: [Change]

  init(before: Snapshot, after: Snapshot) {
    let former = Dictionary(
      before.exports.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    changes = after.exports.flatMap { export -> [Change] in
      guard let left = former[export.path], Self.isSameEnvironment(left, export) else { return [] }
      return Self.changes(from: left, to: export)
    }
  }

  /// Both say the same environment, or one is silent and a GUID that stayed proves it. A single
  /// reference whose GUID is another in a file that names no environment proves it as well as a file
  /// at its place can: one that was taken from elsewhere would differ in every entry.
  private static func isSameEnvironment(_ left: EnvironmentExport, _ right: EnvironmentExport)
    -> Bool
  {
    if let left = left.environment, let right = right.environment { return left == right }
    let ids = Set(left.entries.map(\.id))
    return right.entries.contains { ids.contains($0.id) }
      || changes(from: left, to: right).count == 1
  }

  /// Entries of one name with another GUID. A name that occurs twice proves nothing.
  private static func changes(
    from left: EnvironmentExport, to right: EnvironmentExport
  ) -> [Change] {
    let former = Dictionary(grouping: left.entries, by: \.name)
    let current = Dictionary(grouping: right.entries, by: \.name)
    return current.keys.sorted().compactMap { name in
      guard let was = former[name], was.count == 1, let now = current[name], now.count == 1,
        was[0].id != now[0].id
      else { return nil }
      return Change(export: right, was: was[0], now: now[0])
    }
  }
}
