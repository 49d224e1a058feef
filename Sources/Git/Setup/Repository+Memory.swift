import Clibgit2

extension Repository {
  /// Of all packs' indexes together, in bytes; an object takes about 30 of them.
  private static let manyObjects = 16 << 20

  /// Where packs hold very many objects, maps no more than 256 MB of them at a time. That costs time:
  /// to take a window away, the kernel interrupts every core. Elsewhere packs are mapped whole.
  ///
  /// For the whole process, so it is to be called before the repository is read by several.
  package func limitMappedMemory() {
    let packs = location.objectDirectory(environment) + "/pack"
    let indexes = DiskFile.entries(of: Array(packs.utf8))
      .map { String(decoding: $0.name, as: UTF8.self) }.filter { $0.hasSuffix(".idx") }
    let size = indexes.reduce(0) { $0 + DiskFile.size(of: "\(packs)/\($1)") }
    guard size > Self.manyObjects else { return }
    _ = connref_option_size(Int32(GIT_OPT_SET_MWINDOW_SIZE.rawValue), 64 << 20)
    _ = connref_option_size(Int32(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT.rawValue), 256 << 20)
  }
}
