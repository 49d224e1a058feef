package import Detection

/// What a watcher noticed of one branch.
package struct BranchChange: Sendable {
  package enum Kind: String, Sendable {
    case new, moved
    /// Moved to where its last tip is no ancestor of.
    case forced
    case deleted
  }

  package let kind: Kind
  /// Of a deleted branch only the name and the last tip are known; its state is clean.
  package let verdict: BranchVerdict
  /// The tip that was seen before, in hexadecimal; nil for a new branch.
  package let before: String?
  /// Whether it was flagged when it was seen before.
  package let wasFlagged: Bool
}
