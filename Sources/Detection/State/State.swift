package import Solution

/// One revision, and what the team agreed on: what a state rule judges.
package struct State: Sendable {
  /// Settings files included, where they were read.
  package let snapshot: Snapshot
  package let conventions: Conventions
  let declarations: Declarations
  let bindings: Bindings

  package init(_ snapshot: Snapshot, conventions: Conventions = .standard) {
    self.snapshot = snapshot
    self.conventions = conventions
    declarations = Declarations(snapshot)
    bindings = Bindings(snapshot, declarations)
  }

  /// The solutions themselves: a committed build and a cloned agent repeat what they say.
  var solutions: [Instance] { snapshot.instances.filter { !$0.isCopy } }
}
