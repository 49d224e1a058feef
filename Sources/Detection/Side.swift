/// One of the two snapshots that are compared, as the user knows it.
package enum Side: Hashable, Sendable {
  /// As the user names it: `HEAD`, `main`, a shortened commit id.
  case revision(String)
  case staged
  case worktree
  /// A folder or a zip without git.
  case disk(String)

  /// `HEAD`, `what is staged`.
  package var name: String {
    switch self {
    case .revision(let name), .disk(let name): name
    case .staged: "what is staged"
    case .worktree: "the worktree"
    }
  }
}
