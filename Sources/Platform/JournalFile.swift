#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// A file that one process at a time adds to, locked until it is closed.
package final class JournalFile {
  private let file: FileDescriptor

  /// Opens the file, which exists, and locks it. Nil where another process holds the lock; throws where it
  /// cannot be opened.
  package init?(at path: String) throws {
    let opened = try FileDescriptor.open(
      FilePath(path), .readWrite, options: [.append, .closeOnExec])
    guard flock(opened.rawValue, LOCK_EX | LOCK_NB) == 0 else {
      try opened.close()
      return nil
    }
    file = opened
  }

  deinit {
    // A child process that is just being started may hold a copy of the descriptor, and the lock with it.
    flock(file.rawValue, LOCK_UN)
    // Every write was checked: a failure to close loses nothing.
    try? file.close()
  }

  package func append(_ bytes: some Sequence<UInt8>) throws {
    _ = try file.writeAll(bytes)
  }

  /// Cuts off what is after the first `length` bytes.
  package func truncate(to length: Int) throws {
    try file.resize(to: Int64(length))
  }
}
