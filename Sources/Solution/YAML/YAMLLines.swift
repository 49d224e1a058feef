/// Finds `key: value` in YAML's block style, line by line, and skips texts:
/// block scalars (`|`, `>`) and quoted scalars of several lines.
package struct YAMLLines {
  package struct Entry {
    /// Of the key, dashes of a list counted as spaces.
    package let indentation: Int
    /// As written, quotes included.
    package let key: String
    /// Nil where the value is no plain or quoted scalar on this line.
    package let scalar: String?
    /// The bytes of the scalar, without quotes, in the text that the line is a slice of.
    package let scalarRange: Range<Int>?
  }

  /// The block scalar of a key at this indentation continues.
  private var block: Int?
  /// The quoted scalar that ends with this continues.
  private var quote: UInt8?
  /// Lines taken, and that on which the last quoted scalar of several lines begins.
  private var lines = (taken: 0, quote: 0)
  /// The line of the first quoted scalar with something behind it, as where its end is missing and another
  /// one's beginning is taken for it.
  private var wrongQuote: Int?

  /// The line on which a quoted scalar begins that never ends, or not where it should; counted from 1.
  package var brokenQuote: Int? { wrongQuote ?? (quote == nil ? nil : lines.quote) }

  package init() {}

  /// Takes the lines of a file in order, without line feed.
  package mutating func entry(in line: ArraySlice<UInt8>) -> Entry? {
    lines.taken += 1
    if let quote {
      guard let end = Self.end(of: line, quote: quote) else { return nil }
      self.quote = nil
      let rest = line[(end + 1)...].first { $0 > UInt8(ascii: " ") }
      if let rest, rest != UInt8(ascii: "#"), wrongQuote == nil { wrongQuote = lines.quote }
      return nil
    }
    var rest = line
    if rest.last == UInt8(ascii: "\r") { rest.removeLast() }
    rest = rest.drop { $0 == UInt8(ascii: " ") }
    guard let first = rest.first, first != UInt8(ascii: "#") else { return nil }
    if let block {
      if rest.startIndex - line.startIndex > block { return nil }
      self.block = nil
    }
    while rest.first == UInt8(ascii: "-"), rest.dropFirst().first == UInt8(ascii: " ") {
      rest = rest.dropFirst().drop { $0 == UInt8(ascii: " ") }
    }
    let indentation = rest.startIndex - line.startIndex
    guard let colon = Self.colon(in: rest) else {
      // A list of texts: what belongs to one is indented further than its dash.
      if Self.startsBlock(rest) { block = indentation - 2 }
      return nil
    }
    let value = rest[(colon + 1)...].drop { $0 == UInt8(ascii: " ") }
    if Self.startsBlock(value) { block = indentation }
    let scalar = scalar(value)
    return Entry(
      indentation: indentation, key: Self.text(rest[..<colon]), scalar: scalar.map(Self.text),
      scalarRange: scalar?.indices)
  }

  private mutating func scalar(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let first = value.first else { return nil }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      guard let end = Self.end(of: value.dropFirst(), quote: first) else {
        quote = first
        lines.quote = lines.taken
        return nil
      }
      let scalar = value[(value.startIndex + 1)..<end]
      return scalar.isEmpty ? nil : scalar
    case UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "{"), UInt8(ascii: "["),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
      return nil
    default:
      return Self.trimmed(Self.withoutComment(value))
    }
  }

  /// Of a plain key: a colon before white space or the end.
  private static func colon(in line: ArraySlice<UInt8>) -> Int? {
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: ":") {
        let next = index + 1
        if next == line.endIndex || line[next] == UInt8(ascii: " ") { return index }
      }
      index += 1
    }
    return nil
  }

  /// `|` or `>`, and nothing after it but how to fold and indent.
  private static func startsBlock(_ value: ArraySlice<UInt8>) -> Bool {
    guard let first = value.first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else {
      return false
    }
    let rest = value.dropFirst().drop {
      $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 &- UInt8(ascii: "0") < 10
    }
    return rest.first.map { $0 == UInt8(ascii: " ") } ?? true
  }

  private static func withoutComment(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for index in value.indices.dropFirst()
    where value[index] == UInt8(ascii: "#") && value[index - 1] == UInt8(ascii: " ") {
      return value[..<index]
    }
    return value
  }

  private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = value.firstIndex(where: { !isSpace($0) }),
      let last = value.lastIndex(where: { !isSpace($0) })
    else { return nil }
    return value[first...last]
  }

  /// The place of the closing quote: in `'` a doubled one, in `"` one after a backslash is text.
  private static func end(of text: ArraySlice<UInt8>, quote: UInt8) -> Int? {
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index += 2
        continue
      }
      if text[index] == quote {
        let next = index + 1
        guard quote == UInt8(ascii: "'"), next < text.endIndex, text[next] == quote else {
          return index
        }
        index += 1
      }
      index += 1
    }
    return nil
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
