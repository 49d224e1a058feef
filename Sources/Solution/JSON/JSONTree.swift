/// A value of JSON text with everything in it, each with its place, for editing a file. To only
/// read, use `JSONReader`, which builds nothing.
package struct JSONTree: Sendable {
  package indirect enum Content: Sendable {
    /// In the order of the text, duplicates included.
    case object([Member])
    case array([JSONTree])
    case string(JSONString)
    case other
  }

  package struct Member: Sendable {
    /// With escapes resolved.
    package let key: String
    /// Without the quotes.
    package let keyRange: Range<Int>
    package let value: JSONTree

    /// From the key's quote to the end of the value.
    package var range: Range<Int> { (keyRange.lowerBound - 1)..<value.range.upperBound }
  }

  package let content: Content
  /// The bytes of the value, quotes or brackets included.
  package let range: Range<Int>

  /// Takes UTF-8 without byte order mark.
  package init(_ bytes: [UInt8]) throws(Unreadable) {
    var reader = JSONReader(bytes)
    try self.init(&reader)
    try reader.finish()
  }

  private init(_ reader: inout JSONReader) throws(Unreadable) {
    let kind = reader.kind()
    let start = reader.position
    switch kind {
    case .object:
      var members: [Member] = []
      try reader.enterObject()
      while let key = try reader.nextKey() {
        members.append(
          Member(
            key: reader.value(of: key), keyRange: key.range, value: try JSONTree(&reader)))
      }
      content = .object(members)
    case .array:
      var elements: [JSONTree] = []
      try reader.enterArray()
      while try reader.nextElement() { elements.append(try JSONTree(&reader)) }
      content = .array(elements)
    case .string: content = .string(try reader.string())
    default:
      try reader.skip()
      content = .other
    }
    range = start..<reader.position
  }

  /// None where it is no object.
  package var members: [Member] {
    if case .object(let members) = content { members } else { [] }
  }

  /// None where it is no array.
  package var elements: [JSONTree] {
    if case .array(let elements) = content { elements } else { [] }
  }

  package var string: JSONString? {
    if case .string(let string) = content { string } else { nil }
  }

  /// The value of a key; of duplicates the last one counts, as for those who read such files.
  package subscript(key: String) -> JSONTree? { member(key)?.value }

  /// The member of that key; of duplicates the last one.
  package func member(_ key: String) -> Member? { members.last { $0.key == key } }

  /// Calls `body` with this value and every one in it.
  package func visit(_ body: (JSONTree) -> Void) {
    body(self)
    for member in members { member.value.visit(body) }
    for element in elements { element.visit(body) }
  }
}
