/// Passes over JSON values and checks their grammar. Apart from the reader, so that its loops run on
/// a local span: a history scan spends most of its time here.
struct JSONScanner {
  static let tooDeep = "is nested deeper than \(JSONReader.depthLimit) levels"

  /// The next byte to be read; after a failure, the byte that cannot be.
  private(set) var position: Int
  /// A string passed since the start held a backslash.
  private(set) var sawEscape = false
  private var expected = ""
  /// Which objects to note; empty for none.
  private var path: KeyPath
  /// Where each of them begins.
  private(set) var found: [Int] = []

  /// An object that is the value of `inner` in an object that is the value of `outer`.
  typealias KeyPath = (outer: String, inner: String)

  /// Notes the objects at `path` on the way, at any depth, but for those inside of one.
  init(position: Int, noting path: KeyPath = ("", "")) {
    self.position = position
    self.path = path
  }

  /// Why the last call gave false.
  var failure: String {
    expected.isEmpty ? Self.tooDeep : "is not valid JSON: expected \(expected)"
  }

  /// The first position from `start` on that is no white space.
  @inline(__always)
  static func endOfSpace(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      index += 1
    }
    return index
  }

  mutating func skipValue(in text: Span<UInt8>, depth: Int, key: Key = .other) -> Bool {
    skipSpace(in: text)
    guard position < text.count else { return fail("a value") }
    switch text[position] {
    case UInt8(ascii: "\""): return skipString(in: text)
    case UInt8(ascii: "{"):
      guard key == .inner else {
        return skipObject(in: text, depth: depth + 1, isOuter: key == .outer)
      }
      found.append(position)
      let path = self.path
      self.path = ("", "")
      defer { self.path = path }
      return skipObject(in: text, depth: depth + 1, isOuter: false)
    case UInt8(ascii: "["): return skipArray(in: text, depth: depth + 1)
    case UInt8(ascii: "t"): return skipWord([0x74, 0x72, 0x75, 0x65], in: text)
    case UInt8(ascii: "f"): return skipWord([0x66, 0x61, 0x6C, 0x73, 0x65], in: text)
    case UInt8(ascii: "n"): return skipWord([0x6E, 0x75, 0x6C, 0x6C], in: text)
    default: return skipNumber(in: text)
    }
  }

  /// `position` is at the opening quote.
  mutating func skipString(in text: Span<UInt8>) -> Bool {
    var index = position + 1
    let count = text.count
    while index < count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return true
      }
      if byte == UInt8(ascii: "\\") {
        sawEscape = true
        position = index
        guard skipEscape(in: text) else { return false }
        index = position
      } else if byte < 0x20 {
        position = index
        return fail("no control character in a string")
      } else {
        index += 1
      }
    }
    position = count
    return fail("the end of a string")
  }

  private mutating func skipEscape(in text: Span<UInt8>) -> Bool {
    guard position + 1 < text.count else { return fail("an escape") }
    switch text[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
      return true
    case UInt8(ascii: "u"):
      guard position + 6 <= text.count else { return fail("four hexadecimal digits") }
      for index in (position + 2)..<(position + 6) where hexadecimalValue(text[index]) == nil {
        return fail("four hexadecimal digits")
      }
      position += 6
      return true
    default:
      return fail("an escape")
    }
  }

  /// The position of a key relative to the path.
  enum Key { case outer, inner, other }

  /// `start` is at the opening quote, `position` after the closing one.
  private func key(
    at start: Int, hasEscape: Bool, in text: Span<UInt8>, isOuter: Bool
  ) -> Key {
    if path.outer.isEmpty { return .other }
    let range = (start + 1)..<(position - 1)
    if isOuter, isEqual(range, path.inner, hasEscape: hasEscape, in: text) { return .inner }
    return isEqual(range, path.outer, hasEscape: hasEscape, in: text) ? .outer : .other
  }

  private func isEqual(
    _ range: Range<Int>, _ word: String, hasEscape: Bool, in text: Span<UInt8>
  ) -> Bool {
    if hasEscape {
      let key = range.map { text[$0] }
      return JSONReader(key).isEqual(JSONString(range: key.indices, hasEscapes: true), word)
    }
    guard range.count == word.utf8.count else { return false }
    var index = range.lowerBound
    for byte in word.utf8 {
      if text[index] != byte { return false }
      index += 1
    }
    return true
  }

  private mutating func skipObject(
    in text: Span<UInt8>, depth: Int, isOuter: Bool = false
  ) -> Bool {
    guard depth <= JSONReader.depthLimit else { return false }
    position += 1
    skipSpace(in: text)
    if position < text.count, text[position] == UInt8(ascii: "}") {
      position += 1
      return true
    }
    while true {
      skipSpace(in: text)
      guard position < text.count, text[position] == UInt8(ascii: "\"") else {
        return fail("a key")
      }
      let start = position
      let sawEscapeBefore = sawEscape
      sawEscape = false
      guard skipString(in: text) else { return false }
      let key = key(at: start, hasEscape: sawEscape, in: text, isOuter: isOuter)
      sawEscape = sawEscape || sawEscapeBefore
      skipSpace(in: text)
      guard position < text.count, text[position] == UInt8(ascii: ":") else { return fail("':'") }
      position += 1
      guard skipValue(in: text, depth: depth, key: key) else { return false }
      skipSpace(in: text)
      guard position < text.count else { return fail("'}'") }
      let byte = text[position]
      guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") else {
        return fail("',' or '}'")
      }
      position += 1
      if byte == UInt8(ascii: "}") { return true }
    }
  }

  private mutating func skipArray(in text: Span<UInt8>, depth: Int) -> Bool {
    guard depth <= JSONReader.depthLimit else { return false }
    position += 1
    skipSpace(in: text)
    if position < text.count, text[position] == UInt8(ascii: "]") {
      position += 1
      return true
    }
    while true {
      guard skipValue(in: text, depth: depth) else { return false }
      skipSpace(in: text)
      guard position < text.count else { return fail("']'") }
      let byte = text[position]
      guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") else {
        return fail("',' or ']'")
      }
      position += 1
      if byte == UInt8(ascii: "]") { return true }
    }
  }

  private mutating func skipWord(_ word: [UInt8], in text: Span<UInt8>) -> Bool {
    guard position + word.count <= text.count else { return fail("a value") }
    for index in word.indices where text[position + index] != word[index] {
      return fail("a value")
    }
    position += word.count
    return true
  }

  /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private mutating func skipNumber(in text: Span<UInt8>) -> Bool {
    if position < text.count, text[position] == UInt8(ascii: "-") { position += 1 }
    if position < text.count, text[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      guard skipDigits(in: text) else { return fail("a value") }
    }
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      guard skipDigits(in: text) else { return fail("a digit") }
    }
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < text.count,
        text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      guard skipDigits(in: text) else { return fail("a digit") }
    }
    return true
  }

  private mutating func skipDigits(in text: Span<UInt8>) -> Bool {
    let start = position
    while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    return position > start
  }

  private mutating func skipSpace(in text: Span<UInt8>) {
    position = Self.endOfSpace(in: text, from: position)
  }

  private mutating func fail(_ expected: String) -> Bool {
    self.expected = expected
    return false
  }
}

func hexadecimalValue(_ digit: UInt8) -> UInt16? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(digit - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(digit - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(digit - UInt8(ascii: "A") + 10)
  default: nil
  }
}
