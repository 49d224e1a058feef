/// A difference from another object, as packs store it: the sizes of both, then steps. A step copies a
/// part of the base (its bits say which bytes of place and length follow) or takes up to 127 bytes
/// that follow it. Source: gitformat-pack(5).
struct DeltaSteps {
  let sizeBefore: Int
  let sizeAfter: Int
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position: Int

  /// Where the next bytes are: in the base, or in the difference itself.
  enum Part {
    case ofBase(Range<Int>)
    case ofDifference(Range<Int>)
  }

  /// Nil where `bytes` do not begin with two sizes.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    guard let before = Self.size(in: bytes, at: &position),
      let after = Self.size(in: bytes, at: &position)
    else { return nil }
    sizeBefore = before
    sizeAfter = after
    self.bytes = bytes
    self.position = position
  }

  var isAtEnd: Bool { position == bytes.count }

  /// Nil at the end, and for a step that is none or of which not all bytes are there.
  mutating func next() -> Part? {
    guard position < bytes.count else { return nil }
    let step = bytes[position]
    position += 1
    if step & 0x80 != 0 {
      guard let place = number(step & 15), let length = number(step >> 4 & 7) else { return nil }
      return .ofBase(place..<(place + (length == 0 ? 0x10000 : length)))
    }
    // 0 is reserved.
    guard step != 0, bytes.count - position >= Int(step) else { return nil }
    defer { position += Int(step) }
    return .ofDifference(position..<(position + Int(step)))
  }

  /// Fills `target` with the object, or with its beginning where `target` is smaller.
  ///
  /// - Returns: how many bytes the steps that were used make, which may be more than `target` has; nil
  ///   where there are fewer, or where one leads beyond the end of `source`.
  mutating func fill(
    _ target: UnsafeMutableRawBufferPointer, copying source: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard let start = target.baseAddress else { return target.isEmpty ? 0 : nil }
    var filled = 0
    while filled < target.count {
      let part: UnsafeBufferPointer<UInt8>
      let room = target.count - filled
      switch next() {
      case .ofBase(let range)?:
        let end = range.lowerBound + min(range.count, room)
        guard end <= source.count else { return nil }
        part = UnsafeBufferPointer(rebasing: source[range.lowerBound..<end])
        filled += range.count
      case .ofDifference(let range)?:
        part = UnsafeBufferPointer(rebasing: bytes[range].prefix(room))
        filled += range.count
      case nil: return nil
      }
      guard let from = part.baseAddress else { return nil }
      (start + (target.count - room)).copyMemory(from: from, byteCount: part.count)
    }
    return filled
  }

  /// How many bytes of the base the first `count` bytes of the object are made of; nil where the steps
  /// that are here make fewer.
  func baseLength(forFirst count: Int) -> Int? {
    var steps = self
    var filled = 0
    var length = 0
    while filled < count {
      guard let part = steps.next() else { return nil }
      switch part {
      case .ofBase(let range):
        length = max(length, range.lowerBound + min(range.count, count - filled))
        filled += range.count
      case .ofDifference(let range): filled += range.count
      }
    }
    return length
  }

  /// - Parameter bits: which bytes of the number follow, the least one first; the others are zero.
  @inline(__always)
  private mutating func number(_ bits: UInt8) -> Int? {
    var (number, shift, bits) = (0, 0, bits)
    while bits != 0 {
      if bits & 1 != 0 {
        guard position < bytes.count else { return nil }
        number |= Int(bytes[position]) &<< shift
        position += 1
      }
      bits >>= 1
      shift += 8
    }
    return number
  }

  /// Seven bits a byte, the least ones first.
  private static func size(
    in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
  ) -> Int? {
    var size = 0
    var shift = 0
    while position < bytes.count, shift < 56 {
      let byte = bytes[position]
      position += 1
      size |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return size }
      shift += 7
    }
    return nil
  }
}
