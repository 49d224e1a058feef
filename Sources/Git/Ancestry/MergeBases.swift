/// The common ancestors of two commits. An own walk, since libgit2's ends with an error at the
/// boundary of a shallow clone.
extension Repository {
  /// The best common ancestors: those that no other common ancestor descends from. The newest
  /// first; more than one in a criss-cross, none when the histories are unrelated.
  package func mergeBases(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> [ObjectID] {
    guard first != second else { return [first] }
    let common = try commonAncestors(first, [second])
    guard common.count > 1 else { return common.map(\.id) }
    var bases: [Commit] = []
    for (position, candidate) in common.enumerated() {
      var others = common
      others.remove(at: position)
      // With clocks that were wrong, the first walk finds too many.
      let isReached = try commonAncestors(candidate.id, others.map(\.id))
        .contains { $0.id == candidate.id }
      if !isReached { bases.append(candidate) }
    }
    return bases.map(\.id)
  }

  /// Whether `ancestor` is `descendant` or one of the commits that led to it.
  package func isAncestor(
    _ ancestor: ObjectID, of descendant: ObjectID
  ) throws(GitError) -> Bool {
    guard ancestor != descendant else { return true }
    return try commonAncestors(ancestor, [descendant]).contains { $0.id == ancestor }
  }

  /// Walks both histories from their ends, newest commit first, until only commits are left that a
  /// common ancestor leads to: `paint_down_to_common` of git. The newest first.
  private func commonAncestors(
    _ first: ObjectID, _ others: [ObjectID]
  ) throws(GitError) -> [Commit] {
    var walk = Painting()
    try walk.paint(first, .first, self)
    for other in others { try walk.paint(other, .second, self) }
    while walk.hasNews, let commit = walk.queue.popNewest() {
      var marks = walk.leave(commit.id)
      if marks == [.first, .second] {
        walk.foundCommon(commit)
        marks.insert(.stale)
      }
      for parent in commit.parents { try walk.paint(parent, marks, self) }
    }
    return walk.common
  }
}

/// From which end a commit has been reached.
private struct Marks: OptionSet {
  let rawValue: UInt8
  static let first = Marks(rawValue: 1)
  static let second = Marks(rawValue: 2)
  /// Reached from a common ancestor: of no more interest.
  static let stale = Marks(rawValue: 4)
  static let found = Marks(rawValue: 8)
  static let waiting = Marks(rawValue: 16)
  static let reach: Marks = [.first, .second, .stale]
}

private struct Painting {
  var queue = CommitQueue()
  private var marks: [ObjectID: Marks] = [:]
  private var found: [Commit] = []
  /// How many commits wait that are not stale.
  private var news = 0

  var hasNews: Bool { news > 0 }

  /// A common ancestor that turned out to lead from another one is none of the best.
  var common: [Commit] {
    found.filter { !(marks[$0.id] ?? []).contains(.stale) }
  }

  mutating func foundCommon(_ commit: Commit) {
    guard !(marks[commit.id] ?? []).contains(.found) else { return }
    marks[commit.id, default: []].insert(.found)
    found.append(commit)
  }

  /// Takes the marks of a commit that leaves the queue.
  mutating func leave(_ id: ObjectID) -> Marks {
    let known = marks[id] ?? []
    if !known.contains(.stale) { news -= 1 }
    marks[id] = known.subtracting(.waiting)
    return known.intersection(.reach)
  }

  mutating func paint(
    _ id: ObjectID, _ added: Marks, _ repository: Repository
  ) throws(GitError) {
    let known = marks[id] ?? []
    guard !known.isSuperset(of: added) else { return }
    let now = known.union(added).union(.waiting)
    marks[id] = now
    if known.contains(.waiting) {
      if !known.contains(.stale) && now.contains(.stale) { news -= 1 }
      return
    }
    if !now.contains(.stale) { news += 1 }
    queue.insert(try repository.commit(id))
  }
}
