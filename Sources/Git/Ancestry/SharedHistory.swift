/// The commits that led to one tip, kept to be compared with many others: branches with the main branch.
package struct SharedHistory {
  private struct Node {
    let parents: [ObjectID]
    let date: Int64
    /// Larger than that of every ancestor, whatever the clocks said.
    var generation = 0
  }

  private let repository: Repository
  private let tip: ObjectID
  /// The tip and its ancestors; nil where one of them cannot be read.
  private let nodes: [ObjectID: Node]?

  package init(of tip: ObjectID, in repository: Repository) {
    self.repository = repository
    self.tip = tip
    do throws(GitError) {
      nodes = try Self.nodes(from: tip, repository)
    } catch {
      // A walk that needs the commit says so.
      nodes = nil
    }
  }

  private static func nodes(
    from tip: ObjectID, _ repository: Repository
  ) throws(GitError) -> [ObjectID: Node] {
    var nodes: [ObjectID: Node] = [:]
    var waiting = [tip]
    while let id = waiting.last {
      if let node = nodes[id] {
        waiting.removeLast()
        guard node.generation == 0 else { continue }
        let highest = node.parents.map { nodes[$0]?.generation ?? 0 }.max() ?? 0
        nodes[id]?.generation = highest + 1
      } else {
        let commit = try repository.commit(id)
        nodes[id] = Node(parents: commit.parents, date: commit.commitDate)
        waiting += commit.parents.filter { nodes[$0] == nil }
      }
    }
    return nodes
  }

  /// Whether `commit` is the tip or one of its ancestors; false where the history cannot be read.
  package func contains(_ commit: ObjectID) -> Bool { nodes?[commit] != nil }

  /// As `Repository.mergeBases` of the tip and `other`, at the cost of what `other` alone leads to.
  package func mergeBases(with other: ObjectID) throws(GitError) -> [ObjectID] {
    guard let nodes else { return try repository.mergeBases(tip, other) }
    guard nodes[other] == nil else { return [other] }
    var common: Set<ObjectID> = []
    var known: Set<ObjectID> = [other]
    var waiting = [other]
    while let next = waiting.popLast() {
      for parent in try repository.commit(next).parents where known.insert(parent).inserted {
        if nodes[parent] != nil {
          common.insert(parent)
        } else {
          waiting.append(parent)
        }
      }
    }
    return best(common, nodes)
  }

  /// Those that none of the others leads to, the newest first.
  private func best(_ common: Set<ObjectID>, _ nodes: [ObjectID: Node]) -> [ObjectID] {
    guard common.count > 1 else { return Array(common) }
    let oldest = common.compactMap { nodes[$0]?.generation }.min() ?? 0
    var reached: Set<ObjectID> = []
    var waiting = Array(common)
    while let next = waiting.popLast() {
      for parent in nodes[next]?.parents ?? []
      where nodes[parent].map({ $0.generation >= oldest }) ?? false {
        if reached.insert(parent).inserted { waiting.append(parent) }
      }
    }
    func date(_ id: ObjectID) -> Int64 { nodes[id]?.date ?? 0 }
    return common.subtracting(reached).sorted {
      date($0) == date($1) ? $0.hex < $1.hex : date($0) > date($1)
    }
  }
}
