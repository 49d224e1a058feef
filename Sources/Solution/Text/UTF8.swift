/// The offset of the first byte that is no part of valid UTF-8 (Unicode 15, table 3-7); nil when all
/// are.
func firstInvalidOffset(inUTF8 bytes: Span<UInt8>) -> Int? {
  // The standard library is several times as fast. That there is a fault is all it is asked for.
  if (try? UTF8Span(validating: bytes)) != nil { return nil }
  var index = 0
  let count = bytes.count
  while index < count {
    let first = bytes[index]
    if first < 0x80 {
      index += 1
      continue
    }
    let length: Int
    // The second byte's range excludes overlong forms, surrogates and what is beyond U+10FFFF.
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: length = 4
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return index
    }
    guard index + length <= count, second.contains(bytes[index + 1]) else { return index }
    for position in (index + 2)..<max(index + 2, index + length) {
      guard bytes[position] & 0xC0 == 0x80 else { return index }
    }
    index += length
  }
  return nil
}
