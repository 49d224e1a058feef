/// A cursor over JSON text (RFC 8259, strictly: no comments, no trailing commas), which builds no
/// values: the caller descends where it needs to and skips the rest, which is still checked.
///
/// Duplicate keys are all returned, in order; as in .NET and JavaScript, the last one counts, so a
/// caller overwrites. All positions are byte offsets into `bytes`.
///
/// ```swift
/// try reader.enterObject()
/// while let key = try reader.nextKey() {
///   if reader.isEqual(key, "name") { name = try reader.string() } else { try reader.skip() }
/// }
/// ```
package struct JSONReader {
  /// The kind of a value, by its first byte.
  package enum Kind: Sendable {
    case object, array, string, number, literal
  }

  /// Deeper than any flow the designer saves (8 levels of nesting, about 60 here), shallow enough
  /// for the stack of a thread.
  package static let depthLimit = 512

  /// UTF-8.
  package let bytes: [UInt8]
  /// The next byte to be read.
  package private(set) var position = 0
  private var depth = 0
  /// A value has just been read, so a comma or the end of the container must follow.
  private var needsSeparator = false

  /// Takes UTF-8 without byte order mark.
  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The kind of the next value; nil when no value can begin so.
  package mutating func kind() -> Kind? {
    skipSpace()
    guard position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return .literal
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: return nil
    }
  }

  /// Reads `{`; the keys follow.
  package mutating func enterObject() throws(Unreadable) {
    try enter(UInt8(ascii: "{"), "an object")
  }

  /// Reads `[`; the elements follow.
  package mutating func enterArray() throws(Unreadable) {
    try enter(UInt8(ascii: "["), "an array")
  }

  /// The next key, after which its value must be read or skipped; nil at the end of the object.
  package mutating func nextKey() throws(Unreadable) -> JSONString? {
    guard try next(UInt8(ascii: "}"), "'}'") else { return nil }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw expected("a key")
    }
    let key = try scanString()
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
      throw expected("':'")
    }
    position += 1
    needsSeparator = false
    return key
  }

  /// True when another element follows, which must be read or skipped; false at the end.
  package mutating func nextElement() throws(Unreadable) -> Bool {
    try next(UInt8(ascii: "]"), "']'")
  }

  /// Reads a string; its value is decoded by another call.
  package mutating func string() throws(Unreadable) -> JSONString {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw expected("a string")
    }
    return try scanString()
  }

  /// Skips one value of any kind, and checks it.
  package mutating func skip() throws(Unreadable) {
    var scanner = JSONScanner(position: position)
    guard scanner.skipValue(in: bytes.span, depth: depth) else { throw failure(scanner) }
    position = scanner.position
    needsSeparator = true
  }

  /// The same, with a reader for each object in it that is the value of `inner` in the value of `outer`,
  /// at any depth; none for those inside of another.
  package mutating func skip(
    findingObjectsAt outer: String, _ inner: String
  ) throws(Unreadable) -> [JSONReader] {
    var scanner = JSONScanner(position: position, noting: (outer, inner))
    guard scanner.skipValue(in: bytes.span, depth: depth) else { throw failure(scanner) }
    position = scanner.position
    needsSeparator = true
    return scanner.found.map { start in
      var reader = JSONReader(bytes)
      reader.position = start
      return reader
    }
  }

  /// Nothing but white space may follow the outermost value.
  package mutating func finish() throws(Unreadable) {
    skipSpace()
    guard position == bytes.count else { throw expected("the end") }
  }

  private mutating func enter(_ opening: UInt8, _ name: String) throws(Unreadable) {
    skipSpace()
    guard position < bytes.count, bytes[position] == opening else { throw expected(name) }
    guard depth < Self.depthLimit else {
      throw Unreadable(line: line(at: position, in: bytes), JSONScanner.tooDeep)
    }
    depth += 1
    position += 1
    needsSeparator = false
  }

  private mutating func next(_ closing: UInt8, _ name: String) throws(Unreadable) -> Bool {
    skipSpace()
    guard position < bytes.count else { throw expected(name) }
    if bytes[position] == closing {
      position += 1
      depth -= 1
      needsSeparator = true
      return false
    }
    if needsSeparator {
      guard bytes[position] == UInt8(ascii: ",") else { throw expected("',' or \(name)") }
      position += 1
      skipSpace()
      needsSeparator = false
    }
    return true
  }

  private mutating func scanString() throws(Unreadable) -> JSONString {
    var scanner = JSONScanner(position: position)
    guard scanner.skipString(in: bytes.span) else { throw failure(scanner) }
    let range = (position + 1)..<(scanner.position - 1)
    position = scanner.position
    needsSeparator = true
    return JSONString(range: range, hasEscapes: scanner.sawEscape)
  }

  private mutating func skipSpace() {
    position = JSONScanner.endOfSpace(in: bytes.span, from: position)
  }

  private func expected(_ what: String) -> Unreadable {
    comment(at: position)
      ?? Unreadable(line: line(at: position, in: bytes), "is not valid JSON: expected \(what)")
  }

  private func failure(_ scanner: JSONScanner) -> Unreadable {
    comment(at: scanner.position)
      ?? Unreadable(line: line(at: scanner.position, in: bytes), scanner.failure)
  }

  /// Many editors allow comments, so the error says that JSON does not.
  private func comment(at offset: Int) -> Unreadable? {
    let rest = bytes[min(offset, bytes.count)...]
    guard rest.starts(with: "//".utf8) || rest.starts(with: "/*".utf8) else { return nil }
    return Unreadable(
      line: line(at: offset, in: bytes), "is not valid JSON: a comment, which JSON does not have")
  }
}
