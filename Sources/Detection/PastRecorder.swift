package import Solution

/// Folds the commits of a walk, newest first, into a `Past`.
package struct PastRecorder: Sendable {
  package private(set) var past = Past()
  private var age = 0

  package init() {}

  /// Counts a commit of the walk; called once for each, whether or not a solution changed in it.
  package mutating func advance() { age += 1 }

  /// Records what `commit` did to one of its parents' snapshots (the empty one for a root commit).
  /// A merge only repeats what its sides did, so its consumers' moves do not count.
  package mutating func record(
    commit: String, before: Snapshot, after: Snapshot, isMerge: Bool
  ) {
    let instances = InstancePair.pairs(before: before, after: after).filter(\.isChanged)
    guard !instances.isEmpty else { return }
    recordNames(in: instances.filter(\.changesNames), commit: commit, before: before, after: after)
    guard !isMerge else { return }
    for pair in ConsumerPair.pairs(in: instances) {
      guard let consumer = pair.after ?? pair.before else { continue }
      for move in pair.moves where move.isDirect {
        past.moves.append(
          Past.Move(
            consumer: consumer.id, from: move.from, to: move.to, commit: commit,
            isStaged: pair.instanceAfter?.references.contains { $0.name == move.from } ?? false))
      }
      let kept = Set(pair.after?.links.compactMap(\.reference) ?? [])
      for link in pair.before?.links ?? [] {
        guard let reference = link.reference, !kept.contains(reference) else { continue }
        past.formerLinks[consumer.id, default: []].append(
          Past.FormerLink(reference: reference, commit: commit))
      }
    }
  }

  private mutating func recordNames(
    in instances: [InstancePair], commit: String, before: Snapshot, after: Snapshot
  ) {
    guard !instances.isEmpty else { return }
    let declaredBefore = Declarations(before)
    let declaredAfter = Declarations(after)
    for pair in instances {
      for reference in pair.after?.references ?? [] where !declaredBefore.declares(reference.name) {
        past.births[reference.name] = Past.Birth(commit: commit, age: age)
      }
      for reference in pair.before?.references ?? []
      where !declaredAfter.declares(reference.name) && past.departed[reference.name] == nil {
        let full = declaredBefore.best(of: reference.name, for: pair.before) ?? reference
        past.departed[reference.name] = (full, commit)
      }
    }
  }

  /// The past, once the walk has ended.
  ///
  /// - Parameters:
  ///   - isComplete: whether the walk saw the first commit.
  ///   - limitation: why it was cut off where it should not have been.
  package mutating func finish(isComplete: Bool, limitation: String?) -> Past {
    past.isComplete = isComplete
    past.limitation = limitation
    return past
  }
}
