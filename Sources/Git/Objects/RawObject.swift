import Clibgit2

extension Repository {
  /// Lends the bytes of an object as it is stored, for the length of the call.
  ///
  /// Throws `.missingObject` and `.damagedObject`.
  func withObject<Answer>(
    _ id: ObjectID, _ type: ObjectType,
    _ body: (UnsafeBufferPointer<UInt8>) throws(GitError) -> Answer
  ) throws(GitError) -> Answer {
    guard case .object(let object) = packs.object(id) else {
      return try rawObject(id, type).withBytes(body)
    }
    guard object.type == type.libgit2 else { throw type.mismatch(id) }
    return try object.withBytes(body)
  }

  /// Reads an object as it is stored; libgit2 parses nothing.
  func rawObject(_ id: ObjectID, _ type: ObjectType) throws(GitError) -> Owned<RawObjectKind> {
    let object: Owned<RawObjectKind>
    do throws(Libgit2Failure) {
      object = try Owned { made in id.withLibgit2 { git_odb_read(&made, objects.pointer, $0) } }
    } catch {
      throw objectError(id, type, error)
    }
    let found = git_odb_object_type(object.pointer)
    guard found == type.libgit2 else { throw type.mismatch(id) }
    return object
  }

  func objectError(_ id: ObjectID, _ type: ObjectType, _ failure: Libgit2Failure) -> GitError {
    if let path = forbiddenPlace(of: id) {
      return GitError(
        .forbidden, "could not read \(type.rawValue) '\(id)': '\(path)': permission denied")
    }
    guard failure.isNotFound else {
      return failure.error(
        "could not read \(type.rawValue) '\(id)'", .damagedObject, hint: "git fsck --full")
    }
    if let promisor {
      return GitError(
        .missingObject,
        "could not find \(type.rawValue) '\(id)': not fetched by this partial clone",
        hint: "git fetch \(promisor) \(id)")
    }
    return GitError(
      .missingObject, "could not find \(type.rawValue) '\(id)' in the repository",
      hint: isShallow ? "git fetch --unshallow" : "git fsck --full")
  }

  /// The folder or file that may hold an object, and that this user may not read.
  private func forbiddenPlace(of id: ObjectID) -> String? {
    let objects = commonDirectory + "/objects"
    let folder = "\(objects)/\(id.hex.prefix(2))"
    return DiskFile.forbidden(
      among: [objects, folder, "\(folder)/\(id.hex.dropFirst(2))", objects + "/pack"])
  }
}

/// The objects that are read raw.
enum ObjectType: String {
  case commit
  case tree
  case blob
  case tag

  var libgit2: git_object_t {
    switch self {
    case .commit: GIT_OBJECT_COMMIT
    case .tree: GIT_OBJECT_TREE
    case .blob: GIT_OBJECT_BLOB
    case .tag: GIT_OBJECT_TAG
    }
  }

  func mismatch(_ id: ObjectID) -> GitError {
    GitError(.damagedObject, "could not read \(rawValue) '\(id)': it is not a \(rawValue)")
  }
}

extension Owned where Kind == RawObjectKind {
  /// The bytes belong to the object: they are valid only during the call.
  borrowing func withBytes<Answer, Failure>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    let start = git_odb_object_data(pointer)?.assumingMemoryBound(to: UInt8.self)
    return try body(
      UnsafeBufferPointer(start: start, count: start == nil ? 0 : git_odb_object_size(pointer)))
  }
}
