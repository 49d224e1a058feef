import Clibgit2
import Platform

/// The files on the disk of a worktree, as far as requested.
package struct WorktreeFiles: Sendable {
  package struct File: Hashable, Sendable {
    /// From the top of the worktree.
    package let path: String
    /// False when the path is no UTF-8, and `path` a repaired one.
    package let pathIsExact: Bool
    /// `.file` or `.symbolicLink`.
    package let kind: TreeEntry.Kind
    package let isTracked: Bool
    /// The blob that the file is, known without reading it; nil where only its content shows it.
    package let blob: ObjectID?
  }

  /// Tracked files, and those that `git add` would stage; in no order.
  package fileprivate(set) var files: [File] = []
  /// The entries of the index that `keeping` accepts, in its order, whether on the disk or not.
  package fileprivate(set) var staged: [IndexEntry] = []
  /// From the top of the worktree, ordered; repaired where no UTF-8.
  package fileprivate(set) var unreadableFolders: [String] = []
}

extension Repository {
  /// The files of the worktree that `keeping` answers true for, without those that git ignores; nothing
  /// for a bare repository. Repositories inside of this one are skipped.
  ///
  /// Reads no file: the index's record of a file shows whether it is the staged one, by git's rule.
  ///
  /// - Parameter entering: called with the name of each folder; what is below one that it answers false
  ///   for is not looked at.
  ///
  /// Throws `.indexUnreadable`.
  package func worktreeFiles(
    keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool,
    entering: (_ folder: Span<UInt8>) -> Bool = { _ in true }
  ) throws(GitError) -> WorktreeFiles {
    guard let workTree else { return WorktreeFiles() }
    var tracked = TrackedFolders()
    let index = try stagedFiles { path, kind in
      tracked.insertFolder(of: path)
      return keeping(path, kind)
    }
    var found = WorktreeFiles()
    found.staged = index.entries
    var positions: [String: Int] = [:]
    for (position, entry) in index.entries.enumerated() { positions[entry.path] = position }
    let rule = StampRule(
      comparison: stampComparison, written: index.isSplit ? nil : index.written)

    let top = Array(workTree.utf8) + [UInt8(ascii: "/")]
    WorktreeWalk(top: top).visit { path in
      keeping(path, .file)
    } entering: { name, path in
      entering(name) && (tracked.contains(path) || !self.isIgnored(path + [UInt8(ascii: "/")]))
    } found: { path, kind, stamp in
      let name = String.repaired(path)
      let position = positions[name.text]
      guard position != nil || !self.isIgnored(path) else { return }
      let entry = position.map { index.entries[$0] }
      var blob = entry.flatMap { entry in
        self.isUnchanged(entry, kind, stamp, by: rule) ? entry.id : nil
      }
      // Its repaired name does not open it later.
      if blob == nil, kind == .file, !name.isExact {
        blob = DiskFile.read(top + path, limit: Self.oddFileLimit).map { Repository.blobID(of: $0) }
      }
      found.files.append(
        WorktreeFiles.File(
          path: name.text, pathIsExact: name.isExact, kind: kind, isTracked: entry != nil,
          blob: blob))
    } unreadable: { folder in
      found.unreadableFolders.append(String.repaired(folder).text)
    }
    found.unreadableFolders.sort()
    return found
  }

  /// A larger one counts as changed.
  private static var oddFileLimit: Int { 16 << 20 }

  /// The size has to be that of the blob as well: where line ends are converted, or a filter stores a
  /// file as something else, the file on the disk is not what the repository has.
  private func isUnchanged(
    _ entry: IndexEntry, _ kind: TreeEntry.Kind, _ stamp: FileStamp?, by rule: StampRule
  ) -> Bool {
    guard kind == .file, entry.kind == .file, entry.stage == 0, !entry.isIntentToAdd,
      let stamp, let staged = entry.stamp, rule.isUnchanged(stamp, since: staged, id: entry.id)
    else { return false }
    // A blob that is missing, of a partial clone, says nothing of the file.
    let size = try? blobSize(entry.id)
    return size == Int(stamp.size)
  }

  private var stampComparison: StampRule.Comparison {
    if configuration("core.checkStat")?.lowercased() == "minimal" { return .minimal }
    let trusts = configuration("core.trustctime").map { $0.isEmpty || Configuration.isTrue($0) }
    return trusts ?? true ? .all : .withoutChange
  }
}

/// The folders that hold a tracked file, at any depth: git looks into them even where a pattern
/// ignores them.
private struct TrackedFolders {
  private var folders: Set<[UInt8]> = []
  private var last: [UInt8] = []

  /// Files are in the order of the index, so mostly from the folder of the last one.
  mutating func insertFolder(of path: Span<UInt8>) {
    var end = path.count
    while end > 0, path[end - 1] != UInt8(ascii: "/") { end -= 1 }
    guard end > 0 else { return }
    end -= 1
    if last.count == end, (0..<end).allSatisfy({ last[$0] == path[$0] }) { return }
    last = (0..<end).map { path[$0] }
    var folder = last[...]
    while !folder.isEmpty, folders.insert(Array(folder)).inserted {
      folder = folder[..<(folder.lastIndex(of: UInt8(ascii: "/")) ?? folder.startIndex)]
    }
  }

  func contains(_ path: [UInt8]) -> Bool { folders.contains(path) }
}

