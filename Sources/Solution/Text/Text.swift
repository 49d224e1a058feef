/// A file's text as UTF-8 without byte order mark: the one door where bytes become text.
///
/// Exports are UTF-8, mostly with a mark; PowerShell redirections and some flow exports are UTF-16
/// LE with one (910 of 5,878 versions of public flow files).
package struct Text: Sendable {
  /// How a file writes its text.
  package enum Encoding: Hashable, Sendable {
    case utf8
    case utf8WithMark
    case utf16LittleEndian
    case utf16BigEndian
  }

  /// Valid UTF-8.
  package let bytes: [UInt8]
  /// The encoding of the file.
  package let encoding: Encoding

  /// Takes a file's bytes; fails for an empty file, also where a byte order mark is all it holds.
  package init(_ file: [UInt8]) throws(Unreadable) {
    if file.isEmpty { throw Unreadable("is empty") }
    if file.starts(with: [0xFF, 0xFE]) {
      bytes = try utf8(fromUTF16: file, isBigEndian: false)
      encoding = .utf16LittleEndian
    } else if file.starts(with: [0xFE, 0xFF]) {
      bytes = try utf8(fromUTF16: file, isBigEndian: true)
      encoding = .utf16BigEndian
    } else {
      let hasMark = file.starts(with: [0xEF, 0xBB, 0xBF])
      bytes = hasMark ? Array(file.dropFirst(3)) : file
      encoding = hasMark ? .utf8WithMark : .utf8
      if let offset = firstInvalidOffset(inUTF8: bytes.span) {
        throw Unreadable(line: line(at: offset, in: bytes), "is neither UTF-8 nor UTF-16")
      }
    }
    // A mark and nothing else.
    if bytes.isEmpty { throw Unreadable("is empty") }
    if let offset = bytes.firstIndex(of: 0) {
      throw Unreadable(
        line: line(at: offset, in: bytes),
        "holds a zero byte, as UTF-16 without a byte order mark does: it is not text")
    }
  }
}
