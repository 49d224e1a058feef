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
  /// zlib counts in 32 bits.
  static let sizeLimit = Int(UInt32.max) - 1

  /// The object that `difference` makes of `base`.
  ///
  /// Nil where it is not made for this base, or leads beyond an end.
  static func applying(_ difference: PackedObject, to base: PackedObject) -> PackedObject? {
    difference.withBytes { bytes in
      base.withBytes { source in
        guard var steps = DeltaSteps(bytes), steps.sizeBefore == source.count,
          steps.sizeAfter <= sizeLimit
        else { return nil }
        return PackedObject(base.type, size: steps.sizeAfter) { target in
          steps.fill(target, copying: source) == target.count && steps.isAtEnd
        }
      }
    }
  }

  /// The size of what a difference makes; nil for what is none.
  var sizeAfter: Int? { withBytes { DeltaSteps($0)?.sizeAfter } }
}
