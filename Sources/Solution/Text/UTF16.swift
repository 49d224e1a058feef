/// The UTF-8 of a UTF-16 file, whose first two bytes are a byte order mark.
func utf8(fromUTF16 file: [UInt8], isBigEndian: Bool) throws(Unreadable) -> [UInt8] {
  guard file.count % 2 == 0 else {
    throw Unreadable("is not valid UTF-16: half a code unit at the end")
  }
  var utf8: [UInt8] = []
  utf8.reserveCapacity(file.count / 2 + file.count / 16)
  let high = isBigEndian ? 0 : 1
  let low = 1 - high
  var index = 2
  while index < file.count {
    let unit = UInt32(file[index + high]) << 8 | UInt32(file[index + low])
    index += 2
    switch unit {
    case 0..<0x80:
      utf8.append(UInt8(unit))
    case 0x80..<0x800:
      utf8.append(UInt8(0xC0 | unit >> 6))
      utf8.append(UInt8(0x80 | unit & 0x3F))
    case 0xD800..<0xDC00:
      let next =
        index < file.count ? UInt32(file[index + high]) << 8 | UInt32(file[index + low]) : 0
      guard (0xDC00..<0xE000).contains(next) else { throw unpairedSurrogate(after: utf8) }
      index += 2
      let scalar = 0x10000 + (unit - 0xD800) << 10 + (next - 0xDC00)
      utf8.append(UInt8(0xF0 | scalar >> 18))
      utf8.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      utf8.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | scalar & 0x3F))
    case 0xDC00..<0xE000:
      throw unpairedSurrogate(after: utf8)
    default:
      utf8.append(UInt8(0xE0 | unit >> 12))
      utf8.append(UInt8(0x80 | unit >> 6 & 0x3F))
      utf8.append(UInt8(0x80 | unit & 0x3F))
    }
  }
  return utf8
}

private func unpairedSurrogate(after utf8: [UInt8]) -> Unreadable {
  Unreadable(line: line(at: utf8.count, in: utf8), "is not valid UTF-16: half a surrogate pair")
}
