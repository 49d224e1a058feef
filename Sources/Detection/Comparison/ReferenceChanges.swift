import Solution

/// The references that a change removed, and those that it added.
struct ReferenceChanges: Sendable {
  struct Change: Sendable {
    /// As its own solution declares it.
    let reference: Reference
    /// The number of its pair of instances.
    let pair: Int
    /// True where the current release of a solution with another unique name declares it after: it
    /// is removed from its own solution alone, and only consumers that moved make that an event.
    var isDeclaredElsewhere = false
    /// True where its file was added, and no list has a line for it: it is not declared, and can only be
    /// what took the place of one that the same solution lost.
    var isUnlisted = false
    /// True where the solution still has it as a member, and no solution defines it any more: what uses it
    /// alone makes that an event.
    var isStubLeft = false

    var name: LogicalName { reference.name }
  }

  /// Declared before, and not after by the instance that it is compared with.
  private(set) var removed: [Change]
  /// Declared after in full, and nowhere before; and files without a line in their list.
  let added: [Change]

  init(_ instances: [InstancePair], before: Declarations, after: Declarations) {
    var removed: [Change] = []
    var added: [Change] = []
    for (number, pair) in instances.enumerated() {
      if pair.isComparable, let instance = pair.before {
        removed += pair.removed.map {
          Change(
            reference: $0, pair: number,
            isDeclaredElsewhere: after.declares($0.name, besides: instance))
        }
        removed += pair.emptied.filter { !after.definesNow($0.name) }
          .map { Change(reference: $0, pair: number, isStubLeft: true) }
      }
      added += pair.added.filter { !$0.isStub && !before.declares($0.name) }
        .map { Change(reference: $0, pair: number) }
      if pair.isComparable, !pair.removed.isEmpty, let former = pair.before {
        added += (pair.after?.unlisted ?? []).filter {
          !$0.isStub && !former.isUnlisted($0) && !before.declares($0.name)
        }.map { Change(reference: $0, pair: number, isUnlisted: true) }
      }
    }
    self.removed = removed
    self.added = added
  }

  var isEmpty: Bool { removed.isEmpty && added.isEmpty }

  /// The same changes without what was removed from another release or from the folder of the solution
  /// long ago: a release that is kept beside a newer one may hold it still, and so may a build until the
  /// next one is made.
  func without(
    removedIn past: Past, _ instances: [InstancePair], before: Snapshot, after: Snapshot
  ) -> ReferenceChanges {
    let (foldersBefore, foldersAfter) = (before.foldersOfBuilds, after.foldersOfBuilds)
    func follows(_ pair: InstancePair, _ name: LogicalName) -> Bool {
      guard let build = pair.after, build.isBuild(of: foldersAfter),
        let former = pair.before, former.form == .archive
      else { return false }
      return foldersBefore[former.solutionKey]?.contains { $0.declares(name) } != true
    }
    var copy = self
    copy.removed.removeAll { change in
      let pair = instances[change.pair]
      return past.removed[change.name] != nil && (pair.isWithdrawal || follows(pair, change.name))
    }
    return copy
  }
}
