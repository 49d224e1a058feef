package import Solution

/// The changes of a repair, and their purpose.
package struct Repair: Sendable {
  package enum Direction: Hashable, Sendable {
    /// To the identity that was.
    case back
    /// Finish the move to the added references.
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
  /// Settings files whose rows were left, since they are another solution's.
  package let filesOfOthers: Set<String>
  /// The places left unchanged, with the reason, and the remaining work.
  package let notes: [String]
}
