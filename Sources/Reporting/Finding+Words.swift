import Detection
import Solution

extension AffectedConsumer {
  /// `flow 'Order' still names new_a`.
  var words: Phrase {
    let names: Phrase =
      switch (reference, state) {
      case (nil, _): "names no reference"
      case (let name?, .leftBehind): "still names \(name: name.spelling)"
      case (let name?, _): "names \(name: name.spelling)"
      }
    return "\(kind.word) '\(name.shortened())' \(names)"
  }
}

extension AffectedRow {
  /// The line of the row, or the file where the row is missing.
  var placeWords: String {
    switch state {
    case .stale: place.words
    case .missing: place.path
    }
  }

  /// `still binds new_a`, after the place.
  var words: Phrase {
    switch state {
    case .stale: "still binds \(name: reference.spelling)"
    case .missing: "has no row for \(name: reference.spelling)"
    }
  }
}

extension Place {
  /// `config/prod.json:12`.
  var words: String { "\(path):\(line)" }

  /// The same in 120 characters at most. The end is what is kept: the file's name and the line.
  var shortWords: String {
    path.count > 100 ? "…\(path.suffix(100)):\(line)" : words
  }
}

extension Report.Side {
  /// What follows a place on this side: ` in HEAD`, `, staged`.
  var suffix: PrintableText {
    switch self {
    case .revision(let name): " in \(name.shortened(to: 60))"
    case .staged: ", staged"
    case .worktree: ", in the worktree"
    }
  }

  /// `HEAD`, `what is staged`.
  var words: PrintableText {
    switch self {
    case .revision(let name): "\(name.shortened(to: 60))"
    case .staged: "what is staged"
    case .worktree: "the worktree"
    }
  }
}
