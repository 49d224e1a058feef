import Detection
import Git
import Solution

/// Looks back over the ancestors of a commit, so that what comes back, and what moved in steps, is
/// known.
struct PastWalk {
  /// How many commits are walked at most.
  let limit: Int

  /// What `commits` and their ancestors say, the nearest first.
  ///
  /// A file that cannot be read says nothing; a commit or a folder that cannot be read ends the walk.
  func past(of commits: [ObjectID], with loader: inout SnapshotLoader) -> Past {
    var recorder = PastRecorder()
    do throws(GitError) {
      var ancestors = Ancestors(of: commits, in: loader.repository)
      var isAtBoundary = false
      for age in 0..<limit {
        guard let commit = try ancestors.next() else {
          return recorder.finish(
            isComplete: !isAtBoundary,
            limitation: isAtBoundary
              ? "could not look back beyond the shallow clone: git fetch --unshallow" : nil)
        }
        if commit.isBoundary {
          isAtBoundary = true
          continue
        }
        let trace = try trace(of: commit, with: &loader)
        recorder.record(trace, of: commit.id.hex, age: age)
      }
      return recorder.finish(isComplete: false, limitation: nil)
    } catch {
      return recorder.finish(
        isComplete: false, limitation: "could not look back further: \(error.message)")
    }
  }

  private func trace(
    of commit: Commit, with loader: inout SnapshotLoader
  ) throws(GitError) -> CommitTrace {
    let tree = try loader.tree(commit.tree)
    var parents: [RevisionTree] = []
    for parent in commit.parents { parents.append(try loader.tree(of: parent)) }
    if parents.isEmpty { parents.append(loader.emptyTree()) }
    // A merge that took one side as it was did nothing of its own.
    if parents.contains(where: { $0.root === tree.root }) { return CommitTrace(merging: []) }
    let traces = parents.map { trace(from: $0, to: tree, with: &loader) }
    return traces.count == 1 ? traces[0] : CommitTrace(merging: traces)
  }

  private func trace(
    from before: RevisionTree, to after: RevisionTree, with loader: inout SnapshotLoader
  ) -> CommitTrace {
    let difference = TreeDifference(before: before.root, after: after.root)
    guard difference.touchesDeclarations || !difference.flows.isEmpty else {
      return CommitTrace(merging: [])
    }
    let flows = difference.flowsAtRisk
    return CommitTrace(
      before: loader.snapshot(of: before, flows: flows, unlike: after.root).0,
      after: loader.snapshot(of: after, flows: flows, unlike: before.root).0)
  }
}
