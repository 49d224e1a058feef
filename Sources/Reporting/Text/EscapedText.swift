/// Text of a format in the making: a literal is ours and taken unchanged, and every value put into one is
/// escaped for the format.
protocol EscapedText: Hashable, Sendable, CustomStringConvertible {
  init(escaping text: PrintableText)
  init(stringLiteral value: String)
}

extension EscapedText {
  init(joining parts: some Sequence<Self>, separator: Self) {
    self.init(
      stringLiteral: parts.map(\.description).joined(separator: separator.description))
  }

  init(stringInterpolation: EscapedInterpolation<Self>) {
    self.init(stringLiteral: stringInterpolation.text)
  }
}

struct EscapedInterpolation<Text: EscapedText>: StringInterpolationProtocol {
  fileprivate var text = ""

  init(literalCapacity: Int, interpolationCount: Int) {
    text.reserveCapacity(literalCapacity)
  }

  mutating func appendLiteral(_ literal: String) { text += literal }
  mutating func appendInterpolation(_ value: String) {
    appendInterpolation(PrintableText(escaping: value))
  }
  mutating func appendInterpolation(_ value: PrintableText) {
    text += Text(escaping: value).description
  }
  mutating func appendInterpolation(_ value: Text) { text += value.description }
  mutating func appendInterpolation(_ value: Int) { text += String(value) }
}
