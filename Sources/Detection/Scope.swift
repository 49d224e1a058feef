package import Solution

/// How much was looked at.
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

  /// What these instances hold.
  package init(extent: Extent, _ instances: [Instance]) {
    self.init(
      extent: extent, solutions: instances.count,
      references: instances.reduce(0) { $0 + $1.references.count },
      consumers: instances.reduce(0) { $0 + $1.consumers.count { $0.kind == .flow } })
  }
}
