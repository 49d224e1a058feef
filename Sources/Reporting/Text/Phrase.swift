/// A line for any format, in which names and commands are marked where the format has a type for
/// code.
///
/// As with `PrintableText`, a literal is ours and every value is escaped, by the format that it is
/// written in.
struct Phrase: Hashable, Sendable {
  enum Piece: Hashable {
    case prose(PrintableText)
    /// A logical name, a path, a commit.
    case name(String)
    /// A command to paste, kept in one piece.
    case command(String)
    /// A commit, in hexadecimal; shown by its first ten digits.
    case commit(String)
  }

  private(set) var pieces: [Piece] = []

  init(joining phrases: [Phrase], separator: PrintableText) {
    for (number, phrase) in phrases.enumerated() {
      if number > 0 { append(.prose(separator)) }
      for piece in phrase.pieces { append(piece) }
    }
  }

  var text: PrintableText {
    PrintableText(joining: pieces.map(\.text), separator: "")
  }

  var markdown: MarkdownText {
    MarkdownText(
      joining: pieces.map { piece in
        switch piece {
        case .prose(let text): "\(text)"
        case .name, .commit: .code(piece.text)
        case .command: .code(piece.text, isInTable: false)
        }
      }, separator: "")
  }

  var html: HTMLText { html(nil) }

  /// - Parameter forge: Where commits have pages.
  func html(_ forge: Forge?) -> HTMLText {
    HTMLText(
      joining: pieces.map { piece in
        switch piece {
        case .prose(let text): .breakable(text)
        case .name(let name): .code(name)
        case .commit(let id): .link(.code(piece.text.description), to: forge?.commit(id))
        case .command: "<code class=\"command\">\(piece.text)</code>"
        }
      }, separator: "")
  }

  /// Prose that follows prose becomes one piece, so that a quoted name is seen whole.
  fileprivate mutating func append(_ piece: Piece) {
    if case .prose(let text) = piece {
      if text == "" { return }
      if case .prose(let before) = pieces.last {
        pieces[pieces.count - 1] = .prose(before + text)
        return
      }
    }
    pieces.append(piece)
  }
}

extension Phrase.Piece {
  var text: PrintableText {
    switch self {
    case .prose(let text): text
    case .name(let name): "\(name.shortened())"
    case .command(let command): "\(command.shortened(to: 500))"
    case .commit(let id): "\(String(id.prefix(10)))"
    }
  }
}

extension Phrase: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var phrase = Phrase(joining: [], separator: "")

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      phrase.append(.prose(PrintableText(stringLiteral: literal)))
    }
    mutating func appendInterpolation(_ value: String) {
      phrase.append(.prose(PrintableText(escaping: value)))
    }
    mutating func appendInterpolation(_ value: PrintableText) { phrase.append(.prose(value)) }
    mutating func appendInterpolation(_ value: Int) { phrase.append(.prose("\(value)")) }
    mutating func appendInterpolation(_ value: Phrase) {
      for piece in value.pieces { phrase.append(piece) }
    }
    /// A name or a path.
    mutating func appendInterpolation(name: String) { phrase.append(.name(name)) }
    mutating func appendInterpolation(command: String) { phrase.append(.command(command)) }
    mutating func appendInterpolation(commit: String) { phrase.append(.commit(commit)) }
  }

  init(stringLiteral value: String) { append(.prose(PrintableText(stringLiteral: value))) }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.phrase }
}
