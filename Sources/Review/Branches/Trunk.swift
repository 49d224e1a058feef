import Git

/// What a branch started from: the commits that are not the branch's own.
enum Trunk {
  /// The main branch.
  case main(SharedHistory)
  /// One commit, and what led to it.
  case commit(ObjectID)

  var isMain: Bool {
    switch self {
    case .main: true
    case .commit: false
    }
  }

  /// The commits of the branch itself along first parents, the tip first.
  ///
  /// - Parameter limit: how many at most.
  func commits(
    to tip: ObjectID, limit: Int, in repository: Repository
  ) throws(GitError) -> [Commit] {
    var commits = [try repository.commit(tip)]
    let isOwn = try membership(of: tip, in: repository)
    while commits.count < limit, let parent = commits.last?.parents.first, isOwn(parent) {
      commits.append(try repository.commit(parent))
    }
    return commits
  }

  /// Where the branch had left the trunk when it was at `commit`; nil where they have nothing in common.
  func start(of commit: ObjectID, in repository: Repository) throws(GitError) -> ObjectID? {
    switch self {
    case .main(let history): try history.mergeBases(with: commit).first
    case .commit(let base): try repository.mergeBases(base, commit).first
    }
  }

  private func membership(
    of tip: ObjectID, in repository: Repository
  ) throws(GitError) -> (ObjectID) -> Bool {
    switch self {
    case .main(let history): return { !history.contains($0) }
    case .commit(let base):
      var own: Set<ObjectID> = []
      var walk = Ancestors(of: [tip], hiding: [base], in: repository)
      while let commit = try walk.next() { own.insert(commit.id) }
      return { own.contains($0) }
    }
  }
}
