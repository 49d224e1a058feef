internal import Cminizip

/// The bytes of an archive, as the file that minizip reads.
final class MemoryFile {
  private let bytes: [UInt8]
  private var position = 0
  /// True after a read that wanted more than there was. minizip asks for it, since it takes the end of a
  /// file for no error (`UNZ_EOF` is 0, as `UNZ_OK`).
  private var isCutShort = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The functions by which minizip reads this file; it must outlive what uses them.
  var functions: zlib_filefunc64_def {
    zlib_filefunc64_def(
      zopen64_file: { opaque, _, _ in opaque },
      zread_file: { opaque, _, buffer, count in
        guard let buffer else { return 0 }
        return UInt(MemoryFile.at(opaque).read(into: buffer, count: Int(clamping: count)))
      },
      zwrite_file: { _, _, _, _ in 0 },
      ztell64_file: { opaque, _ in ZPOS64_T(MemoryFile.at(opaque).position) },
      zseek64_file: { opaque, _, offset, origin in
        MemoryFile.at(opaque).seek(to: Int(truncatingIfNeeded: offset), from: origin) ? 0 : -1
      },
      zclose_file: { _, _ in 0 },
      zerror_file: { opaque, _ in MemoryFile.at(opaque).isCutShort ? 1 : 0 },
      opaque: Unmanaged.passUnretained(self).toOpaque())
  }

  private static func at(_ opaque: UnsafeMutableRawPointer?) -> MemoryFile {
    guard let opaque else { preconditionFailure("minizip passes on what it was given") }
    return Unmanaged.fromOpaque(opaque).takeUnretainedValue()
  }

  private func read(into buffer: UnsafeMutableRawPointer, count: Int) -> Int {
    isCutShort = count > bytes.count - position
    let count = min(count, bytes.count - position)
    bytes.withUnsafeBytes { all in
      UnsafeMutableRawBufferPointer(start: buffer, count: count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<position + count]))
    }
    position += count
    return count
  }

  /// False where the place is outside of the file: an offset may be anything, and is a negative number
  /// where minizip subtracted too much.
  private func seek(to offset: Int, from origin: Int32) -> Bool {
    let start =
      switch origin {
      case ZLIB_FILEFUNC_SEEK_SET: 0
      case ZLIB_FILEFUNC_SEEK_CUR: position
      default: bytes.count
      }
    let (place, overflows) = start.addingReportingOverflow(offset)
    guard !overflows, (0...bytes.count).contains(place) else { return false }
    position = place
    return true
  }
}
