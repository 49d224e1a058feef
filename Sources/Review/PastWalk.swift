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
      for _ in 0..<limit {
        guard let commit = try ancestors.next() else {
          return recorder.finish(
            isComplete: !isAtBoundary,
            limitation: isAtBoundary
              ? "could not look back beyond the shallow clone: git fetch --unshallow" : nil)
        }
        recorder.advance()
        if commit.isBoundary {
          isAtBoundary = true
          continue
        }
        try record(commit, into: &recorder, with: &loader)
      }
      return recorder.finish(isComplete: false, limitation: nil)
    } catch {
      return recorder.finish(
        isComplete: false, limitation: "could not look back further: \(error.message)")
    }
  }

  private func record(
    _ commit: Commit, into recorder: inout PastRecorder, with loader: inout SnapshotLoader
  ) throws(GitError) {
    let tree = try loader.tree(commit.tree)
    var parents: [RevisionTree] = []
    for parent in commit.parents { parents.append(try loader.tree(of: parent)) }
    if parents.isEmpty { parents.append(loader.emptyTree()) }
    for parent in parents where parent.root !== tree.root {
      let difference = TreeDifference(before: parent.root, after: tree.root)
      guard difference.touchesDeclarations || !difference.flows.isEmpty else { continue }
      let flows = difference.flowsAtRisk
      let (before, _) = loader.snapshot(of: parent, flows: flows, unlike: tree.root)
      let (after, _) = loader.snapshot(of: tree, flows: flows, unlike: parent.root)
      recorder.record(
        commit: commit.id.hex, before: before, after: after, isMerge: parents.count > 1)
    }
  }
}
