/// One step of a fix: words to follow, or a command line to paste.
package enum FixStep: Sendable, Hashable {
  case text(String)
  /// - Parameter purpose: What the command line is for, in words: `finish the move`.
  case command(String, purpose: String? = nil)
}

extension FixStep: ExpressibleByStringInterpolation {
  /// A literal is text: what is to be pasted says so.
  package init(stringLiteral text: String) {
    self = .text(text)
  }
}

extension FixStep {
  /// The step in one line: `take it back: connref repair …`.
  package var line: String {
    switch self {
    case .text(let text): text
    case .command(let command, nil): command
    case .command(let command, let purpose?): "\(purpose): \(command)"
    }
  }
}
