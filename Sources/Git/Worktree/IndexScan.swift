import Platform

/// Goes through the entries of an index in place; a large repository has 100,000 of them, and few
/// matter.
struct IndexScan {
  /// An entry, valid only during the call that gets it.
  struct Entry {
    fileprivate let start: UnsafeRawPointer
    fileprivate let flags: UInt16
    fileprivate let more: UInt16
    /// Without a zero at the end.
    let path: UnsafeBufferPointer<UInt8>

    var mode: UInt32 { UInt32(bigEndian: start.loadUnaligned(fromByteOffset: 24, as: UInt32.self)) }
    var id: ObjectID { ObjectID(at: start + 40) }
    var stamp: FileStamp { FileStamp(at: start) }
    var stage: Int { Int(flags >> 12 & 3) }
    var isIntentToAdd: Bool { more & 0x2000 != 0 }
    var skipsWorkTree: Bool { more & 0x4000 != 0 }
  }

  private let file: UnsafeRawBufferPointer
  private let version: UInt32
  private let count: UInt32

  init(_ file: UnsafeRawBufferPointer) throws(IndexFile.Malformed) {
    guard file.starts(with: "DIRC".utf8) else { throw IndexFile.Malformed("it is not an index") }
    guard file.count >= 12 else { throw Self.truncated }
    self.file = file
    version = Self.number(file, at: 4)
    count = Self.number(file, at: 8)
    guard (2...4).contains(version) else {
      throw IndexFile.Malformed("its version \(version) is not supported")
    }
  }

  /// Answers where the entries end.
  ///
  /// - Parameter body: answers false to stop.
  func visit(
    _ body: (Entry) throws(IndexFile.Malformed) -> Bool
  ) throws(IndexFile.Malformed) -> Int {
    guard let base = file.baseAddress else { throw Self.truncated }
    var position = 12
    // In version 4 a path is stored as its difference from the last one.
    var path: [UInt8] = []
    for _ in 0..<count {
      // 62 bytes, and the zero behind a path.
      guard file.count - position > 62 else { throw Self.truncated }
      let start = base + position
      let flags = UInt16(bigEndian: start.loadUnaligned(fromByteOffset: 60, as: UInt16.self))
      var name = position + 62
      var more: UInt16 = 0
      // Bit 14: 16 more bits follow.
      if version >= 3, flags & 0x4000 != 0 {
        more = UInt16(bigEndian: start.loadUnaligned(fromByteOffset: 62, as: UInt16.self))
        name += 2
      }
      if version == 4 {
        let cut = try variableNumber(at: &name)
        guard cut <= path.count else { throw IndexFile.Malformed("a path is malformed") }
        path.removeLast(cut)
      }
      let end = try endOfName(from: name)
      let part = UnsafeBufferPointer(
        start: (base + name).assumingMemoryBound(to: UInt8.self), count: end - name)
      let goesOn: Bool
      if version == 4 {
        path += part
        // Where each path may add to the last one, a small file could fill the memory.
        guard path.count < Self.pathLimit else { throw IndexFile.Malformed("a path is too long") }
        goesOn = try path.withUnsafeBufferPointer { (whole) throws(IndexFile.Malformed) in
          try body(Entry(start: start, flags: flags, more: more, path: whole))
        }
        position = end + 1
      } else {
        guard part.count < Self.pathLimit else { throw IndexFile.Malformed("a path is too long") }
        goesOn = try body(Entry(start: start, flags: flags, more: more, path: part))
        // 1 to 8 zeros make the entry a multiple of 8 bytes long.
        position += (end - position + 8) & ~7
        guard position <= file.count else { throw Self.truncated }
      }
      if !goesOn { break }
    }
    return position
  }

  private static let pathLimit = 1 << 16
  private static let truncated = IndexFile.Malformed("it is truncated")

  /// Every name ends with a zero; its length is in the flags as well, and may be wrong there.
  private func endOfName(from name: Int) throws(IndexFile.Malformed) -> Int {
    guard name < file.count, let base = file.baseAddress,
      let end = memchr(base + name, 0, file.count - name)
    else { throw Self.truncated }
    return UnsafeRawPointer(end) - base
  }

  /// 7 bits a byte, each byte but the last with bit 7 set, and one added for each byte that continues: the
  /// encoding of offsets in a pack.
  private func variableNumber(at position: inout Int) throws(IndexFile.Malformed) -> Int {
    var value = 0
    while true {
      guard position < file.count else { throw Self.truncated }
      let byte = file[position]
      position += 1
      guard value < 1 << 40 else { throw IndexFile.Malformed("a path is malformed") }
      value = value << 7 | Int(byte & 0x7f)
      guard byte & 0x80 != 0 else { return value }
      value += 1
    }
  }

  private static func number(_ file: UnsafeRawBufferPointer, at position: Int) -> UInt32 {
    UInt32(bigEndian: file.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }
}
