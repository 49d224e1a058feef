/// Finds the commit since which a branch has a finding, by asking few of its commits.
///
/// The branch's own commits are searched by halves: the result is a commit that has the finding, after one
/// that has it not, or the branch's first commit.
package struct OriginSearch {
  /// Of the branch's own commits along first parents, the tip first; at least one.
  package let commits: Int
  /// The ids of the findings at a position.
  private var known: [Int: Set<String>]

  /// - Parameters:
  ///   - ids: of the findings at the tip.
  ///   - known: what earlier searches found, of branches that share commits with this one.
  package init(commits: Int, ids: Set<String>, known: [Int: Set<String>] = [:]) {
    self.commits = max(1, commits)
    self.known = known
    self.known[0] = ids
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
      var end = commits - 1
      if try isThere(end) {
        last = end
      } else {
        while end - last > 1 {
          let middle = middle(last, end)
          if try isThere(middle) { last = middle } else { end = middle }
        }
      }
      origins[id] = last
    }
    return origins
  }

  /// The position that is known already and closest to the middle, where that still leaves out a quarter.
  private func middle(_ last: Int, _ end: Int) -> Int {
    let middle = (last + end) / 2
    let quarter = (end - last) / 4
    return (0...quarter).lazy.flatMap { [middle - $0, middle + $0] }
      .first { known[$0] != nil && $0 > last && $0 < end } ?? middle
  }
}
