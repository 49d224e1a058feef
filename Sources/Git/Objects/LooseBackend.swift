import Clibgit2
import Platform

/// Loose objects for libgit2. Reads them by itself: libgit2 up to 1.9 reads for ever where a file was cut
/// short, as a machine that lost its power leaves it. Writing and all else is libgit2's.
enum LooseBackend {
  private typealias Backend = UnsafeMutablePointer<git_odb_backend>

  /// More of a file than its header takes, however it was deflated.
  private static let headerBytes = 4_096

  static func make(
    in folder: String
  ) throws(Libgit2Failure) -> UnsafeMutablePointer<git_odb_backend> {
    guard Libgit2.ready else { throw Libgit2Failure(code: -1) }
    var inner: Backend?
    // The level, the sync and the modes are libgit2's own.
    try Libgit2.check(git_odb_backend_loose(&inner, folder, -1, 0, 0, 0))
    guard let inner else { throw Libgit2Failure(code: -1) }
    let made = UnsafeMutablePointer<connref_loose_backend>.allocate(capacity: 1)
    made.initialize(to: connref_loose_backend())
    made.pointee.loose = inner
    made.pointee.folder = strdup(folder)
    // It begins with what libgit2 knows.
    let backend = UnsafeMutableRawPointer(made).assumingMemoryBound(to: git_odb_backend.self)
    setReading(of: backend)
    setTheRest(of: backend)
    return backend
  }

  /// A writer of an object looks into its store for an existing one.
  static func belongs(
    _ backend: UnsafeMutablePointer<git_odb_backend>, to store: OpaquePointer
  ) {
    inner(of: backend).pointee.odb = store
  }

  private static func setReading(of backend: Backend) {
    backend.pointee.version = UInt32(GIT_ODB_BACKEND_VERSION)
    backend.pointee.read = { content, size, type, backend, id in
      guard let content, let size, let type, let backend, let id else { return -1 }
      return LooseBackend.read(content, size, type, backend, id.pointee)
    }
    backend.pointee.read_header = { size, type, backend, id in
      guard let size, let type, let backend, let id else { return -1 }
      guard let file = LooseBackend.file(of: id.pointee, backend, limit: LooseBackend.headerBytes)
      else {
        return GIT_ENOTFOUND.rawValue
      }
      guard let header = LooseObject.header(of: file) else { return LooseBackend.damaged() }
      size.pointee = header.size
      type.pointee = header.type
      return 0
    }
    backend.pointee.read_prefix = { found, content, size, type, backend, short, length in
      guard let found, let content, let size, let type, let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      let code = inner.pointee.exists_prefix?(found, inner, short, length) ?? -1
      guard code == 0 else { return code }
      return LooseBackend.read(content, size, type, backend, found.pointee)
    }
  }

  private static func setTheRest(of backend: Backend) {
    backend.pointee.write = { backend, id, content, size, type in
      guard let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.write?(inner, id, content, size, type) ?? -1
    }
    backend.pointee.writestream = { stream, backend, size, type in
      guard let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.writestream?(stream, inner, size, type) ?? -1
    }
    backend.pointee.exists = { backend, id in
      guard let backend else { return 0 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.exists?(inner, id) ?? 0
    }
    backend.pointee.exists_prefix = { found, backend, short, length in
      guard let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.exists_prefix?(found, inner, short, length) ?? -1
    }
    backend.pointee.foreach = { backend, call, payload in
      guard let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.foreach?(inner, call, payload) ?? -1
    }
    backend.pointee.freshen = { backend, id in
      guard let backend else { return -1 }
      let inner = LooseBackend.inner(of: backend)
      return inner.pointee.freshen?(inner, id) ?? -1
    }
    backend.pointee.free = { backend in
      guard let backend else { return }
      let made = LooseBackend.whole(backend)
      made.pointee.loose.pointee.free?(made.pointee.loose)
      free(made.pointee.folder)
      made.deallocate()
    }
  }

  private static func read(
    _ content: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ size: UnsafeMutablePointer<Int>,
    _ type: UnsafeMutablePointer<git_object_t>, _ backend: Backend, _ id: git_oid
  ) -> Int32 {
    guard let file = file(of: id, backend) else { return GIT_ENOTFOUND.rawValue }
    guard let header = LooseObject.header(of: file),
      LooseObject.canHold(header.size, in: file.count)
    else { return damaged() }
    // With a zero behind, as libgit2's own reader leaves it.
    guard let bytes = git_odb_backend_data_alloc(backend, header.size + 1) else { return -1 }
    bytes.storeBytes(of: 0, toByteOffset: header.size, as: UInt8.self)
    guard LooseObject.inflate(file, header, into: bytes) else {
      git_odb_backend_data_free(backend, bytes)
      return damaged()
    }
    content.pointee = bytes
    size.pointee = header.size
    type.pointee = header.type
    return 0
  }

  private static func whole(_ backend: Backend) -> UnsafeMutablePointer<connref_loose_backend> {
    UnsafeMutableRawPointer(backend).assumingMemoryBound(to: connref_loose_backend.self)
  }

  private static func inner(of backend: Backend) -> Backend { whole(backend).pointee.loose }

  /// Nil where there is none.
  private static func file(
    of id: git_oid, _ backend: Backend, limit: Int = .max
  ) -> [UInt8]? {
    let hex = ObjectID(id).hex
    let folder = String(cString: whole(backend).pointee.folder)
    let path = "\(folder)/\(hex.prefix(2))/\(hex.dropFirst(2))"
    if let file = DiskFile.read(path, limit: limit) { return file }
    // It is there and cannot be read: that is no missing object.
    return DiskFile.exists(path) ? [] : nil
  }

  private static func damaged() -> Int32 {
    git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), "its file is damaged or was cut short")
    return GIT_ERROR.rawValue
  }
}
