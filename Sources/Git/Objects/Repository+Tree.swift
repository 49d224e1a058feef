import Platform

extension Repository {
  /// The entries of a folder that `keeping` answers true for, in git's order. A rejected entry
  /// costs no allocation.
  ///
  /// `keeping` gets the name as bytes, which are valid only during its call. Throws `.missingObject` and `.damagedObject`.
  package func tree(
    _ id: ObjectID,
    keeping: (_ name: Span<UInt8>, _ kind: TreeEntry.Kind, _ id: ObjectID) -> Bool
  ) throws(GitError) -> [TreeEntry] {
    try withObject(id, .tree) { (bytes) throws(GitError) in
      try StoredTree.entries(of: id, bytes, keeping: keeping)
    }
  }

  /// Every entry of a folder, in git's order.
  package func tree(_ id: ObjectID) throws(GitError) -> [TreeEntry] {
    try tree(id) { _, _, _ in true }
  }

  /// A folder as it is stored, to be compared with a later one. Throws as `tree` does.
  package func storedTree(_ id: ObjectID) throws(GitError) -> StoredTree {
    try withObject(id, .tree) { (bytes) throws(GitError) in
      StoredTree(id: id, bytes: Array(bytes))
    }
  }
}

/// A folder of a commit as git stores it: `<mode in octal> <name>\0<20 bytes of id>`, again and again,
/// ordered by name as if the name of a folder ended with a slash.
package struct StoredTree: Sendable {
  package let id: ObjectID
  private let bytes: [UInt8]

  fileprivate init(id: ObjectID, bytes: [UInt8]) {
    self.id = id
    self.bytes = bytes
  }

  /// An entry that is not in two folders as it is. An entry that changed its kind counts as removed
  /// and added.
  package struct Change: Hashable, Sendable {
    package let name: String
    /// False when the name is no UTF-8, and `name` a repaired one.
    package let nameIsExact: Bool
    package let before: Side?
    package let after: Side?

    package struct Side: Hashable, Sendable {
      package let id: ObjectID
      package let kind: TreeEntry.Kind
    }
  }

  /// As `Repository.tree` gives them.
  package func entries(
    keeping: (_ name: Span<UInt8>, _ kind: TreeEntry.Kind, _ id: ObjectID) -> Bool
  ) throws(GitError) -> [TreeEntry] {
    // Not through `withUnsafeBufferPointer`, which throws what it likes.
    let bytes = self.bytes
    let entries: Result<[TreeEntry], GitError> = bytes.withUnsafeBufferPointer { bytes in
      Result { () throws(GitError) in try Self.entries(of: id, bytes, keeping: keeping) }
    }
    return try entries.get()
  }

  /// The differences from a former folder, in git's order. Equal entries cost a comparison of their
  /// bytes.
  ///
  /// Throws `.damagedObject` for either.
  package func changes(since former: StoredTree) throws(GitError) -> [Change] {
    let (left, right) = (former, self)
    let changes: Result<[Change], GitError> = left.bytes.withUnsafeBufferPointer { before in
      right.bytes.withUnsafeBufferPointer { after in
        Result { () throws(GitError) in
          try Self.changes(from: (left.id, before), to: (right.id, after))
        }
      }
    }
    return try changes.get()
  }

  private static func changes(
    from left: (id: ObjectID, bytes: UnsafeBufferPointer<UInt8>),
    to right: (id: ObjectID, bytes: UnsafeBufferPointer<UInt8>)
  ) throws(GitError) -> [Change] {
    var changes: [Change] = []
    var (here, there) = (0, 0)
    while here < left.bytes.count || there < right.bytes.count {
      let before = try here < left.bytes.count ? Entry(at: here, in: left.bytes, of: left.id) : nil
      if let before, before.isRepeated(at: there, in: right.bytes) {
        here += before.length
        there += before.length
        continue
      }
      let after =
        try there < right.bytes.count ? Entry(at: there, in: right.bytes, of: right.id) : nil
      let order =
        before.map { before in after.map { before.order($0) } ?? -1 } ?? 1
      if order <= 0, let before { here += before.length }
      if order >= 0, let after { there += after.length }
      guard let named = order <= 0 ? before : after else { continue }
      let name = String.repaired(named.name)
      changes.append(
        Change(
          name: name.text, nameIsExact: name.isExact, before: order <= 0 ? before?.side : nil,
          after: order >= 0 ? after?.side : nil))
    }
    return changes
  }

  static func entries(
    of id: ObjectID, _ bytes: UnsafeBufferPointer<UInt8>,
    keeping: (_ name: Span<UInt8>, _ kind: TreeEntry.Kind, _ id: ObjectID) -> Bool
  ) throws(GitError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    var position = 0
    while position < bytes.count {
      let entry = try Entry(at: position, in: bytes, of: id)
      position += entry.length
      guard keeping(entry.name.span, entry.kind, entry.id) else { continue }
      let name = String.repaired(entry.name)
      entries.append(
        TreeEntry(name: name.text, nameIsExact: name.isExact, id: entry.id, kind: entry.kind))
    }
    return entries
  }
}

/// An entry in the bytes of a folder.
private struct Entry {
  let kind: TreeEntry.Kind
  let name: UnsafeBufferPointer<UInt8>
  let id: ObjectID
  private let bytes: UnsafeBufferPointer<UInt8>

  var length: Int { bytes.count }
  var side: StoredTree.Change.Side { StoredTree.Change.Side(id: id, kind: kind) }

  init(
    at start: Int, in bytes: UnsafeBufferPointer<UInt8>, of tree: ObjectID
  ) throws(GitError) {
    var mode: UInt32 = 0
    var position = start
    while position < bytes.count, bytes[position] != UInt8(ascii: " ") {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 8, mode < 0o1_000_000 else { throw Self.damaged(tree) }
      mode = mode << 3 | UInt32(digit)
      position += 1
    }
    let nameStart = position + 1
    guard nameStart < bytes.count, let base = bytes.baseAddress,
      let end = memchr(base + nameStart, 0, bytes.count - nameStart)
    else { throw Self.damaged(tree) }
    let nameEnd = UnsafeRawPointer(end) - UnsafeRawPointer(base)
    guard nameEnd > nameStart, bytes.count - nameEnd > 20 else { throw Self.damaged(tree) }
    kind = TreeEntry.Kind(mode: mode)
    name = UnsafeBufferPointer(rebasing: bytes[nameStart..<nameEnd])
    id = ObjectID(at: base + nameEnd + 1)
    self.bytes = UnsafeBufferPointer(rebasing: bytes[start..<(nameEnd + 21)])
  }

  private static func damaged(_ tree: ObjectID) -> GitError {
    GitError(
      .damagedObject, "could not read tree '\(tree)': malformed entry", hint: "git fsck --full")
  }

  /// True where another folder has the same bytes at `position`.
  func isRepeated(at position: Int, in other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard other.count - position >= bytes.count, let own = bytes.baseAddress,
      let base = other.baseAddress
    else { return false }
    return memcmp(own, base + position, bytes.count) == 0
  }

  /// Negative where this one is first; 0 where both have one name and are folders, or neither is.
  func order(_ other: Entry) -> Int {
    let count = min(name.count, other.name.count)
    if let own = name.baseAddress, let others = other.name.baseAddress {
      let order = memcmp(own, others, count)
      if order != 0 { return Int(order) }
    }
    func next(_ entry: Entry) -> Int {
      if entry.name.count > count { return Int(entry.name[count]) }
      return entry.kind == .folder ? Int(UInt8(ascii: "/")) : 0
    }
    return next(self) - next(other)
  }
}
