/// A line for any format, whose names stand out where the format has a type for code.
///
/// As with `PrintableText`, a literal is ours and every value is escaped, by the format that it is
/// written in.
struct Phrase: Hashable, Sendable {
  fileprivate enum Piece: Hashable {
    case prose(PrintableText)
    case name(String)
  }

  private let pieces: [Piece]

  var text: PrintableText {
    PrintableText(
      joining: pieces.map { piece in
        switch piece {
        case .prose(let text): text
        case .name(let name): "\(name.shortened())"
        }
      }, separator: "")
  }

  var markdown: MarkdownText {
    MarkdownText(
      joining: pieces.map { piece in
        switch piece {
        case .prose(let text): "\(text)"
        case .name(let name): .code("\(name.shortened())")
        }
      }, separator: "")
  }

  var html: HTMLText {
    HTMLText(
      joining: pieces.map { piece in
        switch piece {
        case .prose(let text): "\(text)"
        case .name(let name): .code(name)
        }
      }, separator: "")
  }
}

extension Phrase: ExpressibleByStringInterpolation {
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.prose(PrintableText(stringLiteral: literal))) }
    }
    mutating func appendInterpolation(_ value: String) {
      pieces.append(.prose(PrintableText(escaping: value)))
    }
    mutating func appendInterpolation(_ value: PrintableText) { pieces.append(.prose(value)) }
    mutating func appendInterpolation(_ value: Int) { pieces.append(.prose("\(value)")) }
    mutating func appendInterpolation(_ value: Phrase) { pieces += value.pieces }
    /// A name, a path or a command: what stands in code type elsewhere.
    mutating func appendInterpolation(name: String) { pieces.append(.name(name)) }
  }

  init(stringLiteral value: String) { pieces = [.prose(PrintableText(stringLiteral: value))] }

  init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }
}
