import Platform
import Solution

/// References with another GUID under an unchanged logical name, in two exports of one environment:
/// they were deleted and re-created there. Files of a solution cannot show it, since they hold no GUID.
struct ExportComparison {
  /// A reference that was re-created.
  struct Change {
    let export: EnvironmentExport
    /// True where the files show that both are of one environment.
    let isOfProvenEnvironment: Bool
    let was: EnvironmentExport.Entry
    let now: EnvironmentExport.Entry
  }

  let changes: [Change]

  init(before: Snapshot, after: Snapshot) {
    let former = before.exports.keyed(by: \.path)
    changes = after.exports.flatMap { export -> [Change] in
      guard let left = former[export.path], let isProven = Self.areOfOneEnvironment(left, export)
      else { return [] }
      let changes = Self.changes(from: left, to: export, isProven: isProven)
      return isProven || changes.count == 1 ? changes : []
    }
  }

  /// True where both files name the same environment, or one names none and an unchanged GUID proves it;
  /// nil where they name two. A single reference whose GUID is another in a file that names no environment is
  /// likely enough: a file that was taken from elsewhere would differ in every entry.
  private static func areOfOneEnvironment(
    _ left: EnvironmentExport, _ right: EnvironmentExport
  ) -> Bool? {
    if let left = left.environment, let right = right.environment {
      return left == right ? true : nil
    }
    let ids = Set(left.entries.map(\.id))
    return right.entries.contains { ids.contains($0.id) }
  }

  /// Entries of one name with another GUID. A name that occurs twice proves nothing.
  private static func changes(
    from left: EnvironmentExport, to right: EnvironmentExport, isProven: Bool
  ) -> [Change] {
    let former = Dictionary(grouping: left.entries, by: \.name)
    let current = Dictionary(grouping: right.entries, by: \.name)
    return current.keys.sorted().compactMap { name in
      guard let was = former[name], was.count == 1, let now = current[name], now.count == 1,
        was[0].id != now[0].id
      else { return nil }
      return Change(
        export: right, isOfProvenEnvironment: isProven, was: was[0], now: now[0])
    }
  }
}
