internal import Parsing

/// The files of a committed zip archive, as far as they may concern a solution. Opened when the first
/// of them is read, and never unpacked to a disk.
final class ArchiveTree: FileTree {
  let root: Folder?
  private let file: PlacedFile
  private let outer: any FileTree
  private var state: State?

  private enum State {
    case open(Archive)
    case failed(Unopened)
  }

  init(_ file: PlacedFile, root: Folder? = nil, in outer: any FileTree) {
    self.file = file
    self.root = root
    self.outer = outer
  }

  private init(_ other: ArchiveTree, root: Folder?) {
    file = other.file
    outer = other.outer
    state = other.state
    self.root = root
  }

  /// The same archive, with the folder that its files were found to make.
  func with(root: Folder?) -> ArchiveTree { ArchiveTree(self, root: root) }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    switch opened() {
    case .failed(let failure):
      return failure.isLasting ? .damaged(failure.message) : .unavailable(failure.message)
    case .open(let archive):
      guard let index = id.archiveIndex(in: file.file.content),
        let entry = archive.entry(at: index)
      else { return .unavailable("is not in the archive") }
      if entry.size > limit { return .tooLarge(entry.size) }
      do throws(ZipFailure) {
        return .bytes(try archive.contents(of: entry))
      } catch {
        return .damaged(error.reason)
      }
    }
  }

  /// The names of the archive's files; none of them is read. Fails where it cannot be opened.
  func listing() throws(Unopened) -> ArchiveListing {
    switch opened() {
    case .failed(let failure): throw failure
    case .open(let archive):
      var listing = ArchiveListing()
      let top = archive.commonFolder + "solution.xml"
      let paths = Set(archive.entries.map { $0.path.lowercased() })
      let isOne = paths.contains(top)
      for entry in archive.entries {
        let path = entry.path.lowercased()
        if path == top {
          if listing.manifests.isEmpty { listing.manifests.append(listed(entry, as: .manifest)) }
        } else if !isOne, path.hasSuffix("/solution.xml"), !entry.isOutside,
          paths.contains(path.dropLast("solution.xml".count) + "customizations.xml")
        {
          listing.manifests.append(listed(entry, as: .manifest))
          listing.isOfFolders = true
        } else if path.hasSuffix(".zip"), !entry.isOutside {
          listing.archives.append(listed(entry, as: .archive))
        }
        if entry.isOutside, listing.outside == nil { listing.outside = entry.path }
      }
      return listing
    }
  }

  /// The tree with its root: the files that concern a solution.
  func listed(in pool: inout FolderPool) throws(Unreadable) -> ArchiveTree {
    switch opened() {
    case .failed(let failure): throw Unreadable(failure.message)
    case .open(let archive):
      let root = pool.root(
        of: archive.entries.compactMap { entry in
          guard !entry.isOutside else { return nil }
          return FolderPool.Listed(
            path: entry.path, content: file.file.content.entry(entry.index), kind: .regular)
        })
      return with(root: root)
    }
  }

  private func listed(_ entry: Archive.Entry, as role: FileRole) -> ArchiveListing.Entry {
    ArchiveListing.Entry(
      path: entry.path,
      file: Folder.File(
        name: entry.path.lastPart, content: file.file.content.entry(entry.index), kind: .regular,
        role: role))
  }

  private func opened() -> State {
    if let state { return state }
    let state = Self.open(file, in: outer)
    self.state = state
    return state
  }

  private static func open(_ file: PlacedFile, in tree: any FileTree) -> State {
    switch tree.contents(of: file.file.content, limit: SnapshotReader.byteLimit) {
    case .tooLarge(let size):
      let reason = Unreadable.tooLarge(size, limit: SnapshotReader.byteLimit)
      return .failed(Unopened(message: reason.message))
    case .unavailable(let reason):
      return .failed(Unopened(message: reason, isLasting: false))
    case .damaged(let reason): return .failed(Unopened(message: reason))
    case .bytes(let bytes):
      if let reason = Misplaced.pointer(in: bytes) {
        return .failed(Unopened(message: reason.message))
      }
      do throws(ZipFailure) {
        return .open(try Archive(bytes))
      } catch {
        let holdsManifest = ["solution.xml", "Solution.xml"].contains { mentions($0, in: bytes) }
        return .failed(Unopened(message: error.reason, holdsManifest: holdsManifest))
      }
    }
  }
}

extension ZipFailure {
  /// With what to do where that is known.
  fileprivate var reason: String {
    isOverLimit ? Unreadable.overLimit(message).message : message
  }
}

/// Why an archive could not be opened.
struct Unopened: Error, Sendable {
  let message: String
  /// A solution's manifest is in it: the name of an entry precedes it, and is not packed.
  var holdsManifest = false
  /// False where another revision may still have the bytes.
  var isLasting = true
}

/// The content of an archive, by the names of its files.
struct ArchiveListing {
  struct Entry {
    /// From the root of the archive.
    let path: String
    let file: Folder.File
  }

  /// `solution.xml` at the root, or in the one folder that holds everything: the archive is a solution. Else
  /// those of folders that have `customizations.xml` too: it holds several.
  var manifests: [Entry] = []
  /// True where `manifests` are of folders: what is beside them are no other releases.
  var isOfFolders = false
  /// Archives in it, at any depth.
  var archives: [Entry] = []
  /// The path of an entry that leads out of the archive; no such entry is read.
  var outside: String?

  /// Archives are what it holds; solutions in folders beside them are left out.
  var isPackage: Bool { isOfFolders && !archives.isEmpty }
}

extension Archive {
  /// The folder under which all entries lie, in lower case and with a slash behind it; empty for none.
  fileprivate var commonFolder: String {
    // macOS adds a folder of its own beside what was packed.
    let paths = entries.map { $0.path.lowercased() }.filter { !$0.hasPrefix("__macosx/") }
    guard var parts = paths.first?.split(separator: "/").dropLast() else { return "" }
    for path in paths.dropFirst() {
      parts =
        zip(parts, path.split(separator: "/").dropLast()).prefix { $0 == $1 }
        .map(\.0)[...]
      if parts.isEmpty { return "" }
    }
    return parts.isEmpty ? "" : parts.joined(separator: "/") + "/"
  }
}

extension Archive.Entry {
  /// True for a path that leads out of the archive.
  fileprivate var isOutside: Bool {
    path.hasPrefix("/") || path.split(separator: "/").contains("..")
  }
}

extension ContentID {
  /// The content of an archive's entry: equal archives have equal entries. An archive in an archive
  /// has entries of its own: what they begin with is made of all 20 bytes.
  fileprivate func entry(_ index: Int) -> ContentID {
    ContentID(entryStart + (0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) })
  }

  /// The index of the entry, if this is one of `archive`.
  fileprivate func archiveIndex(in archive: ContentID) -> Int? {
    let bytes = bytes
    guard bytes.starts(with: archive.entryStart) else { return nil }
    return (0..<4).reduce(0) { $0 | Int(bytes[16 + $1]) << (8 * $1) }
  }

  /// 16 bytes; the last four of the id are folded into each of the four parts before them.
  private var entryStart: [UInt8] {
    let bytes = bytes
    return (0..<16).map { bytes[$0] ^ bytes[16 + $0 % 4] ^ 0x5A }
  }
}
