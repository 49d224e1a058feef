internal import Clibzip
internal import Foundation

/// A zip archive in memory: nothing is ever written to a disk, and no more than the limits allow is
/// unpacked.
package final class Archive {
  /// What an archive may cost; one that asks for more is refused, never cut short.
  package struct Limits: Sendable {
    package var entries: Int
    /// Of one entry, unpacked, in bytes.
    package var entryBytes: Int
    /// Of all entries that are asked for, unpacked, in bytes.
    package var totalBytes: Int
    /// Unpacked bytes for each packed one, of an entry larger than a megabyte.
    package var ratio: Int

    /// Solutions seen: up to 3,000 entries, 8 MB an entry, 60 to 1 for the XML of forms.
    package init(
      entries: Int = 50_000, entryBytes: Int = 32 << 20, totalBytes: Int = 256 << 20,
      ratio: Int = 500
    ) {
      self.entries = entries
      self.entryBytes = entryBytes
      self.totalBytes = totalBytes
      self.ratio = ratio
    }
  }

  package struct Entry: Hashable, Sendable {
    /// With `/` between parts; some Windows tools write `\`.
    package let path: String
    package let index: Int
    /// Unpacked, in bytes, as the archive says.
    package let size: Int
    fileprivate let packedSize: Int
  }

  /// Folders are none.
  package let entries: [Entry]
  private let limits: Limits
  private var unpacked = 0
  private let handle: OpaquePointer

  /// Takes an archive's bytes.
  package init(_ bytes: [UInt8], limits: Limits = Limits()) throws(ZipFailure) {
    self.limits = limits
    // libzip frees it, and with it the source, when the archive is closed.
    guard !bytes.isEmpty, let copy = malloc(bytes.count) else {
      throw ZipFailure(message: "is no zip archive: it is empty")
    }
    bytes.withUnsafeBytes { source in
      if let start = source.baseAddress { copy.copyMemory(from: start, byteCount: source.count) }
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error) else {
      free(copy)
      throw ZipFailure(message: "is no zip archive: \(Self.text(&error))")
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw ZipFailure(message: "is no zip archive: \(Self.text(&error))")
    }
    let count = Int(zip_get_num_entries(handle, 0))
    guard count <= limits.entries else {
      zip_discard(handle)
      throw ZipFailure(message: "has \(count) entries, more than \(limits.entries)")
    }
    var entries: [Entry] = []
    for index in 0..<count {
      var stat = zip_stat_t()
      zip_stat_init(&stat)
      guard zip_stat_index(handle, UInt64(index), 0, &stat) == 0, let name = stat.name else {
        continue
      }
      let path = String(cString: name).replacing("\\", with: "/")
      guard !path.hasSuffix("/") else { continue }
      entries.append(
        Entry(
          path: path, index: index, size: Int(clamping: stat.size),
          packedSize: Int(clamping: stat.comp_size)))
    }
    self.handle = handle
    self.entries = entries
  }

  deinit { zip_discard(handle) }

  /// The unpacked bytes; libzip checks them against the archive's checksum.
  package func contents(of entry: Entry) throws(ZipFailure) -> [UInt8] {
    guard entry.size <= limits.entryBytes else {
      throw ZipFailure(
        message: "'\(entry.path)' has \(entry.size) bytes, more than \(limits.entryBytes)")
    }
    guard entry.size <= 1 << 20 || entry.size / max(entry.packedSize, 1) <= limits.ratio else {
      throw ZipFailure(
        message: "'\(entry.path)' unpacks to more than \(limits.ratio) times its size")
    }
    unpacked += entry.size
    guard unpacked <= limits.totalBytes else {
      throw ZipFailure(message: "unpacks to more than \(limits.totalBytes) bytes")
    }
    guard let file = zip_fopen_index(handle, UInt64(entry.index), 0) else {
      throw ZipFailure(message: "'\(entry.path)' cannot be unpacked: \(reason)")
    }
    defer { zip_fclose(file) }
    // Room for one byte more than promised: an entry that has it lies about its size.
    var read = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: entry.size + 1) { buffer, count in
      while read < buffer.count, let start = buffer.baseAddress {
        let part = zip_fread(file, start + read, UInt64(buffer.count - read))
        guard part > 0 else {
          if part < 0 { read = -1 }
          break
        }
        read += Int(part)
      }
      count = max(read, 0)
    }
    guard read == entry.size else {
      throw ZipFailure(message: "'\(entry.path)' is damaged")
    }
    return bytes
  }

  private var reason: String {
    guard let error = zip_get_error(handle) else { return "unknown reason" }
    return Self.text(error)
  }

  private static func text(_ error: UnsafeMutablePointer<zip_error_t>) -> String {
    zip_error_strerror(error).map { String(cString: $0) } ?? "unknown reason"
  }
}
