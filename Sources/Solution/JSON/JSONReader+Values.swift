extension JSONReader {
  /// The string with escapes resolved; half a surrogate pair becomes U+FFFD.
  package func value(of string: JSONString) -> String {
    guard string.hasEscapes else {
      return String(decoding: bytes[string.range], as: UTF8.self)
    }
    var units: [UInt8] = []
    var index = string.range.lowerBound
    while index < string.range.upperBound {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        index += 1
        continue
      }
      let letter = bytes[index + 1]
      index += 2
      switch letter {
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "u"):
        let scalar = scalar(at: &index, end: string.range.upperBound)
        units.append(contentsOf: Array(String(scalar).utf8))
      default: units.append(letter)
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// True when the string's value is `text`.
  package func isEqual(_ string: JSONString, _ text: String) -> Bool {
    if string.hasEscapes { return value(of: string) == text }
    let utf8 = text.utf8
    guard utf8.count == string.range.count else { return false }
    var index = string.range.lowerBound
    for byte in utf8 {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }

  /// True when the string's value is `text`, which is in lower case, but for letter case.
  package func isEqualIgnoringCase(_ string: JSONString, _ text: String) -> Bool {
    if string.hasEscapes { return value(of: string).lowercased() == text }
    guard text.utf8.count == string.range.count else { return false }
    return zip(bytes[string.range], text.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  /// Enters an object, and gives where it begins; nil, and the value skipped, when it is something else.
  mutating func enterObjectIfAny() throws(Unreadable) -> Int? {
    guard kind() == .object else {
      try skip()
      return nil
    }
    let start = position
    try enterObject()
    return start
  }

  /// Reads a string value; nil, and the value skipped, when it is something else.
  package mutating func stringIfAny() throws(Unreadable) -> JSONString? {
    guard kind() == .string else {
      try skip()
      return nil
    }
    return try string()
  }

  /// `index` is at the four digits of an escape; a second escape is read where the first is the high
  /// half of a pair.
  private func scalar(at index: inout Int, end: Int) -> Unicode.Scalar {
    let high = unit(at: index)
    index += 4
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), index + 6 <= end,
      bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    let low = unit(at: index + 2)
    guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
    index += 6
    let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private func unit(at index: Int) -> UInt16 {
    bytes[index..<(index + 4)].reduce(0) { $0 << 4 | (hexadecimalValue($1) ?? 0) }
  }
}
