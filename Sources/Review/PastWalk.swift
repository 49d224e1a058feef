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
  /// A file that is no solution's says nothing. An object that cannot be had ends the walk: what it
  /// declares would seem to be born in the commit after.
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
    let after = try snapshot(of: tree, with: &loader)
    var traces: [CommitTrace] = []
    for parent in parents {
      traces.append(CommitTrace(before: try snapshot(of: parent, with: &loader), after: after))
    }
    return traces.count == 1 ? traces[0] : CommitTrace(merging: traces)
  }

  /// Throws where a file of it is not in the repository, as in a partial clone.
  private func snapshot(
    of tree: RevisionTree, with loader: inout SnapshotLoader
  ) throws(GitError) -> Snapshot {
    let (snapshot, problems) = loader.snapshot(of: tree)
    for problem in problems where problem.hidesContent {
      guard let content = problem.content, let id = ObjectID(bytes: content.bytes) else { continue }
      _ = try loader.repository.blobSize(id)
    }
    return snapshot
  }
}
