import Solution

/// Folds the traces of a walk into a `Past`: newest commit first, or one by one as newer commits come.
package struct PastRecorder: Sendable {
  private var past = Past()

  package init() {}

  /// Records what `commit` did. `age` grows from one commit to the next.
  package mutating func record(_ trace: CommitTrace, of commit: String, age: Int) {
    for name in trace.introductions {
      past.introductions[name] = Past.Introduction(
        commit: commit, age: age, isWithSolution: trace.introducedWithSolution.contains(name))
    }
    for reference in trace.removals where past.removed[reference.name] == nil {
      past.removed[reference.name] = (reference, commit)
    }
    for state in trace.alterations {
      past.formerStates[state.reference.name, default: []].append(state)
    }
    past.former.formUnion(trace.former)
    past.moves += trace.moves.map { ($0, commit) }
    for gain in trace.gains {
      past.gains[gain.consumer, default: []].append((gain.reference, age))
    }
    for instance in trace.removedSolutions {
      let line = SolutionLine(instance)
      if past.removedSolutions[line] == nil { past.removedSolutions[line] = (instance, commit) }
    }
    for (consumer, link) in trace.lostLinks {
      past.formerLinks[consumer, default: []].append((link, commit))
    }
  }

  /// Records what `commit` did, which is a descendant of all that were recorded. `age` falls from one
  /// commit to the next.
  package mutating func recordNewer(_ trace: CommitTrace, of commit: String, age: Int) {
    var newer = PastRecorder()
    newer.record(trace, of: commit, age: age)
    let added = newer.past
    past.introductions.merge(added.introductions) { older, _ in older }
    past.removed.merge(added.removed) { $1 }
    past.former.formUnion(added.former)
    past.formerStates.merge(added.formerStates) { $1 + $0 }
    past.moves.insert(contentsOf: added.moves, at: 0)
    past.gains.merge(added.gains) { $1 + $0 }
    past.removedSolutions.merge(added.removedSolutions) { $1 }
    past.formerLinks.merge(added.formerLinks) { $1 + $0 }
  }

  /// The past, once the walk has ended.
  ///
  /// - Parameters:
  ///   - isComplete: whether the walk saw the first commit.
  ///   - limitation: why it was cut off where it should not have been.
  ///   - endedAfter: the number of commits after which a limit ended it.
  package func finish(isComplete: Bool, limitation: String?, endedAfter: Int? = nil) -> Past {
    var past = past
    past.isComplete = isComplete
    past.limitation = limitation
    past.endedAfter = endedAfter
    return past
  }
}
