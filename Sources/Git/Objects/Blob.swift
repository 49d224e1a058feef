import Clibgit2

/// The result of reading the content of a file: its bytes, or what was made of them.
package enum Blob<Content> {
  case bytes(Content)
  /// Larger than the caller's limit, and not read; the size in bytes.
  case tooLarge(Int)
}

extension Blob: Sendable where Content: Sendable {}

extension Repository {
  /// The bytes of a file, as long as there are no more than `limit`.
  ///
  /// Throws as `withBlob` does.
  package func blob(_ id: ObjectID, limit: Int) throws(GitError) -> Blob<[UInt8]> {
    try withBlob(id, limit: limit) { bytes in bytes.withUnsafeBufferPointer { Array($0) } }
  }

  /// The result of `body` for the bytes of a file, which are valid during the call only, if
  /// there are no more than `limit`.
  ///
  /// Throws `.missingObject` in a partial clone, with the command that fetches it, and
  /// `.damagedObject`.
  package func withBlob<Content>(
    _ id: ObjectID, limit: Int, _ body: (Span<UInt8>) -> Content
  ) throws(GitError) -> Blob<Content> {
    switch packs.object(id, limit: limit) {
    case .object(let object):
      guard object.type == ObjectType.blob.libgit2 else { throw ObjectType.blob.mismatch(id) }
      return .bytes(object.withBytes { body($0.span) })
    case .tooLarge(let size): return .tooLarge(size)
    case nil:
      let size = try blobSize(id)
      guard size <= limit else { return .tooLarge(size) }
      return .bytes(try rawObject(id, .blob).withBytes { body($0.span) })
    }
  }

  /// The result of `body` for the first bytes of a file: at least `count` of them, or all it has.
  ///
  /// Nil where reading the beginning alone saves nothing. What follows it is not checked for damage.
  package func withBeginning<Content>(
    of id: ObjectID, count: Int, _ body: (Span<UInt8>) -> Content
  ) -> Content? {
    guard let object = packs.beginning(of: id, count: count),
      object.type == ObjectType.blob.libgit2
    else { return nil }
    return object.withBytes { body($0.span) }
  }

  /// In bytes; reads a few of them.
  package func blobSize(_ id: ObjectID) throws(GitError) -> Int {
    var size = 0
    var type = GIT_OBJECT_INVALID
    do throws(Libgit2Failure) {
      try Libgit2.check(
        id.withLibgit2 { git_odb_read_header(&size, &type, objects.pointer, $0) })
    } catch {
      throw objectError(id, .blob, error)
    }
    guard type == GIT_OBJECT_BLOB else { throw ObjectType.blob.mismatch(id) }
    return size
  }

  /// The id that a file with these bytes has, or would have, in the repository.
  package static func blobID(of bytes: [UInt8]) -> ObjectID {
    precondition(Libgit2.ready, "libgit2 starts without fail once it is loaded")
    var id = git_oid()
    let code = bytes.withUnsafeBytes {
      git_odb_hash(&id, $0.baseAddress, $0.count, GIT_OBJECT_BLOB)
    }
    precondition(code == 0, "hashing bytes in memory cannot fail")
    return ObjectID(id)
  }
}
