/// Finds the commit since which a branch has a finding, by comparing few of its commits with the one that
/// it started from.
///
/// Commits that contain the start are searched by halves: the result is a commit that has the finding,
/// after one that has it not. Before the main branch was merged last, a comparison with a start that is
/// newer shows other differences too, so older commits are asked one by one, for as long as each has it.
package struct OriginSearch {
  /// Of the branch's commits along first parents, the tip first; at least one.
  package let commits: Int
  /// How many of them, from the tip on, contain the start.
  package let containing: Int
  private var known: [Int: Set<String>]

  /// - Parameter ids: of the findings at the tip.
  package init(commits: Int, containing: Int, ids: Set<String>) {
    self.commits = commits
    self.containing = max(1, min(containing, commits))
    known = [0: ids]
  }

  /// The position of the commit for each finding of the tip.
  ///
  /// - Parameter findings: the ids of the findings at a position.
  package mutating func origins(findings: (Int) throws -> Set<String>) rethrows -> [String: Int] {
    var origins: [String: Int] = [:]
    for id in (known[0] ?? []).sorted() {
      func isThere(_ position: Int) throws -> Bool {
        if let ids = known[position] { return ids.contains(id) }
        let ids = try findings(position)
        known[position] = ids
        return ids.contains(id)
      }
      var last = 0
      var end = containing - 1
      if try isThere(end) {
        last = end
        while last + 1 < commits, try isThere(last + 1) { last += 1 }
      } else {
        while end - last > 1 {
          let middle = (last + end) / 2
          if try isThere(middle) { last = middle } else { end = middle }
        }
      }
      origins[id] = last
    }
    return origins
  }
}
