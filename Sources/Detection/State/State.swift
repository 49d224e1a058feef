package import Solution

/// One revision, and what the team agreed on: what a state rule judges.
package struct State: Sendable {
  /// A solution, and those of its consumers that are judged.
  struct Part: Sendable {
    let instance: Instance
    let consumers: [Consumer]
  }

  /// How a reference came.
  enum Arrival: Sendable {
    /// Into a solution that was there before: it has just been made.
    case alone
    /// With a solution that is new as a whole, and may be deployed somewhere.
    case withSolution
  }

  /// Settings files included, where they were read.
  package let snapshot: Snapshot
  package let conventions: Conventions
  let declarations: Declarations
  let bindings: Bindings
  /// In an audit every solution with all that is in it, in a check what changed.
  let parts: [Part]
  /// Logical names that came in a change; nil in an audit, where nobody can tell.
  let arrivals: [LogicalName: Arrival]?
  /// False where a consumer may not have been read: then nobody can tell who names a reference.
  let knowsEveryConsumer: Bool

  /// All of a revision.
  ///
  /// - Parameter knowsEveryConsumer: false where a file could not be read.
  package init(
    _ snapshot: Snapshot, conventions: Conventions = .standard, knowsEveryConsumer: Bool = true
  ) {
    let declarations = Declarations(snapshot)
    self.init(
      snapshot, conventions: conventions, declarations: declarations,
      parts: Self.solutions(of: snapshot, leavesOutCopies: snapshot.hasSolutions).map {
        Part(instance: $0, consumers: $0.consumers)
      }, arrivals: nil, knowsEveryConsumer: knowsEveryConsumer)
  }

  init(
    _ snapshot: Snapshot, conventions: Conventions, declarations: Declarations, parts: [Part],
    arrivals: [LogicalName: Arrival]?, knowsEveryConsumer: Bool
  ) {
    self.snapshot = snapshot
    self.conventions = conventions
    self.declarations = declarations
    self.parts = parts
    self.arrivals = arrivals
    self.knowsEveryConsumer = knowsEveryConsumer
    bindings = Bindings(snapshot, declarations)
  }

  /// The solutions themselves: a committed build and a cloned agent beside them repeat what they say.
  package var solutions: [Instance] {
    Self.solutions(of: snapshot, leavesOutCopies: snapshot.hasSolutions)
  }

  /// Every name that a consumer has, builds and clones included.
  var namesInUse: Set<LogicalName> {
    Set(snapshot.instances.flatMap { $0.consumers.flatMap { $0.links.compactMap(\.reference) } })
  }

  private static func solutions(
    of snapshot: Snapshot, leavesOutCopies: Bool
  ) -> [Instance] {
    leavesOutCopies ? snapshot.instances.filter { !$0.isCopy } : snapshot.instances
  }
}

extension Snapshot {
  /// True where there is a solution to look at: builds and clones beside it say nothing of their own,
  /// they are of whatever day.
  var hasSolutions: Bool { instances.contains { !$0.isCopy && $0.declarations == .read } }
}
