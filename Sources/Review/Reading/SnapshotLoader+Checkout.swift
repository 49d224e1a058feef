import Git
import Platform
import Solution

/// Reads what is checked out: the index and the files on the disk.
extension SnapshotLoader {
  /// The files of the index. Unmerged ones are problems.
  mutating func indexTree() throws(GitError) -> RevisionTree {
    let entries = try repository.index(keeping: Self.mayConcernASolution)
    var problems: [Problem] = []
    var files: [FolderPool.Listed] = []
    for entry in entries {
      if entry.kind == .submodule {
        problems.append(Self.submodule(entry.path, at: entry.id))
      } else if !entry.pathIsExact {
        problems.append(Self.oddName(entry.path, entry.kind, of: ContentID(entry.id)))
      } else if entry.stage > 0 {
        problems.append(Self.unmerged(entry))
      } else if !entry.isIntentToAdd {
        files.append(entry.listed)
      }
    }
    return RevisionTree(
      root: pool.root(of: files), problems: problems.uniqued(), repository: repository,
      revision: .index)
  }

  /// The files on the disk that git tracks or would offer to add.
  mutating func worktreeTree() throws(GitError) -> RevisionTree {
    guard let workTree = repository.workTree else {
      throw GitError(.other, "could not look at a worktree: the repository is bare")
    }
    let found = try repository.worktreeFiles(
      keeping: Self.mayConcernASolution, entering: FileRole.mayHoldSolutions)
    var problems: [Problem] = []
    for entry in found.staged {
      if entry.stage > 0 { problems.append(Self.unmerged(entry)) }
      if entry.kind == .submodule {
        problems.append(Self.submodule(entry.path, at: entry.id))
      } else if !entry.pathIsExact, entry.skipsWorkTree {
        problems.append(Self.oddName(entry.path, entry.kind, of: ContentID(entry.id)))
      }
    }
    for folder in found.unreadableFolders {
      problems.append(Problem(path: folder, message: Self.unreadableFolder))
    }
    for file in found.files where !file.pathIsExact {
      problems.append(Self.oddName(file.path, file.kind, of: file.blob.map { ContentID($0) }))
    }
    var listing = WorktreeListing(workTree: workTree)
    for file in found.files where file.pathIsExact { listing.add(file) }
    // Staged files that are not in their folder: deleted, left out, hidden, in a repository inside
    // of this one.
    for entry in found.staged where entry.pathIsExact && entry.kind != .submodule {
      listing.addIfThere(entry)
    }
    problems += listing.problems.sorted { $0.path < $1.path }
    return RevisionTree(
      root: pool.root(of: listing.files), problems: problems.uniqued(), repository: repository,
      revision: .worktree, filesOnDisk: listing.onDisk)
  }

  fileprivate static let unreadableFolder = "the folder cannot be read: permission denied"

  static func unmerged(_ entry: IndexEntry) -> Problem {
    Problem(
      path: entry.path,
      message: "it is unmerged\nhint: resolve the conflict, then git add -- '\(entry.path)'")
  }

  /// Another commit of it is a problem of its own: what it brings is not looked at.
  static func submodule(_ path: String, at commit: ObjectID) -> Problem {
    Problem(
      path: path, message: "is a submodule, which is not looked into", hidesContent: false,
      content: ContentID(commit))
  }

  /// Each file of a folder with such a name is one, in every kind of listing: another content is a problem of
  /// its own. Of a link there is none.
  static func oddName(
    _ path: String, _ kind: TreeEntry.Kind, of content: ContentID?
  ) -> Problem {
    Problem(
      path: path, message: "its name is not UTF-8", content: kind == .file ? content : nil)
  }

