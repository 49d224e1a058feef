import Clibgit2

/// The name of a git object: a SHA-1, kept inline.
package struct ObjectID: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  private init(first: UInt64, second: UInt64, third: UInt32) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// Takes 40 hexadecimal digits; nil for anything else.
  package init?(hex: some StringProtocol) { self.init(hexDigits: hex.utf8) }

  init?(hexDigits: some Collection<UInt8>) {
    guard hexDigits.count == 40 else { return nil }
    var words = (UInt64(0), UInt64(0), UInt32(0))
    for (position, digit) in hexDigits.enumerated() {
      guard let value = Self.value(ofHexDigit: digit) else { return nil }
      switch position {
      case 0..<16: words.0 = words.0 << 4 | UInt64(value)
      case 16..<32: words.1 = words.1 << 4 | UInt64(value)
      default: words.2 = words.2 << 4 | UInt32(value)
      }
    }
    self.init(first: words.0, second: words.1, third: words.2)
  }

  private static func value(ofHexDigit digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The 20 bytes, in order.
  package var bytes: [UInt8] {
    withUnsafeBytes(of: (first.bigEndian, second.bigEndian)) { Array($0) }
      + withUnsafeBytes(of: third.bigEndian) { Array($0) }
  }

  /// The 20 bytes as numbers, most significant byte first: what another module takes over without
  /// an array.
  package var words: (UInt64, UInt64, UInt32) { (first, second, third) }

  /// Takes what `words` gives.
  package init(words: (UInt64, UInt64, UInt32)) {
    self.init(first: words.0, second: words.1, third: words.2)
  }

  /// 40 hexadecimal digits in lower case.
  package var hex: String {
    String(unsafeUninitializedCapacity: 40) { digits in
      for (position, byte) in bytes.enumerated() {
        digits[position * 2] = Self.hexDigit(byte >> 4)
        digits[position * 2 + 1] = Self.hexDigit(byte & 0xf)
      }
      return 40
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// The id that git writes where there is no object.
  package static let zero = ObjectID(first: 0, second: 0, third: 0)
}

extension ObjectID: Comparable, CustomStringConvertible {
  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.first, left.second, left.third) < (right.first, right.second, right.third)
  }

  /// A SHA-1 is evenly spread already: 64 of its bits are hash enough.
  package func hash(into hasher: inout Hasher) { hasher.combine(first) }

  package var description: String { hex }
}

extension ObjectID {
  /// Reads 20 bytes where a parser has found that they are there.
  init(at start: UnsafeRawPointer) {
    self.init(
      first: UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)),
      second: UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
      third: UInt32(bigEndian: start.loadUnaligned(fromByteOffset: 16, as: UInt32.self)))
  }

  init(_ id: git_oid) {
    self = withUnsafeBytes(of: id) { bytes in
      bytes.baseAddress.map { ObjectID(at: $0) } ?? .zero
    }
  }

  /// Calls `body` with the id as libgit2 wants it.
  func withLibgit2<Answer>(_ body: (UnsafePointer<git_oid>) -> Answer) -> Answer {
    var id = git_oid()
    withUnsafeMutableBytes(of: &id) { target in
      target.storeBytes(of: first.bigEndian, as: UInt64.self)
      target.storeBytes(of: second.bigEndian, toByteOffset: 8, as: UInt64.self)
      target.storeBytes(of: third.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return withUnsafePointer(to: id, body)
  }
}
