import Platform

/// Writes a file as a whole: a reader, even if the writer is stopped or has no room left, sees
/// the old content or the new, and never a part of it.
///
/// The new content is written beside the file, with its mode and owner, and moved into its place.
/// Symbolic links are not followed. The draft of a killed writer is removed by the next one.
package enum WholeFile {
  /// A terminal, a pipe or a device is written to as it is: it must never be replaced.
  ///
  /// - Parameters:
  ///   - isNew: True where it must not be there yet.
  ///   - isExecutable: True for a script, for any mode of an existing file.
  ///   - check: Called when the content is complete, before it is moved; throws to leave all as it was.
  package static func write(
    _ bytes: [UInt8], to path: String, isNew: Bool = false, isExecutable: Bool = false,
    check: () throws(Unwritable) -> Void = {}
  ) throws(Unwritable) {
    // `/dev/stdout` leads to what is open already, which cannot be known by its path.
    if isOpenAlready(path) { return try stream(bytes, to: path) }
    var status = stat()
    let isThere = lstat(path, &status) == 0
    if isThere {
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFLNK: throw Unwritable(reason: "is a symbolic link, which is not followed")
      case S_IFDIR: throw Unwritable(reason: "is a directory")
      default: return try stream(bytes, to: path)
      }
    }
    let (folder, name) = Self.parts(of: path)
    removeRemains(of: name, in: folder)
    let draft = "\(folder)/.\(name)\(mark)\(getpid())"
    let descriptor = open(
      draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, isThere ? 0o600 : 0o666)
    guard descriptor >= 0 else { throw Unwritable.system }
    var isFilled = fill(descriptor, with: bytes)
    var failure = Unwritable.system
    if isFilled, isThere || isExecutable {
      // We may not be allowed to set the owner; then the file is ours, as after any editor.
      if isThere { _ = fchown(descriptor, status.st_uid, status.st_gid) }
      isFilled = fchmod(descriptor, isExecutable ? 0o755 : status.st_mode & 0o7777) == 0
      failure = .system
    }
    if isFilled {
      isFilled = fsync(descriptor) == 0
      failure = .system
    }
    if close(descriptor) != 0, isFilled {
      isFilled = false
      failure = .system
    }
    guard isFilled else {
      unlink(draft)
      throw failure
    }
    do throws(Unwritable) {
      try check()
    } catch {
      unlink(draft)
      throw error
    }
    // A name that must not be there is linked: that fails where another writer was faster.
    let moved = isNew ? link(draft, path) : rename(draft, path)
    failure = .system
    if isNew || moved != 0 { unlink(draft) }
    guard moved == 0 else { throw failure }
  }

  /// Where files lie, `/dev/shm` is a folder like any other.
  private static func isOpenAlready(_ path: String) -> Bool {
    path.hasPrefix("/proc/") || path.hasPrefix("/dev/") && !path.hasPrefix("/dev/shm/")
  }

  /// Takes away what writers of this file that were killed have left, where there is nothing to write.
  package static func removeRemains(of path: String) {
    let (folder, name) = parts(of: path)
    removeRemains(of: name, in: folder)
  }

  private static let mark = ".connref-"

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = path[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(path[path.index(after: slash)...]))
  }

  /// Drafts of processes that are no more.
  private static func removeRemains(of name: String, in folder: String) {
    let prefix = ".\(name)\(mark)"
    for entry in DiskFile.entries(of: Array(folder.utf8)) where entry.kind == .file {
      let draft = String.repaired(entry.name).text
      guard draft.hasPrefix(prefix), let process = pid_t(draft.dropFirst(prefix.count)),
        process == getpid() || (kill(process, 0) != 0 && errno == ESRCH)
      else { continue }
      unlink("\(folder)/\(draft)")
    }
  }

  private static func stream(_ bytes: [UInt8], to path: String) throws(Unwritable) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw Unwritable.system }
    let isFilled = fill(descriptor, with: bytes)
    let failure = Unwritable.system
    guard close(descriptor) == 0, isFilled else { throw isFilled ? Unwritable.system : failure }
  }

  private static func fill(_ descriptor: Int32, with bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { systemWrite(descriptor, $0 + start, buffer.count - start) } ?? -1
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}

/// Why a file could not be written; what was there is there still.
package struct Unwritable: Error, Hashable, Sendable {
  /// As git would say it after a colon.
  package let reason: String

  package init(reason: String) {
    self.reason = reason
  }

  /// The system's last error.
  static var system: Unwritable {
    Unwritable(reason: String(cString: strerror(errno)).lowercased())
  }
}

/// `write` of the C library: the name means something else inside `WholeFile`.
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
