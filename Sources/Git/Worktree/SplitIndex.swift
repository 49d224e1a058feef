/// The index of a repository with `core.splitIndex`: most entries are in a file that several
/// versions of the index share, and the index holds the differences from it.
///
/// The extension `link` holds the name of the shared file and two bitmaps over its entries: those
/// deleted, and those replaced by the first entries of the index, which have no path of their own.
struct SplitIndex {
  /// The checksum that the shared file is named for; nil when nothing is shared.
  let sharedID: ObjectID?
  private let deleted: Bitmap
  private let replaced: Bitmap

  init(link: [UInt8]) throws(IndexFile.Malformed) {
    var reader = ByteReader(link)
    let id = try reader.id()
    sharedID = id == .zero ? nil : id
    // An index that was just split has no bitmaps.
    deleted = reader.rest > 0 ? try Bitmap(&reader) : Bitmap()
    replaced = reader.rest > 0 ? try Bitmap(&reader) : Bitmap()
  }

  /// The entries of the whole index, in its order.
  func merged(
    _ own: [IndexFile.Entry], into shared: [IndexFile.Entry]
  ) throws(IndexFile.Malformed) -> [IndexFile.Entry] {
    let replacements = own.prefix { $0.path.isEmpty }
    var byKey: [Key: IndexFile.Entry] = [:]
    var used = 0
    for (position, entry) in shared.enumerated() {
      var entry = entry
      if replaced.contains(position) {
        guard used < replacements.count else {
          throw IndexFile.Malformed("its link to the shared index is malformed")
        }
        let path = entry.path
        entry = replacements[used]
        entry.path = path
        used += 1
      }
      guard !deleted.contains(position) else { continue }
      byKey[Key(path: entry.path, stage: entry.stage)] = entry
    }
    for entry in own.dropFirst(replacements.count) {
      byKey[Key(path: entry.path, stage: entry.stage)] = entry
    }
    return byKey.values.sorted { left, right in
      left.path == right.path
        ? left.stage < right.stage : left.path.lexicographicallyPrecedes(right.path)
    }
  }

  private struct Key: Hashable {
    let path: [UInt8]
    let stage: Int
  }
}

/// A set of small numbers as git stores it: EWAH, runs of equal 64-bit words between literal ones.
struct Bitmap {
  private var words: [UInt64] = []

  init() {}

  /// The number of bits, the number of words, the words, and the position of the last marker. A
  /// marker word holds the bit of its run, the length of the run (32 bits) and how many literal
  /// words follow (31 bits).
  init(_ reader: inout ByteReader) throws(IndexFile.Malformed) {
    let bits = Int(try reader.number())
    var rest = Int(try reader.number())
    // No index has as many entries; a few bytes could otherwise ask for half a gigabyte.
    guard bits < 100_000_000 else { throw IndexFile.Malformed("a bitmap in it is malformed") }
    let size = (bits + 63) / 64
    while rest > 0 {
      let marker = try reader.longNumber()
      rest -= 1
      let run = Int(marker >> 1 & 0xffff_ffff)
      let literals = Int(marker >> 33)
      guard run <= size - words.count, literals <= rest else {
        throw IndexFile.Malformed("a bitmap in it is malformed")
      }
      words += repeatElement(marker & 1 == 0 ? 0 : UInt64.max, count: run)
      for _ in 0..<literals { words.append(try reader.longNumber()) }
      rest -= literals
    }
    try reader.skip(4)
  }

  func contains(_ position: Int) -> Bool {
    position / 64 < words.count && words[position / 64] >> UInt64(position % 64) & 1 != 0
  }
}
