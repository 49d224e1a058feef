package import Solution

/// Text, and the way back from it to the bytes of its file: through the file's encoding, and through
/// the escapes of the text around it. So the name inside JSON inside an XML element of a
/// UTF-16 file is replaced at its place, written as that place needs it.
package struct MappedText: Sendable {
  /// UTF-8, without byte order mark, escapes resolved.
  package let bytes: [UInt8]
  private let origin: Origin

  private indirect enum Origin: Sendable {
    case file(Text.Encoding)
    case inside(MappedText, Offsets, Escaping)
  }

  /// Where each byte of an inner text begins in the outer one.
  struct Offsets: Sendable {
    let start: Int
    /// One for each byte, and one for the end; nil where inner and outer text are equal.
    let list: [Int]?

    func outer(_ offset: Int) -> Int { list?[offset] ?? start + offset }
  }

  /// Takes a file's bytes.
  package init(_ file: [UInt8]) throws(Unreadable) {
    let text = try Text(file)
    bytes = text.bytes
    origin = .file(text.encoding)
  }

  init(_ bytes: [UInt8], inside outer: MappedText, _ offsets: Offsets, _ escaping: Escaping) {
    self.bytes = bytes
    origin = .inside(outer, offsets, escaping)
  }

  /// The edit of the file that puts `text` in the place of these bytes.
  package func replacing(_ range: Range<Int>, with text: String) -> ByteEdit {
    ByteEdit(fileRange(of: range), with: encoded(text))
  }

  /// The edit of the file that takes these bytes out.
  package func removing(_ range: Range<Int>) -> ByteEdit { ByteEdit(fileRange(of: range)) }

  /// These bytes as text.
  package func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// How the file ends its lines, by its first line; a file of one line says nothing.
  package var lineEnding: String? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return end > 0 && bytes[end - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// `other`'s text between these offsets, with this file's line ends.
  package func adopting(_ range: Range<Int>, of other: MappedText) -> String {
    let text = other.string(range)
    guard let own = lineEnding, let foreign = other.lineEnding, own != foreign else { return text }
    return text.replacing(foreign, with: own)
  }

  private func fileRange(of range: Range<Int>) -> Range<Int> {
    switch origin {
    case .file(let encoding):
      offset(range.lowerBound, in: encoding)..<offset(range.upperBound, in: encoding)
    case .inside(let outer, let offsets, _):
      outer.fileRange(of: offsets.outer(range.lowerBound)..<offsets.outer(range.upperBound))
    }
  }

  private func offset(_ offset: Int, in encoding: Text.Encoding) -> Int {
    switch encoding {
    case .utf8: return offset
    case .utf8WithMark: return offset + 3
    case .utf16LittleEndian, .utf16BigEndian:
      // Continuation bytes add nothing; what needs four bytes needs two units.
      let units = bytes[..<offset].reduce(0) { sum, byte in
        byte & 0xC0 == 0x80 ? sum : sum + (byte >= 0xF0 ? 2 : 1)
      }
      return 2 + 2 * units
    }
  }

  private func encoded(_ text: String) -> [UInt8] {
    switch origin {
    case .inside(let outer, _, let escaping): return outer.encoded(escaping.escaped(text))
    case .file(.utf8), .file(.utf8WithMark): return Array(text.utf8)
    case .file(.utf16LittleEndian):
      return text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    case .file(.utf16BigEndian):
      return text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }
  }
}
