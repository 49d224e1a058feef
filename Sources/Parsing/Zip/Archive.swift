internal import Cminizip

/// A zip archive in memory: nothing is ever written to a disk, and no more than the limits allow is
/// unpacked.
package final class Archive {
  /// The limits of an archive; one that exceeds them is refused, never truncated.
  package struct Limits: Sendable {
    package var entries: Int
    /// Of one entry, unpacked, in bytes.
    package var entryBytes: Int
    /// Of all entries that are read, unpacked, in bytes.
    package var totalBytes: Int
    /// Unpacked bytes for each packed one, of an entry larger than 64 KB.
    package var ratio: Int
    /// The same of all entries that are read, beyond the first 8 MB: of an archive in which one
    /// packed stream serves many entries.
    package var totalRatio: Int

    /// Solutions seen: up to 3,000 entries, 8 MB an entry, 60 to 1 for the XML of forms.
    package init(
      entries: Int = 50_000, entryBytes: Int = 32 << 20, totalBytes: Int = 256 << 20,
      ratio: Int = 500, totalRatio: Int = 100
    ) {
      self.entries = entries
      self.entryBytes = entryBytes
      self.totalBytes = totalBytes
      self.ratio = ratio
      self.totalRatio = totalRatio
    }

    /// The permitted unpacked size of an archive of so many bytes.
    fileprivate func totalBytes(ofArchive size: Int) -> Int {
      let (byRatio, isHuge) = size.multipliedReportingOverflow(by: totalRatio)
      return isHuge ? totalBytes : min(totalBytes, (8 << 20) + byRatio)
    }
  }

  package struct Entry: Hashable, Sendable {
    /// With `/` between parts.
    package let path: String
    package let index: Int
    /// Unpacked, in bytes, as the archive says.
    package let size: Int
    fileprivate let packedSize: Int
    fileprivate let method: UInt
    fileprivate let isEncrypted: Bool
    /// Where the archive's directory describes it, in bytes from the directory's start.
    fileprivate let place: UInt64
  }

  /// Ordered by index; folders are none.
  package let entries: [Entry]
  private let limits: Limits
  private let totalBytes: Int
  private var unpacked = 0
  private let handle: unzFile
  /// The file that `handle` reads.
  private let file: MemoryFile

  /// Takes an archive's bytes.
  package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(ZipFailure) {
    self.limits = limits
    totalBytes = limits.totalBytes(ofArchive: bytes.count)
    file = MemoryFile(bytes)
    var functions = file.functions
    guard let handle = unzOpen2_64("", &functions) else {
      throw ZipFailure(
        message: "is not a zip archive: " + (bytes.isEmpty ? "it is empty" : "it has no directory"))
    }
    do {
      entries = try Self.entries(of: handle, limits: limits)
    } catch {
      unzClose(handle)
      throw error
    }
    self.handle = handle
  }

  deinit { unzClose(handle) }

  /// The entry with this index; nil where there is none.
  package func entry(at index: Int) -> Entry? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].index < index { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].index == index ? entries[low] : nil
  }

  private static func entries(
    of handle: unzFile, limits: Limits
  ) throws(ZipFailure) -> [Entry] {
    var info = unz_global_info64()
    unzGetGlobalInfo64(handle, &info)
    let count = Int(clamping: info.number_entry)
    guard count <= limits.entries else {
      throw ZipFailure(
        message: "has \(count) entries, more than \(limits.entries)", isOverLimit: true)
    }
    var entries: [Entry] = []
    for index in 0..<count {
      let moved = index == 0 ? unzGoToFirstFile(handle) : unzGoToNextFile(handle)
      guard moved == UNZ_OK, let entry = entry(index, of: handle) else {
        throw ZipFailure(message: "is a damaged zip archive: its directory cannot be read")
      }
      if !entry.path.hasSuffix("/") { entries.append(entry) }
    }
    return entries
  }

  /// The entry where `handle` is; nil where it cannot be read.
  private static func entry(_ index: Int, of handle: unzFile) -> Entry? {
    var info = unz_file_info64()
    // The length of a name has 16 bits.
    var status = UNZ_OK
    let name = [CChar](unsafeUninitializedCapacity: Int(UInt16.max)) { buffer, count in
      status = unzGetCurrentFileInfo64(
        handle, &info, buffer.baseAddress, UInt(buffer.count), nil, 0, nil, 0)
      count = status == UNZ_OK ? min(Int(clamping: info.size_filename), buffer.count) : 0
    }
    var position = unz64_file_pos()
    guard status == UNZ_OK, unzGetFilePos64(handle, &position) == UNZ_OK else { return nil }
    return Entry(
      path: EntryName.text(of: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))), index: index,
      size: Int(clamping: info.uncompressed_size), packedSize: Int(clamping: info.compressed_size),
      method: info.compression_method, isEncrypted: info.flag & 1 == 1,
      place: position.pos_in_zip_directory)
  }

  /// The unpacked bytes, which are checked against the archive's checksum.
  package func contents(of entry: Entry) throws(ZipFailure) -> [UInt8] {
    // 4.5.3: the size is in a field of its own, of which minizip 1.1 reads nothing on 64 bits.
    guard entry.size != Int(UInt32.max) else {
      throw ZipFailure(
        message: "'\(entry.path)' cannot be unpacked: its size is written as Zip64 has it")
    }
    guard entry.size <= limits.entryBytes else {
      throw ZipFailure(
        message: "'\(entry.path)' has \(entry.size) bytes, more than \(limits.entryBytes)",
        isOverLimit: true)
    }
    guard entry.size <= 64 << 10 || entry.size / max(entry.packedSize, 1) <= limits.ratio else {
      throw ZipFailure(
        message: "'\(entry.path)' unpacks to more than \(limits.ratio) times its size",
        isOverLimit: true)
    }
    unpacked += entry.size
    guard unpacked <= totalBytes else {
      throw ZipFailure(message: "unpacks to more than \(totalBytes) bytes", isOverLimit: true)
    }
    guard !entry.isEncrypted else {
      throw ZipFailure(message: "'\(entry.path)' cannot be unpacked: it is encrypted")
    }
    // APPNOTE.TXT 4.4.5: stored and deflated.
    guard entry.method == 0 || entry.method == 8 else {
      throw ZipFailure(
        message: "'\(entry.path)' cannot be unpacked: "
          + "compression method \(entry.method) is not supported")
    }
    var position = unz64_file_pos(
      pos_in_zip_directory: entry.place, num_of_file: UInt64(entry.index))
    guard unzGoToFilePos64(handle, &position) == UNZ_OK, unzOpenCurrentFile(handle) == UNZ_OK else {
      throw ZipFailure(message: "'\(entry.path)' is damaged: it is not where the archive says")
    }
    var read = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size) { buffer, count in
      while read < buffer.count, let start = buffer.baseAddress {
        let part = unzReadCurrentFile(handle, start + read, UInt32(clamping: buffer.count - read))
        guard part > 0 else { break }
        read += Int(part)
      }
      count = read
    }
    // A checksum is compared only when all that was promised has been read.
    let closed = unzCloseCurrentFile(handle)
    guard read == entry.size, closed == UNZ_OK else {
      throw ZipFailure(message: "'\(entry.path)' is damaged")
    }
    return bytes
  }
}
