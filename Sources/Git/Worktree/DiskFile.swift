import Platform

/// Plain files and folders beside the object store, read without ever writing or waiting.
package enum DiskFile {
  package enum Contents {
    case bytes([UInt8])
    /// And not read; the size in bytes.
    case tooLarge(Int)
    /// Not there, no regular file, or not to be read.
    case unavailable
  }

  package enum Kind {
    case regular, symbolicLink, other
    /// There may be something: a folder on the way to it cannot be entered.
    case hidden
  }

  /// The bytes of a regular file, also of one that a symbolic link points to.
  package static func contents(of path: String, limit: Int) -> Contents {
    // Read first: a file may grow after it was looked at.
    let readable = limit == .max ? limit : limit + 1
    guard let bytes = read(path, limit: readable) else { return .unavailable }
    return bytes.count > limit ? .tooLarge(max(size(of: path), bytes.count)) : .bytes(bytes)
  }

  /// Gives a file a second name. False where that name is taken, or the file system has no such names.
  package static func addName(_ other: String, to path: String) -> Bool { link(path, other) == 0 }

  /// Moves a file into the place of another, which is there until then. False where it cannot be moved.
  package static func move(_ path: String, over other: String) -> Bool { rename(path, other) == 0 }

  /// The kind of file at `path`, links not followed; nil where there is none.
  package static func kind(of path: String) -> Kind? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return errno == EACCES ? .hidden : nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .regular
    case S_IFLNK: return .symbolicLink
    default: return .other
    }
  }

  /// The bytes of a regular file, the first `limit` of them; nil when there is none.
  static func read(_ path: String, limit: Int = .max) -> [UInt8]? {
    read(Array(path.utf8), limit: limit)
  }

  /// The same for a path that may be no text.
  static func read(_ path: [UInt8], limit: Int = .max) -> [UInt8]? {
    let descriptor = (path + [0]).withUnsafeBytes { bytes in
      // Without O_NONBLOCK, opening a named pipe in a hostile folder would wait for ever.
      bytes.baseAddress.map {
        open($0.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      } ?? -1
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, isRegular(status) else { return nil }
    let size = min(Int(status.st_size), limit)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size, let base = buffer.baseAddress {
        let more = systemRead(descriptor, base + count, size - count)
        guard more > 0 else { return }
        count += more
      }
    }
  }

  /// The lines of a small text file; none when there is no such file.
  static func lines(_ path: String) -> [String] {
    String(decoding: read(path) ?? [], as: UTF8.self).split(whereSeparator: \.isNewline)
      .map(String.init)
  }

  static func exists(_ path: String) -> Bool { status(of: path) != nil }

  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// In bytes; 0 where nothing is there.
  static func size(of path: String) -> Int { status(of: path).map { Int($0.st_size) } ?? 0 }

  /// When it was modified last, in seconds as an index has them; nil when nothing is there.
  static func modified(_ path: String) -> UInt32? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStamp(status)?.modifiedSeconds
  }

  /// Of the path itself, not of what a symbolic link points to.
  static func owner(of path: String) -> UInt32? { status(of: path)?.st_uid }

  /// The file system that a folder is on.
  static func device(of path: String) -> UInt64? {
    status(of: path).map { UInt64(truncatingIfNeeded: $0.st_dev) }
  }

  /// Also one that a symbolic link points to.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && isRegular(status)
  }

  /// Absolute, without symbolic links; nil when nothing is there.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static var currentUser: UInt32 { geteuid() }

  /// The content of a folder, ordered by name; empty for one that cannot be read. Only files, links
  /// and folders.
  static func entries(of folder: [UInt8]) -> [(name: [UInt8], kind: TreeEntry.Kind)] {
    let stream = (folder + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.flatMap { opendir($0.assumingMemoryBound(to: CChar.self)) }
    }
    guard let stream else { return [] }
    defer { closedir(stream) }
    var entries: [(name: [UInt8], kind: TreeEntry.Kind)] = []
    while let entry = readdir(stream) {
      // By pointer: an entry is shorter than the array of 256 bytes that its type promises.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      let name = Array(UnsafeRawBufferPointer(start: start, count: strlen(start)))
      guard name != Array(".".utf8), name != Array("..".utf8) else { continue }
      guard let kind = kind(of: name, in: dirfd(stream)) else { continue }
      entries.append((name, kind))
    }
    return entries.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  /// Whether a folder is there that may not be read, or not be entered.
  static func isForbidden(_ folder: [UInt8]) -> Bool {
    (folder + [0]).withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      return access(base.assumingMemoryBound(to: CChar.self), R_OK | X_OK) != 0 && errno == EACCES
    }
  }

  /// The first of some files and folders that exists and that this user may not read or enter.
  static func forbidden(among paths: [String]) -> String? {
    paths.first { path in
      // Where a folder on the way cannot be entered, the path itself cannot be looked at.
      access(path, isFolder(path) ? R_OK | X_OK : R_OK) != 0 && errno == EACCES
    }
  }

  /// Why a file could not be read, in words.
  package static func fault(of path: String) -> String {
    if forbidden(among: [path]) != nil { return "permission denied" }
    return exists(path) ? "is not a regular file" : "could not find the file on the disk"
  }

  private static func kind(of name: [UInt8], in folder: Int32) -> TreeEntry.Kind? {
    var status = stat()
    let code = (name + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.map {
        fstatat(folder, $0.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW)
      }
    }
    guard code == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFLNK: return .symbolicLink
    case S_IFDIR: return .folder
    default: return nil
    }
  }

  private static func status(of path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  private static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }
}

/// `read` of the C library: the name means something else inside `DiskFile`.
private let systemRead: @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int = {
  read($0, $1, $2)
}
