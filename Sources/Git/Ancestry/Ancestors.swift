/// A walk from commits to their ancestors: the newest first by commit date, and no commit
/// before a child of it that the walk has met, whatever the clocks said. Only a clock that was
/// wrong puts a commit before a descendant: one that the walk had not met.
///
/// Each commit is read once, and given once. At the boundary of a shallow clone the walk ends, and
/// the last commit says so (`isBoundary`).
package struct Ancestors: ~Copyable {
  private struct State {
    /// Children that have been read and not been given.
    var children = 0
    var isReached = false
  }

  private let repository: Repository
  private let hidden: Set<ObjectID>
  private var states: [ObjectID: State] = [:]
  private var queue = CommitQueue()
  /// Found while a child was still waiting.
  private var heldBack: [ObjectID: Commit] = [:]
  private var failures: [GitError] = []

  /// - Parameters:
  ///   - starts: The first to be given, unless hidden.
  ///   - hidden: Neither these nor their ancestors are given. A missing commit hides
  ///     nothing: a remote may be at a commit that is not here.
  package init(of starts: [ObjectID], hiding hidden: [ObjectID] = [], in repository: Repository) {
    self.repository = repository
    var limit = WalkLimit(repository)
    self.hidden = hidden.isEmpty ? [] : limit.hidden(from: starts, hiding: hidden)
    for start in starts { reach(start) }
  }

  /// The next commit; nil at the end. Throws for a commit that cannot be read, once for each; the
  /// walk goes on when asked again, without what only that commit leads to.
  package mutating func next() throws(GitError) -> Commit? {
    if let failure = failures.popLast() { throw failure }
    while let commit = queue.popNewest() {
      guard states[commit.id]?.children == 0 else {
        heldBack[commit.id] = commit
        continue
      }
      for parent in commit.parents {
        states[parent]?.children -= 1
        reach(parent)
        if states[parent]?.children == 0, let waiting = heldBack.removeValue(forKey: parent) {
          queue.insert(waiting)
        }
      }
      return commit
    }
    return nil
  }

  private mutating func reach(_ id: ObjectID) {
    guard !hidden.contains(id), !states[id, default: State()].isReached else { return }
    states[id, default: State()].isReached = true
    do throws(GitError) {
      let commit = try repository.commit(id)
      for parent in commit.parents { states[parent, default: State()].children += 1 }
      queue.insert(commit)
    } catch {
      failures.append(error)
    }
  }
}
