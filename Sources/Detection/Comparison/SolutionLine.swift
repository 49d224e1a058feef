package import Solution

/// The releases of one solution: all instances of a unique name that are of one kind, managed or not.
package struct SolutionLine: Hashable, Sendable {
  private let name: String
  private let isManaged: Bool
  /// A cloned agent may be called like a solution, and is another thing.
  private let isClone: Bool

  package init(_ instance: Instance) {
    name = instance.uniqueName.lowercased()
    isManaged = instance.isManaged
    isClone = instance.form == .clone
  }
}

extension Snapshot {
  /// Older releases that are kept beside a newer one of their line: what they declare is not deployed
  /// any more. One that differs from the `other` side of a comparison is no older release, whatever its
  /// version.
  func olderReleases(besides other: Snapshot = .empty) -> Set<ObjectIdentifier> {
    guard instances.count > 1 else { return [] }
    var newest: [SolutionLine: SolutionVersion] = [:]
    var versions = 0
    for instance in instances {
      guard let version = instance.version else { continue }
      let line = SolutionLine(instance)
      newest[line] = max(newest[line] ?? version, version)
      versions += 1
    }
    // Most repositories hold each solution once.
    guard newest.count < versions else { return [] }
    return Set(
      instances.filter { instance in
        guard let version = instance.version, let top = newest[SolutionLine(instance)],
          version < top
        else { return false }
        return other.instances.isEmpty
          || other.instances.contains {
            $0.isAtSamePlace(as: instance) && $0.source === instance.source
          }
      }.map { ObjectIdentifier($0) })
  }

  /// The instances without older releases that are kept beside a newer one.
  package var currentInstances: [Instance] {
    let older = olderReleases()
    return older.isEmpty ? instances : instances.filter { !older.contains(ObjectIdentifier($0)) }
  }
}

extension Instance {
  func isAtSamePlace(as other: Instance) -> Bool {
    folder == other.folder && uniqueName == other.uniqueName && form == other.form
  }
}
