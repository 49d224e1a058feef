/// A pack with its index, both mapped. Many workers may read one at once.
///
/// The index (version 2) begins with `\377tOc`, the version, and 256 numbers: how many ids begin with
/// this byte or a lesser one. Then, for all objects in the order of their ids: 20 bytes of id each, a
/// checksum each, and where it begins in the pack each; an offset with its highest bit set is the
/// position of a number of eight bytes in a last table. Source: gitformat-pack(5).
final class PackFile: Sendable {
  let objects: MappedFile
  private let index: MappedFile
  private let count: Int

  private static let fanout = 8
  private static let ids = fanout + 256 * 4
  /// The two checksums that an index ends with, and the one that a pack ends with.
  private static let indexTrailer = 40
  static let trailer = 20

  /// Nil for what git has not written in this form: an old index, a pack that is being written.
  ///
  /// - Parameter path: without `.pack` or `.idx`.
  init?(_ path: String) {
    guard let index = MappedFile(path + ".idx"), let objects = MappedFile(path + ".pack"),
      index.bytes.count >= Self.ids + Self.indexTrailer, index.word(at: 0) == 0xff74_4f63,
      index.word(at: 4) == 2, objects.bytes.count > 12 + Self.trailer,
      objects.word(at: 0) == 0x5041_434b, [2, 3].contains(objects.word(at: 4))
    else { return nil }
    let count = Int(index.word(at: Self.fanout + 255 * 4))
    guard count == Int(objects.word(at: 8)),
      index.bytes.count >= Self.ids + count * (20 + 4 + 4) + Self.indexTrailer
    else { return nil }
    self.index = index
    self.objects = objects
    self.count = count
  }

  /// Where an object begins; nil where it is in another pack.
  func offset(of id: ObjectID) -> Int? {
    let byte = Int(id.words.0 >> 56)
    var low = byte == 0 ? 0 : Int(index.word(at: Self.fanout + (byte - 1) * 4))
    var high = min(count, Int(index.word(at: Self.fanout + byte * 4)))
    while low < high {
      let middle = (low + high) / 2
      let place = Self.ids + middle * 20
      let first = index.longWord(at: place)
      if first == id.words.0 {
        let found = (index.longWord(at: place + 8), index.word(at: place + 16))
        if found == (id.words.1, id.words.2) { return offset(ofObject: middle) }
        if found < (id.words.1, id.words.2) { low = middle + 1 } else { high = middle }
      } else if first < id.words.0 {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return nil
  }

  private func offset(ofObject position: Int) -> Int? {
    let offsets = Self.ids + count * (20 + 4)
    let offset = index.word(at: offsets + position * 4)
    guard offset & 0x8000_0000 != 0 else { return Int(offset) }
    let place = offsets + count * 4 + Int(offset & 0x7fff_ffff) * 8
    guard place + 8 + Self.indexTrailer <= index.bytes.count else { return nil }
    return Int(exactly: index.longWord(at: place))
  }
}
