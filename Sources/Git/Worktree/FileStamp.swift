import Platform

/// The index's record of a file on the disk, by which git knows that it has not changed since it
/// was staged. Each value in 32 bits, as the index has it.
struct FileStamp: Hashable, Sendable {
  var changedSeconds: UInt32
  var changedNanoseconds: UInt32
  var modifiedSeconds: UInt32
  var modifiedNanoseconds: UInt32
  var inode: UInt32
  var user: UInt32
  var group: UInt32
  var size: UInt32

  /// Nil for a file whose size does not fit into 32 bits.
  init?(_ status: stat) {
    guard status.st_size >= 0, let size = UInt32(exactly: status.st_size) else { return nil }
    #if canImport(Darwin)
      let (changed, modified) = (status.st_ctimespec, status.st_mtimespec)
    #else
      let (changed, modified) = (status.st_ctim, status.st_mtim)
    #endif
    changedSeconds = UInt32(truncatingIfNeeded: changed.tv_sec)
    changedNanoseconds = UInt32(truncatingIfNeeded: changed.tv_nsec)
    modifiedSeconds = UInt32(truncatingIfNeeded: modified.tv_sec)
    modifiedNanoseconds = UInt32(truncatingIfNeeded: modified.tv_nsec)
    inode = UInt32(truncatingIfNeeded: status.st_ino)
    user = UInt32(truncatingIfNeeded: status.st_uid)
    group = UInt32(truncatingIfNeeded: status.st_gid)
    self.size = size
  }

  /// As an entry of an index begins, in 40 bytes that a parser has found there.
  init(at start: UnsafeRawPointer) {
    func number(_ position: Int) -> UInt32 {
      UInt32(bigEndian: start.loadUnaligned(fromByteOffset: position * 4, as: UInt32.self))
    }
    (changedSeconds, changedNanoseconds) = (number(0), number(1))
    (modifiedSeconds, modifiedNanoseconds) = (number(2), number(3))
    // Between them the device and the mode.
    inode = number(5)
    (user, group, size) = (number(7), number(8), number(9))
  }
}

/// git's rule for when a file on the disk is what was staged, without reading it.
struct StampRule {
  /// The parts that `core.trustctime` and `core.checkStat` leave to compare.
  enum Comparison {
    case all
    /// Without the time of the last change of the file's metadata.
    case withoutChange
    /// The whole seconds of the last modification, and the size.
    case minimal
  }

  let comparison: Comparison
  /// When the index was written, in seconds; nil where stamps prove nothing.
  let written: UInt32?

  /// A file that was modified in the second in which the index was written, or later, may have been
  /// modified once more since: then only its content shows it. Whole seconds, because a file
  /// system's clock may be much coarser than its nanoseconds look. Where git itself could not know
  /// any more, it has put the size 0 into the entry.
  func isUnchanged(_ file: FileStamp, since staged: FileStamp, id: ObjectID) -> Bool {
    guard let written, staged.modifiedSeconds < written, file.size == staged.size,
      file.modifiedSeconds == staged.modifiedSeconds
    else { return false }
    guard staged.size > 0 || id == .emptyBlob else { return false }
    if comparison == .minimal { return true }
    guard file.modifiedNanoseconds == staged.modifiedNanoseconds, file.inode == staged.inode,
      file.user == staged.user, file.group == staged.group
    else { return false }
    return comparison == .withoutChange
      || (file.changedSeconds == staged.changedSeconds
        && file.changedNanoseconds == staged.changedNanoseconds)
  }
}

extension ObjectID {
  /// Of a file without a byte.
  static let emptyBlob = ObjectID(hex: "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391") ?? .zero
}
