import Detection

extension Side {
  /// The words after a place on this side: ` in HEAD`, `, staged`.
  var suffix: PrintableText {
    switch self {
    case .revision, .disk: " in \(words)"
    case .staged: ", staged"
    case .worktree: ", in the worktree"
    }
  }

  /// `HEAD`, `what is staged`.
  var words: PrintableText { "\(name.shortened(to: 60))" }
}
