package import Solution

/// How much was looked at. All commands count alike: solutions, references and flows of
/// `Snapshot.countedSolutions`.
package struct Scope: Hashable, Sendable {
  package enum Extent: Hashable, Sendable {
    case revisions(Int)
    case commits(Int)

    /// Of a comparison, or of one revision where both sides are that one.
    package static func revisions(_ before: Side, _ after: Side) -> Extent {
      .revisions(before == after ? 1 : 2)
    }
  }

  package let extent: Extent
  package var solutions: Int
  package var references: Int
  /// Flows.
  package var consumers: Int

  package init(extent: Extent, solutions: Int, references: Int, consumers: Int) {
    self.extent = extent
    self.solutions = solutions
    self.references = references
    self.consumers = consumers
  }

  /// What a revision holds.
  package init(extent: Extent, _ snapshot: Snapshot) {
    let instances = snapshot.countedSolutions
    self.init(
      extent: extent, solutions: instances.count,
      references: instances.reduce(0) { $0 + $1.references.count },
      consumers: instances.reduce(0) { $0 + $1.consumers.count { $0.kind == .flow } })
  }

  /// What several revisions hold: a solution, its references and its flows once, in however many of
  /// them they are.
  package init(extent: Extent, anyOf snapshots: [Snapshot]) {
    let solutions = Dictionary(grouping: snapshots.flatMap(\.countedSolutions), by: \.uniqueName)
      .values
    func count(_ names: (Instance) -> [some Hashable]) -> Int {
      solutions.reduce(0) { $0 + Set($1.flatMap(names)).count }
    }
    self.init(
      extent: extent, solutions: solutions.count,
      references: count { $0.references.map(\.name) },
      consumers: count { $0.consumers.filter { $0.kind == .flow }.map(\.id) })
  }
}
