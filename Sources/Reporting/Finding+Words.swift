import Detection
import Solution

extension AffectedConsumer {
  /// `flow 'Order' still names new_a`; of one that is in order the name alone.
  var words: Phrase {
    let who: Phrase = "\(kind.word) '\(name.shortened())'"
    switch (reference, state) {
    case (_, .naming): return who
    case (nil, _): return "\(who) names no reference"
    case (let name?, .leftBehind): return "\(who) still names \(name: name.spelling)"
    case (let name?, _): return "\(who) names \(name: name.spelling)"
    }
  }
}

extension AffectedRow {
  /// The line of the row, or the file where the row is missing; whole, as it is to be opened.
  var placeWords: String { state == .missing ? place.path : place.words }

  /// `still binds new_a`, after the place.
  var claim: Phrase { "\(state.words) \(name: reference.spelling)" }
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
