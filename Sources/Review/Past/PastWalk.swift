import Detection
import Git
import Solution

/// The results of looking back. Branches have most of their ancestors in common.
struct PastMemory {
  struct Key: Hashable {
    let commits: [ObjectID]
    let limit: Int
  }

  /// By commit.
  fileprivate var traces: [ObjectID: CommitTrace] = [:]
  fileprivate var pasts: [Key: Past] = [:]
}

/// Looks back over the ancestors of a commit, so that restored references, and moves in steps, are
/// known.
struct PastWalk {
  static let shallow = "could not look back beyond the shallow clone: git fetch --unshallow"

  /// How many commits are walked at most.
  let limit: Int

  /// The past of `commits`, themselves included, the nearest first.
  ///
  /// A file outside of solutions is ignored. An unreadable object ends the walk: what it
  /// declares would seem to be added in the commit after.
  func past(of commits: [ObjectID], with loader: inout SnapshotLoader) -> Past {
    let key = PastMemory.Key(commits: commits, limit: limit)
    if let known = loader.memory.pasts[key] { return known }
    let past = walkedPast(of: commits, with: &loader)
    loader.memory.pasts[key] = past
    return past
  }

  private func walkedPast(
    of commits: [ObjectID], with loader: inout SnapshotLoader
  ) -> Past {
    var recorder = PastRecorder()
    do throws(GitError) {
      var ancestors = Ancestors(of: commits, in: loader.repository)
      var isAtBoundary = false
      for age in 0..<limit {
        guard let commit = try ancestors.next() else {
          return recorder.finish(
            isComplete: !isAtBoundary,
            limitation: isAtBoundary ? Self.shallow : nil)
        }
        if commit.isBoundary {
          isAtBoundary = true
          continue
        }
        let trace = try trace(of: commit, with: &loader)
        recorder.record(trace, of: commit.id.hex, age: age)
      }
      let isOver = try ancestors.next() == nil
      return recorder.finish(
        isComplete: isOver && !isAtBoundary, limitation: nil, endedAfter: isOver ? nil : limit)
    } catch {
      return recorder.finish(
        isComplete: false, limitation: "could not look back further: \(error.message)")
    }
  }

  func trace(
    of commit: Commit, with loader: inout SnapshotLoader
  ) throws(GitError) -> CommitTrace {
    if let known = loader.memory.traces[commit.id] { return known }
    let trace = try readTrace(of: commit, with: &loader)
    loader.memory.traces[commit.id] = trace
    return trace
  }

  private func readTrace(
    of commit: Commit, with loader: inout SnapshotLoader
  ) throws(GitError) -> CommitTrace {
    let tree = try loader.tree(commit.tree)
    var parents: [RevisionTree] = []
    for parent in commit.parents { parents.append(try loader.tree(of: parent)) }
    if parents.isEmpty { parents.append(loader.emptyTree()) }
    // A merge that took one side as it was did nothing of its own.
    if parents.contains(where: { $0.root === tree.root }) { return CommitTrace(merging: []) }
    var traces: [CommitTrace] = []
    for (number, parent) in parents.enumerated() {
      let id = commit.parents.isEmpty ? nil : commit.parents[number]
      traces.append(try trace(from: parent, of: id, to: tree, with: &loader))
    }
    return traces.count == 1 ? traces[0] : CommitTrace(merging: traces)
  }

  /// - Parameter parent: the commit of `before`; nil where nothing better than that is to be looked for.
  private func trace(
    from before: RevisionTree, of parent: ObjectID?, to after: RevisionTree,
    with loader: inout SnapshotLoader
  ) throws(GitError) -> CommitTrace {
    let difference = TreeDifference(before: before.root, after: after.root)
    guard difference.touchesMoreThanManifests else { return CommitTrace(merging: []) }
    let flows = difference.flowsAtRisk
    let left = loader.outline(of: before, flows: flows, unlike: after.root)
    let right = loader.outline(of: after, flows: flows, unlike: before.root)
    try rejectMissingFiles(left.1 + right.1, in: loader.repository)
    if left.1.contains(where: \.hidesContent),
      let side = loader.readable(before, of: parent, correctedIn: after, limit: limit)
    {
      return try trace(from: side.tree, of: nil, to: after, with: &loader)
    }
    if let trace = CommitTrace(before: left.0, after: right.0, areWhole: false) { return trace }
    let wholeLeft = loader.outline(of: before)
    let wholeRight = loader.outline(of: after)
    try rejectMissingFiles(wholeLeft.1 + wholeRight.1, in: loader.repository)
    return CommitTrace(before: wholeLeft.0, after: wholeRight.0, areWhole: true)
      ?? CommitTrace(merging: [])
  }

  /// Throws where a file is not in the repository, as in a partial clone.
  private func rejectMissingFiles(
    _ problems: [Problem], in repository: Repository
  ) throws(GitError) {
    for problem in problems where problem.hidesContent {
      guard let content = problem.content else { continue }
      _ = try repository.blobSize(ObjectID(words: content.words))
    }
  }
}

extension Repository {
  /// True for a file that is not in the repository, as in a partial clone.
  func lacks(_ content: ContentID?) -> Bool {
    guard let content else { return false }
    do throws(GitError) {
      _ = try blobSize(ObjectID(words: content.words))
      return false
    } catch {
      return error.kind == .missingObject
    }
  }
}
