import Clibgit2

/// The beginning of an object in a pack: its type and size, and for a difference from another object
/// where that is. One zlib stream follows.
///
/// The first byte holds three bits of type and four of size, each further one seven bits of size, the
/// least ones first; the highest bit says that another byte follows. Source: gitformat-pack(5).
struct PackEntry {
  enum Content {
    case whole(git_object_t)
    /// The base begins at this offset of the same pack.
    case differenceFromOffset(Int)
    case differenceFromObject(ObjectID)
  }

  let content: Content
  /// Of what the stream holds, in bytes.
  let size: Int
  /// Where the stream begins.
  let start: Int

  /// Nil where there is no object that git could have written.
  init?(at offset: Int, in pack: PackFile) {
    let bytes = pack.objects.bytes
    let end = bytes.count - PackFile.trailer
    guard offset >= 12, offset < end else { return nil }
    var position = offset
    func next() -> UInt8? {
      guard position < end else { return nil }
      defer { position += 1 }
      return bytes[position]
    }
    guard var byte = next() else { return nil }
    let type = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      guard shift < 56, let more = next() else { return nil }
      byte = more
      size |= Int(byte & 0x7f) << shift
      shift += 7
    }
    switch type {
    case 1: content = .whole(GIT_OBJECT_COMMIT)
    case 2: content = .whole(GIT_OBJECT_TREE)
    case 3: content = .whole(GIT_OBJECT_BLOB)
    case 4: content = .whole(GIT_OBJECT_TAG)
    case 6:
      // How far back the base is, the most significant bits first.
      guard var byte = next() else { return nil }
      var distance = Int(byte & 0x7f)
      while byte & 0x80 != 0 {
        guard distance < 1 << 48, let more = next() else { return nil }
        byte = more
        distance = (distance + 1) << 7 | Int(byte & 0x7f)
      }
      guard distance > 0, distance < offset else { return nil }
      content = .differenceFromOffset(offset - distance)
    case 7:
      guard end - position >= 20, let base = bytes.baseAddress else { return nil }
      content = .differenceFromObject(ObjectID(at: base + position))
      position += 20
    default: return nil
    }
    self.size = size
    start = position
  }
}
