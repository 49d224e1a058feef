/// The change of a file that is no text to git, as `git diff --binary` writes it: both contents whole,
/// in zlib's format and base 85.
///
/// Nothing is compressed: blocks of RFC 1951 that are stored as they are need no library.
struct BinaryPatch {
  let bytes: [UInt8]

  init(_ change: FileChange) {
    let parts = [change.after ?? [], change.before ?? []].map { content in
      "literal \(content.count)\n" + Self.lines(of: Self.zlib(content)) + "\n"
    }
    bytes = Array(("GIT binary patch\n" + parts.joined()).utf8)
  }

  /// RFC 1950: two bytes that say how, the blocks, a checksum.
  static func zlib(_ content: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 0xFFFF, content.count)
      let length = UInt16(end - start)
      stream.append(end == content.count ? 1 : 0)
      for number in [length, ~length] {
        stream += [UInt8(truncatingIfNeeded: number), UInt8(number >> 8)]
      }
      stream += content[start..<end]
      start = end
    } while start < content.count
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in content {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return stream
      + [UInt8(high >> 8), UInt8(high & 0xFF), UInt8(low >> 8), UInt8(low & 0xFF)]
  }

  /// Lines of at most 52 bytes, each after a letter that says how many: `A` for 1, `a` for 27.
  static func lines(of data: [UInt8]) -> String {
    var lines = ""
    var start = 0
    while start < data.count {
      let line = data[start..<min(start + 52, data.count)]
      let count = UInt8(line.count)
      let letter = count <= 26 ? UInt8(ascii: "A") + count - 1 : UInt8(ascii: "a") + count - 27
      lines.unicodeScalars.append(Unicode.Scalar(letter))
      for group in stride(from: line.startIndex, to: line.endIndex, by: 4) {
        var number: UInt32 = 0
        for offset in 0..<4 {
          let index = group + offset
          number = number << 8 | (index < line.endIndex ? UInt32(line[index]) : 0)
        }
        var digits: [Unicode.Scalar] = []
        for _ in 0..<5 {
          digits.append(alphabet[Int(number % 85)])
          number /= 85
        }
        lines.unicodeScalars.append(contentsOf: digits.reversed())
      }
      lines += "\n"
      start += 52
    }
    return lines
  }

  private static let alphabet = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
      .unicodeScalars)
}
