/// Text that is safe to print: a repository's text can neither start a line, nor move the
/// cursor, nor turn the reading direction around.
///
/// A literal is ours and taken unchanged; every `String` put into one is escaped. Renderers of
/// text write `PrintableText` and nothing else, so that nothing reaches the terminal around it.
package struct PrintableText: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Shows each scalar that does not print as an escape (`\n`, `\u{202e}`), and disarms
  /// text that build servers take for a command.
  ///
  /// GitHub obeys `::` at the start of a line, white space aside; Azure and GitHub obey `##vso[` and
  /// `##[` anywhere in one. So the second character of `##`, and of a `::` that begins a word, is
  /// shown as an escape.
  package init(escaping text: String) {
    guard !Self.isPlain(text) else {
      description = text
      return
    }
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    var beforeLast: Unicode.Scalar = " "
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      let isCommand =
        scalar == "#" && last == "#"
        || scalar == ":" && last == ":" && beforeLast.properties.isWhitespace
      if scalar.isUnprintable || isCommand {
        escaped += scalar.visibleEscape
      } else {
        escaped.unicodeScalars.append(scalar)
      }
      (beforeLast, last) = (last, scalar)
    }
    description = escaped
  }

  /// True for visible ASCII without a doubled `#` or `:`, as nearly all text is: nothing in it is
  /// escaped.
  private static func isPlain(_ text: String) -> Bool {
    var last = UInt8(ascii: " ")
    for byte in text.utf8 {
      guard (0x20..<0x7F).contains(byte) else { return false }
      if byte == last, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":") { return false }
      last = byte
    }
    return true
  }

  init(joining parts: some Sequence<PrintableText>, separator: PrintableText) {
    description = parts.map(\.description).joined(separator: separator.description)
  }

  static func + (left: PrintableText, right: PrintableText) -> PrintableText {
    "\(left)\(right)"
  }
}

extension PrintableText: ExpressibleByStringInterpolation {
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    package mutating func appendInterpolation(_ value: String) {
      text += PrintableText(escaping: value).description
    }

    package mutating func appendInterpolation(_ value: PrintableText) { text += value.description }

    package mutating func appendInterpolation(_ value: Int) { text += String(value) }
  }

  package init(stringLiteral value: String) { description = value }

  package init(stringInterpolation: StringInterpolation) { description = stringInterpolation.text }
}

extension Unicode.Scalar {
  /// True for scalars that must not reach an output as they are: C0, DEL and C1, the separators of
  /// lines and paragraphs, all that is invisible and steers the layout (bidirectional marks,
  /// zero-width spaces, tags), and non-characters, of which XML forbids some. The two joiners stay,
  /// since emoji and several scripts are spelled with them.
  var isUnprintable: Bool {
    if value < 0x80 { return value < 0x20 || value == 0x7F }
    return switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: value != 0x200C && value != 0x200D
    default: properties.isNoncharacterCodePoint
    }
  }

  fileprivate var visibleEscape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(value, radix: 16) + "}"
    }
  }
}
