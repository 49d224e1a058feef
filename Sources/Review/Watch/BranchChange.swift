package import Detection

/// A change of one branch that a watcher noticed.
package struct BranchChange: Sendable {
  package enum Kind: String, Sendable {
    case new, moved
    /// Moved to where its last tip is no ancestor of.
    case forced
    case deleted
    /// At the same commit, and looked at once more: something had failed.
    case unchanged
  }

  package let kind: Kind
  /// Of a deleted branch only the name and the last tip are known; its state is clean.
  package let verdict: BranchVerdict
  /// The tip that was seen before, in hexadecimal; nil for a new branch.
  package let before: String?
  /// Whether it is broken, was not when it was seen before, or could not be reported then.
  package let isToBeReported: Bool
  /// Why its flag could not be written or removed; nil where it could.
  package let flagFailure: String?
  /// False where nothing differs from what was said of it before.
  package let isNews: Bool
}
