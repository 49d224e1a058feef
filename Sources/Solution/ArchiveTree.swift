internal import Zip

/// The files of a committed zip archive, as far as they may concern a solution. Opened when the first
/// of them is asked for, and never unpacked to a disk.
final class ArchiveTree: FileTree {
  let root: Folder?
  private let file: PlacedFile
  private let outer: any FileTree
  private var state: State?

  private enum State {
    case open(Archive)
    case failed(String)
  }

  init(_ file: PlacedFile, root: Folder?, in outer: any FileTree) {
    self.file = file
    self.root = root
    self.outer = outer
  }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    switch opened() {
    case .failed(let reason): return .unavailable(reason)
    case .open(let archive):
      guard let index = id.archiveIndex(in: file.file.content),
        let entry = archive.entries.first(where: { $0.index == index })
      else { return .unavailable("is not in the archive") }
      if entry.size > limit { return .tooLarge(entry.size) }
      do throws(ZipFailure) {
        return .bytes(try archive.contents(of: entry))
      } catch {
        return .unavailable(error.message)
      }
    }
  }

  private func opened() -> State {
    if let state { return state }
    let state = Self.open(file, in: outer)
    self.state = state
    return state
  }

  private static func open(_ file: PlacedFile, in tree: any FileTree) -> State {
    switch tree.contents(of: file.file.content, limit: SnapshotReader.byteLimit) {
    case .tooLarge(let size): return .failed("has \(size) bytes, more than connref reads")
    case .unavailable(let reason): return .failed(reason)
    case .bytes(let bytes):
      if let reason = Misplaced.reason(in: bytes) { return .failed(reason.message) }
      do throws(ZipFailure) {
        return .open(try Archive(bytes))
      } catch {
        return .failed(error.message)
      }
    }
  }

  /// The files of interest of a solution's archive; nil for an archive of another kind. Fails where
  /// the archive cannot be opened.
  static func root(
    of file: PlacedFile, from tree: any FileTree, pool: inout FolderPool
  ) throws(Unreadable) -> Folder? {
    switch open(file, in: tree) {
    case .failed(let reason): throw Unreadable(reason)
    case .open(let archive):
      let isSolution = archive.entries.contains { $0.path.lowercased() == "solution.xml" }
      guard isSolution else { return nil }
      return pool.root(
        of: archive.entries.compactMap { entry in
          guard !entry.path.split(separator: "/").contains("..") else { return nil }
          return FolderPool.Listed(
            path: entry.path, content: file.file.content.entry(entry.index), kind: .regular)
        })
    }
  }
}

extension ContentID {
  /// The content of an archive's entry: equal archives have equal entries.
  fileprivate func entry(_ index: Int) -> ContentID {
    ContentID(bytes.prefix(16) + (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) })
  }

  /// The index of the entry, if this is one of `archive`.
  fileprivate func archiveIndex(in archive: ContentID) -> Int? {
    let bytes = bytes
    guard bytes.prefix(16) == archive.bytes.prefix(16) else { return nil }
    return (0..<4).reduce(0) { $0 | Int(bytes[16 + $1]) << (8 * $1) }
  }
}
