package import Solution

/// What a repair changes, and what it is for.
package struct Repair: Sendable {
  package enum Direction: Hashable, Sendable {
    /// To the identity that was.
    case back
    /// On to what came.
    case forward
  }

  /// A file that is changed, and why: `the declaration`, `the link of flow 'Approve order'`.
  package struct Place: Hashable, Sendable {
    package let path: String
    package let what: String
  }

  package let direction: Direction
  package let changes: [FileChange]
  /// Ordered by path.
  package let places: [Place]
  /// References that are declared again, as they were: the maker's environment needs them too.
  package let restored: [Reference]
  /// Logical names that nothing declares or names any more.
  package let dismissed: [LogicalName]
  /// A file of a solution changes, and not settings files alone.
  package let touchesSolutions: Bool
  /// What was left as it is, and why; what is still to be done.
  package let notes: [String]
}
