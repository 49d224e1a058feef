/// The index as it is on disk: what the next commit holds.
///
/// A header of 12 bytes, entries ordered by path and stage, extensions (4 letters, a length, that
/// many bytes), a checksum. Versions 2, 3 and 4; in 4 a path is told by what differs from the last
/// one. Extensions in capital letters may be passed over, `link` (split index) and `sdir` (sparse
/// index) may not. The format: `gitformat-index(5)`.
///
/// Read by this program, not by libgit2: that refuses split and sparse indexes and those that
/// `index.skipHash` wrote, verifies a checksum that git itself does not, and allocates every entry.
struct IndexFile {
  struct Entry {
    var path: [UInt8]
    let id: ObjectID
    let mode: UInt32
    let stage: Int
    let isIntentToAdd: Bool
    let skipsWorkTree: Bool
  }

  /// Says what is wrong, without the subject.
  struct Malformed: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private(set) var entries: [Entry] = []
  /// The root folder; nil where git has cached none, or cached it in a form that is malformed.
  private(set) var cachedTree: CachedTree?
  /// What `link` holds: nil for an index that stands alone.
  private(set) var link: [UInt8]?

  /// - Parameter keeping: Asked for each path before anything is allocated for it. A folder of a
  ///   sparse index is always kept; so is every entry without a path, which a split index uses.
  init(
    _ file: [UInt8], keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(Malformed) {
    var reader = ByteReader(file)
    guard file.starts(with: "DIRC".utf8) else { throw Malformed("it is no index") }
    try reader.skip(4)
    let version = try reader.number()
    guard (2...4).contains(version) else {
      throw Malformed("its version \(version) is not supported")
    }
    let count = try reader.number()
    var path: [UInt8] = []
    for _ in 0..<count {
      try readEntry(version, &reader, &path, keeping)
    }
    try readExtensions(&reader)
  }

  private mutating func readEntry(
    _ version: UInt32, _ reader: inout ByteReader, _ path: inout [UInt8],
    _ keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
  ) throws(Malformed) {
    let start = reader.position
    try reader.skip(24)  // ctime, mtime, dev, ino
    let mode = try reader.number()
    try reader.skip(12)  // uid, gid, size
    let id = try reader.id()
    let flags = try reader.shortNumber()
    // Bit 14: 16 more bits follow.
    let more = version >= 3 && flags & 0x4000 != 0 ? try reader.shortNumber() : 0
    if version == 4 {
      let cut = try reader.variableNumber()
      guard cut <= path.count else { throw Malformed("a path is malformed") }
      path.removeLast(cut)
    } else {
      path.removeAll(keepingCapacity: true)
    }
    path += try reader.bytesToZero()
    // In version 4, where each path may add to the last one, a small file could fill the memory.
    guard path.count < 1 << 16 else { throw Malformed("a path is too long") }
    // Before version 4, 1 to 8 zeros make the entry a multiple of 8 bytes long.
    if version < 4 { try reader.skip(7 - (reader.position - start - 1) % 8) }
    let kind = TreeEntry.Kind(mode: mode)
    guard kind == .folder || path.isEmpty || keeping(path.span, kind) else { return }
    entries.append(
      Entry(
        path: path, id: id, mode: mode, stage: Int(flags >> 12 & 3),
        isIntentToAdd: more & 0x2000 != 0, skipsWorkTree: more & 0x4000 != 0))
  }

  private mutating func readExtensions(_ reader: inout ByteReader) throws(Malformed) {
    while reader.rest > 20 {
      let name = try reader.bytes(4)
      let size = Int(try reader.number())
      if name.elementsEqual("link".utf8) {
        link = Array(try reader.bytes(size))
      } else if name.elementsEqual("TREE".utf8) {
        // Nothing but speed depends on it.
        cachedTree = try? CachedTree(Array(try reader.bytes(size)))
      } else {
        let isOptional = name.first.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } ?? false
        guard isOptional || name.elementsEqual("sdir".utf8) else {
          let spelled = String(decoding: name, as: UTF8.self)
          throw Malformed("it uses the extension '\(spelled)', which is not supported")
        }
        try reader.skip(size)
      }
    }
    guard reader.rest == 20 else { throw Malformed("it is truncated") }
  }
}