  /// True when a file's name and its folder's name say that it may; submodules are included too.
  static func mayConcernASolution(_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool {
    if kind == .submodule { return true }
    var start = path.count
    while start > 0, path[start - 1] != UInt8(ascii: "/") { start -= 1 }
    var parent = max(start - 1, 0)
    var end = parent
    while parent > 0, path[parent - 1] != UInt8(ascii: "/") { parent -= 1 }
    let role = FileRole.role(
      ofFile: path.extracting(start..<path.count), inFolder: path.extracting(parent..<end))
    guard role != nil else { return false }
    while end > 0 {
      guard FileRole.mayHoldSolutions(path.extracting(parent..<end)) else { return false }
      end = max(parent - 1, 0)
      parent = end
      while parent > 0, path[parent - 1] != UInt8(ascii: "/") { parent -= 1 }
    }
    return true
  }
}

/// The files of a worktree as a revision lists them.
private struct WorktreeListing {
  let workTree: String
  private(set) var files: [FolderPool.Listed] = []
  private(set) var problems: [Problem] = []
  /// Where the content of each file is.
  private(set) var onDisk: [ContentID: String] = [:]
  private var paths: Set<String> = []
  /// Whether a link is on the way to a folder, or in its place.
  private var linked: [Substring: Bool] = [:]

  init(workTree: String) { self.workTree = workTree }

  mutating func add(_ file: WorktreeFiles.File) {
    guard paths.insert(file.path).inserted else { return }
    if file.kind == .symbolicLink {
      addLink(file.path)
    } else if let blob = file.blob {
      add(file.path, ContentID(blob))
    } else {
      read(file.path)
    }
  }

  /// An entry of the index, where its file was not among those found in its folder.
  mutating func addIfThere(_ entry: IndexEntry) {
    guard paths.insert(entry.path).inserted else { return }
    // For git such a file is deleted: what a link leads to is not of this worktree.
    if let end = entry.path.lastIndex(of: "/"), isLinked(entry.path[..<end]) { return }
    switch DiskFile.kind(of: absolute(entry.path)) {
    case nil:
      // By sparse checkout; where it is still on the disk, git takes it from there as well.
      if entry.skipsWorkTree { files.append(entry.listed) }
    case .hidden: problems.append(hidden(entry.path))
    case .other: return
    case .symbolicLink: addLink(entry.path)
    case .regular: read(entry.path)
    }
  }

  private mutating func isLinked(_ folder: Substring) -> Bool {
    if let known = linked[folder] { return known }
    var isLinked = folder.lastIndex(of: "/").map { self.isLinked(folder[..<$0]) } ?? false
    if !isLinked, case .symbolicLink = DiskFile.kind(of: absolute(String(folder))) {
      isLinked = true
    }
    linked[folder] = isLinked
    return isLinked
  }

  private func absolute(_ path: String) -> String { "\(workTree)/\(path)" }

  private mutating func addLink(_ path: String) {
    files.append(
      FolderPool.Listed(path: path, content: ContentID(ObjectID.zero), kind: .symbolicLink))
  }

  private mutating func add(_ path: String, _ content: ContentID) {
    onDisk[content] = absolute(path)
    files.append(FolderPool.Listed(path: path, content: content, kind: .regular))
  }

  /// Reads a file whose kind only its content shows.
  private mutating func read(_ path: String) {
    switch DiskFiles.contents(of: absolute(path), limit: SnapshotReader.byteLimit) {
    case .bytes(let bytes): add(path, ContentID(Repository.blobID(of: bytes)))
    case .tooLarge(let size):
      problems.append(
        Problem(
          path: path,
          message: Unreadable.tooLarge(size, limit: SnapshotReader.byteLimit).message))
    case .unavailable(let reason), .damaged(let reason):
      problems.append(Problem(path: path, message: reason))
    }
  }

  /// The folder because of which a file cannot be looked at.
  private func hidden(_ path: String) -> Problem {
    var parts = path.split(separator: "/").dropLast()
    while parts.count > 1, DiskFile.kind(of: absolute(parts.joined(separator: "/"))) == .hidden {
      parts = parts.dropLast()
    }
    return Problem(
      path: parts.joined(separator: "/"), message: SnapshotLoader.unreadableFolder)
  }
}

extension IndexEntry {
  fileprivate var listed: FolderPool.Listed {
    let kind: Folder.Kind =
      switch self.kind {
      case .symbolicLink: .symbolicLink
      case .submodule: .submodule
      case .file, .folder: .regular
      }
    return FolderPool.Listed(path: path, content: ContentID(id), kind: kind)
  }
}
