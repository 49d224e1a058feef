extension Repository {
  /// The entries of a folder that `keeping` answers true for, in git's order. A rejected entry
  /// costs no allocation.
  ///
  /// The name is lent to `keeping` as bytes. Throws `.missingObject` and `.damagedObject`.
  package func tree(
    _ id: ObjectID, keeping: (_ name: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
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
        while position < bytes.count, bytes[position] != 0 { position += 1 }
        let nameEnd = position
        guard nameEnd > nameStart, bytes.count - nameEnd > 20, let base = bytes.baseAddress else {
          throw Self.damagedTree(id)
        }
        position += 21
        let kind = TreeEntry.Kind(mode: mode)
        guard keeping(bytes.span.extracting(nameStart..<nameEnd), kind) else { continue }
        let name = String.repaired(bytes[nameStart..<nameEnd])
        entries.append(
          TreeEntry(
            name: name.text, nameIsExact: name.isExact, id: ObjectID(at: base + nameEnd + 1),
            kind: kind))
      }
      return entries
    }
  }

  /// Every entry of a folder, in git's order.
  package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
    try tree(id) { _, _ in true }
  }

  private static func damagedTree(_ id: ObjectID) -> GitError {
    GitError(
      .damagedObject, "could not read tree '\(id)': malformed entry", hint: "git fsck --full")
  }
}
