/// Searches bytes for a word in double quotes, a JSON key or an XML attribute's value, without regard
/// to letter case, before they are parsed.
///
/// Looks at the byte where the key would end, and moves on by as much as that byte allows (Horspool):
/// most bytes are never looked at.
struct QuotedWordSearch {
  /// In lower case, with its quotes.
  private let key: [UInt8]
  /// By byte: how far its last place in the key is from the end.
  private let steps: [Int]

  /// Takes a key in lower-case letters, without quotes.
  init(_ name: String) {
    key = Array("\"\(name)\"".utf8)
    var steps = [Int](repeating: key.count, count: 256)
    for (index, byte) in key.dropLast().enumerated() {
      steps[Int(byte)] = key.count - 1 - index
      steps[Int(byte ^ 0x20)] = key.count - 1 - index
    }
    self.steps = steps
  }

  func finds(in bytes: Span<UInt8>) -> Bool {
    let last = key.count - 1
    var end = last
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\""), bytes[end - last] == byte {
        var index = 1
        while index < last, bytes[end - last + index] | 0x20 == key[index] { index += 1 }
        if index == last { return true }
      }
      end += steps[Int(byte)]
    }
    return false
  }
}
