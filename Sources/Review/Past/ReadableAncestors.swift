import Detection
import Editing
import Git
import Solution

/// Finds, for files that a change makes readable again, the last ancestor in which each could be read.
///
/// A change that takes conflict markers out of a file cannot be compared with the file as it was: it is
/// compared with the file before they were added.
struct ReadableAncestors {
  /// Where the search begins: what the change is compared with.
  let commits: [ObjectID]
  /// How many commits are looked at.
  let limit: Int

  struct Side {
    /// The former side, with the files as they could be read last.
    let tree: RevisionTree
    /// A line for each file.
    let remarks: [Problem]
  }

  /// Nil where nothing better is found.
  ///
  /// - Parameters:
  ///   - paths: files that cannot be read in `before`.
  ///   - after: where they can. One that no ancestor could read is taken from here: there is nothing to
  ///     compare it with.
  func side(
    insteadOf before: RevisionTree, unreadable paths: Set<String>, readableIn after: RevisionTree,
    with loader: inout SnapshotLoader
  ) -> Side? {
    var waiting = paths
    var tried: Set<Candidate> = []
    var changes: [FileChange] = []
    var remarks: [Problem] = []
    var walk = Ancestors(of: commits, in: loader.repository)
    var isComplete = false
    for _ in 0..<limit where !waiting.isEmpty {
      let next: Commit?
      // A missing object ends the search: the file before is unknown.
      do throws(GitError) { next = try walk.next() } catch { break }
      guard let commit = next else {
        isComplete = true
        break
      }
      guard !commit.isBoundary, let tree = try? loader.tree(commit.tree) else { break }
      for path in waiting.sorted() {
        guard let file = tree.root?.file(at: path), file.kind == .regular,
          tried.insert(Candidate(path: path, content: file.content)).inserted,
          case .bytes(let bytes) = tree.contents(
            of: file.content, limit: SnapshotReader.byteLimit)
        else { continue }
        let change = FileChange(path: path, before: nil, after: bytes)
        guard isReadable(path, in: before.edited([change], pool: &loader.pool), with: &loader)
        else { continue }
        waiting.remove(path)
        changes.append(change)
        remarks.append(
          remark(path, "compared with commit \(commit.id.hex.prefix(10)), the last where it could"))
      }
    }
    if isComplete {
      for path in waiting.sorted() {
        guard let file = after.root?.file(at: path),
          case .bytes(let bytes) = after.contents(
            of: file.content, limit: SnapshotReader.byteLimit)
        else { continue }
        changes.append(FileChange(path: path, before: nil, after: bytes))
        remarks.append(remark(path, "there is no earlier commit to compare it with"))
      }
    }
    guard !changes.isEmpty else { return nil }
    return Side(tree: before.edited(changes, pool: &loader.pool), remarks: remarks)
  }

  private struct Candidate: Hashable {
    let path: String
    let content: ContentID
  }

  private func remark(_ path: String, _ rest: String) -> Problem {
    Problem(
      path: path, message: "could not be read before this change: \(rest)", hidesContent: false)
  }

  private func isReadable(
    _ path: String, in tree: RevisionTree, with loader: inout SnapshotLoader
  ) -> Bool {
    let problems = loader.snapshot(of: tree).1 + loader.settings(of: tree).1
    return !problems.contains { $0.hidesContent && $0.isOf(file: path) }
  }
}

extension SnapshotLoader {
  /// The tree of a commit, with files that its child makes readable again as they could be read last; nil
  /// where there is none.
  mutating func readable(
    _ parent: RevisionTree, of commit: ObjectID?, correctedIn tree: RevisionTree, limit: Int
  ) -> ReadableAncestors.Side? {
    let problems = outline(of: parent).1
    guard let commit, problems.contains(where: \.hidesContent) else { return nil }
    let corrected = TreeDifference(before: parent.root, after: tree.root)
      .corrected(problems, outline(of: tree).1, in: repository)
    guard !corrected.isEmpty else { return nil }
    return ReadableAncestors(commits: [commit], limit: limit).side(
      insteadOf: parent, unreadable: corrected, readableIn: tree, with: &self)
  }
}

extension Problem {
  /// Of a file, or of what is in it, where it is an archive.
  func isOf(file: String) -> Bool { path == file || path.hasPrefix(file + "/") }
}
