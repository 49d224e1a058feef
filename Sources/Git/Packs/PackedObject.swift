import Clibgit2

/// An object as it was stored, out of a pack.
final class PackedObject {
  let type: git_object_t
  private let memory: UnsafeMutableRawBufferPointer

  /// Fills `size` bytes by `fill`; nil where that answers false.
  init?(
    _ type: git_object_t, size: Int, fill: (UnsafeMutableRawBufferPointer) -> Bool
  ) {
    self.type = type
    // zlib wants a place to write to, even for nothing.
    memory = .allocate(byteCount: max(size, 1), alignment: 16)
    count = size
    guard fill(UnsafeMutableRawBufferPointer(rebasing: memory[..<size])) else { return nil }
  }

  deinit { memory.deallocate() }

  let count: Int

  /// The bytes belong to the object: they are lent for the length of the call.
  func withBytes<Answer, Failure>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    defer { withExtendedLifetime(self) {} }
    return try body(
      UnsafeBufferPointer(
        start: memory.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count))
  }
}

extension PackedObject {
  /// The object that `difference` makes of `base`: the sizes of both, then steps. A step copies a
  /// part of the base (its bits say which bytes of place and length follow) or takes up to 127
  /// bytes that follow it.
  ///
  /// Nil where it is not made for this base, or leads beyond an end.
  static func applying(_ difference: PackedObject, to base: PackedObject) -> PackedObject? {
    difference.withBytes { steps in
      base.withBytes { source in
        var position = 0
        guard let before = size(in: steps, at: &position), before == source.count,
          let after = size(in: steps, at: &position), after <= sizeLimit
        else { return nil }
        return PackedObject(base.type, size: after) { target in
          fill(target, by: steps, from: position, copying: source)
        }
      }
    }
  }

  /// zlib counts in 32 bits.
  static let sizeLimit = Int(UInt32.max) - 1

  /// The size of what a difference makes; nil for what is none.
  var sizeAfter: Int? {
    withBytes { steps in
      var position = 0
      guard Self.size(in: steps, at: &position) != nil else { return nil }
      return Self.size(in: steps, at: &position)
    }
  }

  /// Seven bits a byte, the least ones first.
  private static func size(
    in steps: UnsafeBufferPointer<UInt8>, at position: inout Int
  ) -> Int? {
    var size = 0
    var shift = 0
    while position < steps.count, shift < 56 {
      let byte = steps[position]
      position += 1
      size |= Int(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return size }
      shift += 7
    }
    return nil
  }

  private static func fill(
    _ target: UnsafeMutableRawBufferPointer, by steps: UnsafeBufferPointer<UInt8>,
    from start: Int, copying source: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    var position = start
    var filled = 0
    func number(_ step: UInt8, bits: Range<UInt8>) -> Int? {
      var number = 0
      for bit in bits where step & (1 << bit) != 0 {
        guard position < steps.count else { return nil }
        number |= Int(steps[position]) << (8 * Int(bit - bits.lowerBound))
        position += 1
      }
      return number
    }
    while position < steps.count {
      let step = steps[position]
      position += 1
      let part: UnsafeBufferPointer<UInt8>
      if step & 0x80 != 0 {
        guard let place = number(step, bits: 0..<4), let length = number(step, bits: 4..<7) else {
          return false
        }
        let count = length == 0 ? 0x10000 : length
        guard source.count - place >= count else { return false }
        part = UnsafeBufferPointer(rebasing: source[place..<(place + count)])
      } else {
        // 0 is reserved.
        guard step != 0, steps.count - position >= Int(step) else { return false }
        part = UnsafeBufferPointer(rebasing: steps[position..<(position + Int(step))])
        position += Int(step)
      }
      guard target.count - filled >= part.count, let from = part.baseAddress,
        let to = target.baseAddress
      else { return false }
      (to + filled).copyMemory(from: from, byteCount: part.count)
      filled += part.count
    }
    return filled == target.count
  }
}
