/// Finds which commits of a walk are hidden, without walking all that hidden commits lead to:
/// `limit_list` of git.
struct WalkLimit {
  private let repository: Repository
  private var queue = CommitQueue()
  private var parents: [ObjectID: [ObjectID]] = [:]
  private var hidden: Set<ObjectID> = []
  private var waiting: Set<ObjectID> = []
  /// How many commits wait that are not hidden.
  private var news = 0

  init(_ repository: Repository) { self.repository = repository }

  /// The commits that the walk from `starts` must not give; every parent of the others is known.
  mutating func hidden(from starts: [ObjectID], hiding ends: [ObjectID]) -> Set<ObjectID> {
    for end in ends {
      hidden.insert(end)
      reach(end)
    }
    for start in starts { reach(start) }
    // Where a clock was wrong, a hidden commit may be found late; git continues for 5 more commits.
    var patience = 5
    var lastNews = Int64.max
    while let commit = queue.popNewest() {
      waiting.remove(commit.id)
      if hidden.contains(commit.id) {
        for parent in commit.parents { hide(parent) }
      } else {
        news -= 1
        lastNews = commit.commitDate
      }
      for parent in commit.parents { reach(parent) }
      let isOver = news == 0 && (queue.newest.map { $0.commitDate < lastNews } ?? true)
      patience = isOver ? patience - 1 : 5
      if patience == 0 { break }
    }
    return hidden
  }

  private mutating func reach(_ id: ObjectID) {
    // A commit that cannot be read hides nothing; where it is to be given, the walk itself says so.
    guard parents[id] == nil, let commit = try? repository.commit(id) else { return }
    parents[id] = commit.parents
    waiting.insert(id)
    if !hidden.contains(id) { news += 1 }
    queue.insert(commit)
  }

  /// Hides a commit, and all that is known to have led to it.
  private mutating func hide(_ id: ObjectID) {
    var rest = [id]
    while let id = rest.popLast() {
      guard hidden.insert(id).inserted else { continue }
      if waiting.contains(id) { news -= 1 }
      rest += parents[id] ?? []
    }
  }
}
