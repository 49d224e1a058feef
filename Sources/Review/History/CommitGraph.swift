import Git

/// The commits of a scan in memory, newest first: a child is always before its parents.
struct CommitGraph: Sendable {
  struct Node: Sendable {
    let id: ObjectID
    let tree: ObjectID
    let parents: [ObjectID]
    let isBoundary: Bool
    let date: Int64

    /// The same commit with some of its parents.
    func keeping(_ parents: [ObjectID]) -> Node {
      Node(id: id, tree: tree, parents: parents, isBoundary: isBoundary, date: date)
    }
  }

  private(set) var nodes: [Node] = []
  private var positions: [ObjectID: Int] = [:]

  mutating func add(_ commit: Commit, firstParentOnly: Bool) {
    positions[commit.id] = nodes.count
    nodes.append(
      Node(
        id: commit.id, tree: commit.tree,
        parents: firstParentOnly ? Array(commit.parents.prefix(1)) : commit.parents,
        isBoundary: commit.isBoundary, date: commit.commitDate))
  }

  /// Nil for a commit outside of the scan.
  func position(of id: ObjectID) -> Int? { positions[id] }

  /// Positions of the parents that are part of the scan.
  func parents(of position: Int) -> [Int] { nodes[position].parents.compactMap { positions[$0] } }

  /// Merges whose parents may have no commit in common, as far as the scan shows it: in nearly every repository
  /// none, since there is one first commit.
  var mergesOfSeveralRoots: [Int] {
    let roots = nodes.indices.filter { nodes[$0].parents.isEmpty }
    let hasParentOutside = nodes.contains { $0.parents.contains { positions[$0] == nil } }
    guard roots.count + (hasParentOutside ? 1 : 0) > 1 else { return [] }
    // A bit for each first commit, which some share where there are more, and one for all outside of the scan.
    let outside: UInt64 = 1 << 63
    var reached = [UInt64](repeating: 0, count: nodes.count)
    for (number, root) in roots.enumerated() { reached[root] = 1 << UInt64(number % 63) }
    var merges: [Int] = []
    for position in nodes.indices.reversed() {
      let parents = nodes[position].parents.map { positions[$0].map { reached[$0] } ?? outside }
      reached[position] |= parents.reduce(0, |)
      if let first = parents.first, parents.dropFirst().contains(where: { $0 & first == 0 }) {
        merges.append(position)
      }
    }
    return merges
  }

  /// Some commits that follow each other, with the known trees of their parents.
  struct Section: Sendable {
    let positions: Range<Int>
    /// In the order of `positions`.
    let nodes: [Node]
    /// Of those parents that are part of the scan, as far as they are walked.
    let parentTrees: [ObjectID: ObjectID]
  }

  func section(_ positions: Range<Int>) -> Section {
    let nodes = Array(self.nodes[positions])
    var trees: [ObjectID: ObjectID] = [:]
    for parent in nodes.lazy.flatMap(\.parents) {
      if let position = self.positions[parent] { trees[parent] = self.nodes[position].tree }
    }
    return Section(positions: positions, nodes: nodes, parentTrees: trees)
  }

  /// Positions of a commit's ancestors and of itself for which `isWanted` answers true, newest first.
  func ancestors(of starts: [Int], where isWanted: (Int) -> Bool) -> [Int] {
    var isReached = [Bool](repeating: false, count: nodes.count)
    var waiting = starts
    for start in starts { isReached[start] = true }
    var found: [Int] = []
    while let next = waiting.popLast() {
      if isWanted(next) { found.append(next) }
      for id in nodes[next].parents {
        guard let parent = positions[id], !isReached[parent] else { continue }
        isReached[parent] = true
        waiting.append(parent)
      }
    }
    return found.sorted()
  }
}
