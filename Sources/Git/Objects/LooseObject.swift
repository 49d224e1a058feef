import Clibgit2
import Czlib

/// An object in a file of its own: `<type> <size>\0<content>`, as one zlib stream.
enum LooseObject {
  struct Header {
    let type: git_object_t
    /// Of the content, in bytes.
    let size: Int
    /// Bytes before the content.
    let length: Int
  }

  /// The longest that git writes has 28 bytes; it takes no more than this either.
  private static let headerLimit = 32

  /// Nil where the file, of which the beginning is enough, does not begin as an object does.
  static func header(of file: [UInt8]) -> Header? {
    var head = [UInt8](repeating: 0, count: headerLimit)
    let count = head.withUnsafeMutableBytes { start in
      withStream(file) { stream in
        stream.next_out = start.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(headerLimit)
        let code = Czlib.inflate(&stream, Z_SYNC_FLUSH)
        return code == Z_OK || code == Z_STREAM_END ? headerLimit - Int(stream.avail_out) : 0
      }
    }
    guard let count, let end = head[..<count].firstIndex(of: 0),
      let space = head[..<end].firstIndex(of: UInt8(ascii: " ")),
      let type = type(of: head[..<space]), let size = size(of: head[(space + 1)..<end])
    else { return nil }
    return Header(type: type, size: size, length: end + 1)
  }

  /// False for more content than any file of this many bytes holds: zlib never shrinks to less than a
  /// thousandth.
  static func canHold(_ size: Int, in fileSize: Int) -> Bool { size / 1_100 <= fileSize }

  /// Answers false unless the stream ends with the last byte of the content.
  static func inflate(
    _ file: [UInt8], _ header: Header, into content: UnsafeMutableRawPointer
  ) -> Bool {
    var head = [UInt8](repeating: 0, count: header.length)
    let isWhole = head.withUnsafeMutableBytes { start in
      withStream(file) { stream in
        stream.next_out = start.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = UInt32(header.length)
        var code = Czlib.inflate(&stream, Z_SYNC_FLUSH)
        guard code == Z_OK || code == Z_STREAM_END, stream.avail_out == 0,
          let size = UInt32(exactly: header.size)
        else { return false }
        stream.next_out = content.assumingMemoryBound(to: UInt8.self)
        stream.avail_out = size
        if code == Z_OK { code = Czlib.inflate(&stream, Z_FINISH) }
        return code == Z_STREAM_END && stream.avail_out == 0
      }
    }
    return isWhole ?? false
  }

  private static func withStream<Answer>(
    _ file: [UInt8], _ body: (inout z_stream) -> Answer
  ) -> Answer? {
    guard let size = UInt32(exactly: file.count) else { return nil }
    return file.withUnsafeBufferPointer { bytes in
      var stream = z_stream()
      stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      stream.avail_in = size
      guard connref_inflate_init(&stream) == Z_OK else { return nil }
      defer { inflateEnd(&stream) }
      return body(&stream)
    }
  }

  private static func type(of word: ArraySlice<UInt8>) -> git_object_t? {
    switch String(decoding: word, as: UTF8.self) {
    case "commit": GIT_OBJECT_COMMIT
    case "tree": GIT_OBJECT_TREE
    case "blob": GIT_OBJECT_BLOB
    case "tag": GIT_OBJECT_TAG
    default: nil
    }
  }

  private static func size(of digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
