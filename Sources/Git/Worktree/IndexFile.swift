/// The index as it is on disk: the content of the next commit.
///
/// A header of 12 bytes, entries ordered by path and stage, extensions (4 letters, a length, that
/// many bytes), a checksum. Versions 2, 3 and 4; in 4 a path is stored as its difference from the
/// last one. Extensions in capital letters may be skipped, `link` (split index) and `sdir` (sparse
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
    let stamp: FileStamp
  }

  /// Says what is wrong, without the subject.
  struct Malformed: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private(set) var entries: [Entry] = []
  /// The content of `link`: nil for an index that is not split.
  private(set) var link: [UInt8]?

  /// - Parameter keeping: Asked for each path before anything is allocated for it. A folder of a
  ///   sparse index is always kept; so is every entry without a path, which a split index uses.
  init(
    _ file: [UInt8], keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(Malformed) {
    var entries: [Entry] = []
    let end = try file.withUnsafeBufferPointer { (bytes) throws(Malformed) -> Int in
      let scan = try IndexScan(UnsafeRawBufferPointer(bytes))
      return try scan.visit { (entry) throws(Malformed) -> Bool in
        let mode = entry.mode
        let kind = TreeEntry.Kind(mode: mode)
        guard kind == .folder || entry.path.isEmpty || keeping(entry.path.span, kind) else {
          return true
        }
        entries.append(
          Entry(
            path: Array(entry.path), id: entry.id, mode: mode, stage: entry.stage,
            isIntentToAdd: entry.isIntentToAdd, skipsWorkTree: entry.skipsWorkTree,
            stamp: entry.stamp))
        return true
      }
    }
    self.entries = entries
    try readExtensions(Extensions(of: file, from: end))
  }

  private mutating func readExtensions(_ extensions: Extensions) throws(Malformed) {
    var extensions = extensions
    while let (name, content) = try extensions.next() {
      if name.elementsEqual("link".utf8) {
        link = Array(content)
        continue
      }
      guard Self.isKnown(name) else {
        let spelled = String(decoding: name, as: UTF8.self)
        throw Malformed("it uses the extension '\(spelled)', which is not supported")
      }
    }
  }

  /// True for an extension that may be passed over, and those that are understood.
  static func isKnown(_ name: ArraySlice<UInt8>) -> Bool {
    let isOptional = name.first.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } ?? false
    return isOptional || name.elementsEqual("link".utf8) || name.elementsEqual("sdir".utf8)
  }

  /// The data after the entries, without the checksum.
  struct Extensions {
    private var reader: ByteReader

    /// - Parameter end: where the entries end.
    init(of file: [UInt8], from end: Int) throws(Malformed) {
      reader = ByteReader(file)
      try reader.skip(end)
    }

    /// Nil at the end.
    mutating func next() throws(Malformed) -> (name: ArraySlice<UInt8>, content: ArraySlice<UInt8>)?
    {
      guard reader.rest > 20 else {
        guard reader.rest == 20 else { throw Malformed("it is truncated") }
        return nil
      }
      let name = try reader.bytes(4)
      return (name, try reader.bytes(Int(try reader.number())))
    }
  }
}
