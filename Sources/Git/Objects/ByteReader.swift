/// Reads numbers, most significant byte first, and never past the end.
struct ByteReader {
  private let all: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { all = bytes }

  var rest: Int { all.count - position }

  mutating func skip(_ count: Int) throws(IndexFile.Malformed) {
    guard count <= rest else { throw IndexFile.Malformed("it is truncated") }
    position += count
  }

  mutating func bytes(_ count: Int) throws(IndexFile.Malformed) -> ArraySlice<UInt8> {
    let start = position
    try skip(count)
    return all[start..<position]
  }

  mutating func bytesToZero() throws(IndexFile.Malformed) -> ArraySlice<UInt8> {
    let start = position
    while position < all.count, all[position] != 0 { position += 1 }
    try skip(1)
    return all[start..<position - 1]
  }

  mutating func shortNumber() throws(IndexFile.Malformed) -> UInt16 {
    let start = position
    try skip(2)
    return UInt16(all[start]) << 8 | UInt16(all[start + 1])
  }

  mutating func number() throws(IndexFile.Malformed) -> UInt32 {
    UInt32(try shortNumber()) << 16 | UInt32(try shortNumber())
  }

  mutating func longNumber() throws(IndexFile.Malformed) -> UInt64 {
    UInt64(try number()) << 32 | UInt64(try number())
  }

  mutating func id() throws(IndexFile.Malformed) -> ObjectID {
    let start = position
    try skip(20)
    return all.withUnsafeBytes { bytes in
      bytes.baseAddress.map { ObjectID(at: $0 + start) } ?? .zero
    }
  }

  /// A number in digits that ends before `end`, which is passed over; it may be negative.
  mutating func decimal(before end: UInt8) throws(IndexFile.Malformed) -> Int {
    let start = position
    while position < all.count, all[position] != end { position += 1 }
    let digits = String(decoding: all[start..<position], as: UTF8.self)
    try skip(1)
    guard let number = Int(digits) else { throw IndexFile.Malformed("a number is malformed") }
    return number
  }
}
