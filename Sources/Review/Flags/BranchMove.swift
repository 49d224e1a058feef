package import Git

/// A move of a branch, from one commit to another.
package struct BranchMove: Sendable, Hashable {
  /// In full: `refs/heads/main`.
  package let name: String
  /// Tips that it had before, any of which may carry its flag.
  package let before: [ObjectID]
  package let after: ObjectID

  package init(name: String, before: [ObjectID], after: ObjectID) {
    self.name = name
    self.before = before
    self.after = after
  }
}
