import Dispatch
import Git
import Solution
import Synchronization

/// Lists the trees of many commits on all cores: each worker opens the repository for itself and takes
/// a stretch of the history, since commits that lie near to each other share most of their trees.
struct TreeListing {
  /// Below this many commits, opening the repository again costs more than it saves.
  private static let leastCommits = 400

  private let repository: Repository

  init(_ repository: Repository) {
    self.repository = repository
  }

  /// The root folder of each tree; nil for one with nothing of a solution. A tree that cannot be read
  /// is left out, and whoever needs it finds out why.
  func roots(of trees: [ObjectID], workers: Int) -> [ObjectID: RevisionRoot] {
    let count = min(workers, trees.count / Self.leastCommits)
    guard count > 1 else { return [:] }
    let opening = repository.opening
    let found = Mutex<[ObjectID: RevisionRoot]>([:])
    let size = (trees.count + count - 1) / count
    DispatchQueue.concurrentPerform(iterations: count) { worker in
      let stretch = trees[min(worker * size, trees.count)..<min((worker + 1) * size, trees.count)]
      // A repository that cannot be opened again is read by one worker, as it would be anyway.
      guard let copy = try? opening.repository(copy: worker + 1) else { return }
      var loader = SnapshotLoader(copy)
      var roots: [ObjectID: RevisionRoot] = [:]
      for tree in stretch where roots[tree] == nil {
        guard let listed = try? loader.tree(tree) else { continue }
        roots[tree] = RevisionRoot(folder: listed.root, problems: listed.problems)
      }
      found.withLock { $0.merge(roots) { first, _ in first } }
    }
    return found.withLock { $0 }
  }
}

/// What a listing of a revision gives.
struct RevisionRoot: Sendable {
  let folder: Folder?
  let problems: [Problem]
}
