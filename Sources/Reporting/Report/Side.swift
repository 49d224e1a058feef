extension Report {
  /// One of the two snapshots, as the reader of a report knows it.
  package enum Side: Hashable, Sendable {
    /// As the user names it: `HEAD`, `main`, a shortened commit id.
    case revision(String)
    case staged
    case worktree
    /// A folder or a zip without git.
    case disk(String)

    /// The words after a place on this side: ` in HEAD`, `, staged`.
    var suffix: PrintableText {
      switch self {
      case .revision(let name), .disk(let name): " in \(name.shortened(to: 60))"
      case .staged: ", staged"
      case .worktree: ", in the worktree"
      }
    }

    /// `HEAD`, `what is staged`.
    var words: PrintableText {
      switch self {
      case .revision(let name), .disk(let name): "\(name.shortened(to: 60))"
      case .staged: "what is staged"
      case .worktree: "the worktree"
      }
    }
  }
}
