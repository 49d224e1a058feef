import Git
import Solution

/// What is checked out: the index and the files on the disk.
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
        problems.append(Self.oddName(entry.path))
      } else if entry.stage > 0 {
        problems.append(Self.unmerged(entry))
      } else if !entry.isIntentToAdd {
        files.append(entry.listed)
      }
    }
    return RevisionTree(
      root: pool.root(of: files), problems: Self.unique(problems), repository: repository)
  }

  /// The files on the disk that git tracks or would offer to add.
  mutating func worktreeTree() throws(GitError) -> RevisionTree {
    guard let workTree = repository.workTree else {
      throw GitError(.other, "could not look at a worktree: the repository is bare")
    }
    var problems: [Problem] = []
    var paths: [String] = []
    var leftOut: [String: FolderPool.Listed] = [:]
    for entry in try repository.index(keeping: Self.mayConcernASolution) {
      if entry.stage > 0 { problems.append(Self.unmerged(entry)) }
      if entry.kind == .submodule {
        problems.append(Self.submodule(entry.path, at: entry.id))
      } else if entry.pathIsExact {
        paths.append(entry.path)
        if entry.skipsWorkTree { leftOut[entry.path] = entry.listed }
      } else {
        problems.append(Self.oddName(entry.path))
      }
    }
    let untracked = try repository.untrackedFiles { Self.mayConcernASolution($0, .file) }
    for folder in untracked.unreadableFolders {
      problems.append(Problem(path: folder, message: Self.unreadableFolder))
    }
    for file in untracked.files {
      if file.pathIsExact {
        paths.append(file.path)
      } else {
        problems.append(Self.oddName(file.path))
      }
    }
    var files: [FolderPool.Listed] = []
    var onDisk: [ContentID: String] = [:]
    for path in Set(paths).sorted() {
      let absolute = "\(workTree)/\(path)"
      switch DiskFiles.kind(of: absolute) {
      case nil:
        // By sparse checkout; where it is on the disk all the same, git takes it from there as well.
        if let file = leftOut[path] { files.append(file) }
      case .hidden: problems.append(Self.hidden(path, in: workTree))
      case .other: continue
      case .symbolicLink:
        files.append(
          FolderPool.Listed(
            path: path, content: ContentID(ObjectID.zero), kind: .symbolicLink))
      case .regular:
        switch DiskFiles.contents(of: absolute, limit: SnapshotReader.byteLimit) {
        case .bytes(let bytes):
          let content = ContentID(Repository.blobID(of: bytes))
          onDisk[content] = absolute
          files.append(FolderPool.Listed(path: path, content: content, kind: .regular))
        case .tooLarge(let size):
          problems.append(
            Problem(
              path: path,
              message: Unreadable.tooLarge(size, limit: SnapshotReader.byteLimit).message))
        case .unavailable(let reason), .damaged(let reason):
          problems.append(Problem(path: path, message: reason))
        }
      }
    }
    return RevisionTree(
      root: pool.root(of: files), problems: Self.unique(problems), repository: repository,
      filesOnDisk: onDisk)
  }

  private static let unreadableFolder = "the folder cannot be read: permission denied"

  /// The folder because of which a file cannot be looked at.
  private static func hidden(_ path: String, in workTree: String) -> Problem {
    var parts = path.split(separator: "/").dropLast()
    while parts.count > 1,
      DiskFiles.kind(of: "\(workTree)/\(parts.joined(separator: "/"))") == .hidden
    {
      parts = parts.dropLast()
    }
    return Problem(path: parts.joined(separator: "/"), message: unreadableFolder)
  }

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

  static func oddName(_ path: String) -> Problem {
    Problem(path: path, message: "its name is not UTF-8")
  }

  static func unique(_ problems: [Problem]) -> [Problem] {
    var seen: Set<Problem> = []
    return problems.filter { seen.insert($0).inserted }
  }

  /// True when a file's name and its folder's name say that it may; submodules are named all the same.
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
