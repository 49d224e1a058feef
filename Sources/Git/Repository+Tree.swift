import Foundation

extension Repository {
  /// The entries of a folder that `keeping` answers true for, in git's order. A rejected entry
  /// costs no allocation.
  ///
  /// The name is lent to `keeping` as bytes. Throws `.missingObject` and `.damagedObject`.
  package func tree(
    _ id: ObjectID,
    keeping: (_ name: Span<UInt8>, _ kind: TreeEntry.Kind, _ id: ObjectID) -> Bool
  ) throws(GitError) -> [TreeEntry] {
    let object = try rawObject(id, .tree)
    return try object.withBytes { (bytes) throws(GitError) in
      var entries: [TreeEntry] = []
      var position = 0
      // `<mode in octal> <name>\0<20 bytes of id>`, again and again.
      while position < bytes.count {
        var mode: UInt32 = 0
        while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
          let digit = bytes[position] &- UInt8(ascii: "0")
          guard digit < 8, mode < 0o1_000_000 else { throw Self.damagedTree(id) }
          mode = mode << 3 | UInt32(digit)
          position += 1
        }
        position += 1
        let nameStart = position
        guard nameStart < bytes.count, let base = bytes.baseAddress,
          let end = memchr(base + nameStart, 0, bytes.count - nameStart)
        else { throw Self.damagedTree(id) }
        let nameEnd = UnsafeRawPointer(end) - UnsafeRawPointer(base)
        guard nameEnd > nameStart, bytes.count - nameEnd > 20 else { throw Self.damagedTree(id) }
        position = nameEnd + 21
        let kind = TreeEntry.Kind(mode: mode)
        let entry = ObjectID(at: base + nameEnd + 1)
        guard keeping(bytes.span.extracting(nameStart..<nameEnd), kind, entry) else { continue }
        let name = String.repaired(bytes[nameStart..<nameEnd])
        entries.append(
          TreeEntry(name: name.text, nameIsExact: name.isExact, id: entry, kind: kind))
      }
      return entries
    }
  }

  /// Every entry of a folder, in git's order.
  package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
    try tree(id) { _, _, _ in true }
  }

  private static func damagedTree(_ id: ObjectID) -> GitError {
    GitError(
      .damagedObject, "could not read tree '\(id)': malformed entry", hint: "git fsck --full")
  }
}
