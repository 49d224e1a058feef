import Solution

/// The zips and cloned agents that repeat what folders say, perhaps in an older state: a zip of a solution
/// that has a folder, a clone of an agent that is in one. A zip or an agent that no folder has is a solution
/// of its own.
struct Copies: Sendable {
  private let copies: Set<ObjectIdentifier>

  /// - Parameter snapshots: hold the instances to look up. A folder in any of them counts.
  init(in snapshots: Snapshot...) {
    let candidates = snapshots.flatMap(\.instances).filter(\.mayBeCopy)
    guard !candidates.isEmpty else {
      copies = []
      return
    }
    let folders = snapshots.flatMap(\.instances).filter {
      !$0.mayBeCopy && $0.declarations == .read
    }
    let names = Set(folders.map { $0.solutionKey })
    copies = Set(
      candidates.filter { candidate in
        candidate.form == .archive
          ? names.contains(candidate.solutionKey)
          : folders.contains { candidate.sharesContent(with: $0) }
      }.map(ObjectIdentifier.init))
  }

  func contains(_ instance: Instance) -> Bool {
    !copies.isEmpty && copies.contains(ObjectIdentifier(instance))
  }
}

extension Instance {
  /// True where a reference or a flow of it is in a solution too.
  fileprivate func sharesContent(with solution: Instance) -> Bool {
    references.contains { solution.declares($0.name) }
      || consumers.contains { !solution.consumers(withID: $0.id).isEmpty }
  }
}

extension Snapshot {
  /// The solutions themselves, in folders, in zips and as agents of their own, without copies of them. A managed
  /// zip beside an unmanaged one of the same solution is its release.
  var solutions: [Instance] {
    let copies = Copies(in: self)
    guard instances.contains(where: { !$0.mayBeCopy && $0.declarations == .read }) else {
      return instances
    }
    let sources = Set(
      instances.filter { $0.form == .archive && !$0.isManaged }.map { $0.solutionKey })
    return instances.filter {
      !copies.contains($0)
        && !($0.form == .archive && $0.isManaged && sources.contains($0.solutionKey))
    }
  }
}