/// Goes through the folders of a worktree. Anything but a file, link or folder is skipped.
private struct WorktreeWalk {
  /// The path of the top folder, with a slash behind it.
  let top: [UInt8]

  /// Paths are from the top.
  ///
  /// - Parameters:
  ///   - keeping: whether a file is to be found.
  ///   - entering: whether to look into a folder.
  func visit(
    keeping: (_ path: Span<UInt8>) -> Bool,
    entering: (_ name: Span<UInt8>, _ path: [UInt8]) -> Bool,
    found: (_ path: [UInt8], _ kind: TreeEntry.Kind, _ stamp: FileStamp?) -> Void,
    unreadable: (_ path: [UInt8]) -> Void
  ) {
    var waiting: [[UInt8]] = [[]]
    var path: [UInt8] = []
    while let folder = waiting.popLast() {
      guard let stream = open(folder, unreadable: unreadable) else { continue }
      defer { closedir(stream) }
      let start = waiting.count
      var files: [(path: [UInt8], kind: TreeEntry.Kind, stamp: FileStamp?)] = []
      var isOther = false
      path.removeAll(keepingCapacity: true)
      if !folder.isEmpty {
        path += folder
        path.append(UInt8(ascii: "/"))
      }
      let prefix = path.count
      while let entry = readdir(stream) {
        path.removeLast(path.count - prefix)
        let type = Self.appendName(of: entry, to: &path)
        let name = path.span.extracting(prefix..<path.count)
        if name.count == 1, name[0] == UInt8(ascii: ".") { continue }
        if name.count == 2, name[0] == UInt8(ascii: "."), name[1] == UInt8(ascii: ".") { continue }
        if Self.isRepository(name) {
          // At the top, this repository; below, another one, none of whose files are ours.
          if folder.isEmpty { continue }
          isOther = true
          break
        }
        switch type {
        case UInt8(DT_DIR):
          if entering(name, path) { waiting.append(path) }
        case UInt8(DT_REG), UInt8(DT_LNK):
          guard keeping(path.span) else { continue }
          let (kind, stamp) = Self.status(of: path, from: prefix, in: stream)
          if let kind, kind != .folder { files.append((path, kind, stamp)) }
        case UInt8(DT_UNKNOWN):
          // A file system that does not say what its entries are.
          let (kind, stamp) = Self.status(of: path, from: prefix, in: stream)
          if kind == .folder {
            if entering(name, path) { waiting.append(path) }
          } else if let kind, keeping(path.span) {
            files.append((path, kind, stamp))
          }
        default: continue
        }
      }
      if isOther {
        waiting.removeLast(waiting.count - start)
      } else {
        for file in files { found(file.path, file.kind, file.stamp) }
      }
    }
  }

  /// Nil for what cannot be listed.
  private func open(
    _ folder: [UInt8], unreadable: (_ path: [UInt8]) -> Void
  ) -> OpaquePointer? {
    // The top itself may be a link.
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (folder.isEmpty ? 0 : O_NOFOLLOW)
    let path = top + folder + [0]
    let descriptor = path.withUnsafeBytes { bytes in
      bytes.baseAddress.map { systemOpen($0.assumingMemoryBound(to: CChar.self), flags) } ?? -1
    }
    guard descriptor >= 0 else {
      if errno == EACCES, !folder.isEmpty { unreadable(folder) }
      return nil
    }
    var status = stat()
    // One that may be listed and not entered: its files cannot be read.
    if !folder.isEmpty, fstat(descriptor, &status) == 0, status.st_mode & 0o111 != 0o111,
      DiskFile.isForbidden(top + folder)
    {
      close(descriptor)
      unreadable(folder)
      return nil
    }
    guard let stream = fdopendir(descriptor) else {
      close(descriptor)
      return nil
    }
    return stream
  }

  private static func isRepository(_ name: Span<UInt8>) -> Bool {
    name.count == 4 && name[0] == UInt8(ascii: ".") && name[1] == UInt8(ascii: "g")
      && name[2] == UInt8(ascii: "i") && name[3] == UInt8(ascii: "t")
  }

  /// Adds the name of an entry to a path; answers its type.
  private static func appendName(
    of entry: UnsafeMutablePointer<dirent>, to path: inout [UInt8]
  ) -> UInt8 {
    // By pointer: an entry is shorter than the array of 256 bytes that its type promises.
    guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return UInt8(DT_CHR) }
    let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
    path += UnsafeRawBufferPointer(start: start, count: strlen(start))
    return entry.pointee.d_type
  }

  private static func status(
    of path: [UInt8], from start: Int, in stream: OpaquePointer
  ) -> (kind: TreeEntry.Kind?, stamp: FileStamp?) {
    var status = stat()
    let code = (path[start...] + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.map {
        fstatat(
          dirfd(stream), $0.assumingMemoryBound(to: CChar.self), &status, AT_SYMLINK_NOFOLLOW)
      }
    }
    guard code == 0 else { return (nil, nil) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return (.file, FileStamp(status))
    case S_IFLNK: return (.symbolicLink, nil)
    case S_IFDIR: return (.folder, nil)
    default: return (nil, nil)
    }
  }
}

/// `open` of the C library: the name means something else inside `WorktreeWalk`.
private let systemOpen: @Sendable (UnsafePointer<CChar>, Int32) -> Int32 = { open($0, $1) }
