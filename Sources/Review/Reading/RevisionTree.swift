import Detection
import Editing
import Git
import Solution

/// The files of a commit, of the index or of the worktree, as far as they may concern a solution.
struct RevisionTree: FileTree {
  let root: Folder?
  /// Problems of the listing.
  let problems: [Problem]
  let repository: Repository
  /// Where all its files are, those that concern no solution too; nil for nowhere.
  let revision: NamedElsewhere.Revision?
  /// Files that are on the disk and perhaps nowhere else.
  private let filesOnDisk: [ContentID: String]
  /// The unique names, in lower case, of solutions whose builds are read beside their folder: a comparison
  /// of a change to such a build needs it, and nothing else does.
  private(set) var builds: Set<String> = []
  /// Files that are not written yet.
  private var unwritten: [ContentID: [UInt8]] = [:]

  init(
    root: Folder?, problems: [Problem] = [], repository: Repository,
    revision: NamedElsewhere.Revision? = nil, filesOnDisk: [ContentID: String] = [:]
  ) {
    self.root = root
    self.problems = problems
    self.repository = repository
    self.revision = revision
    self.filesOnDisk = filesOnDisk
  }

  /// Where its other files name and bind what findings removed; nil where they cannot be listed.
  func places(of findings: [Finding]) -> NamedElsewhere.Places? {
    revision.flatMap {
      NamedElsewhere(repository: repository, revision: $0).places(of: findings)
    }
  }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    if let bytes = unwritten[id] { return .bytes(bytes) }
    if let path = filesOnDisk[id] { return DiskFiles.contents(of: path, limit: limit) }
    do throws(GitError) {
      switch try repository.blob(ObjectID(words: id.words), limit: limit) {
      case .bytes(let bytes): return .bytes(bytes)
      case .tooLarge(let size): return .tooLarge(size)
      }
    } catch {
      return .unavailable(error.description)
    }
  }

  func withContents<Answer>(
    of id: ContentID, limit: Int, _ body: (Span<UInt8>) -> Answer
  ) -> FileReading<Answer> {
    if unwritten[id] != nil || filesOnDisk[id] != nil {
      return contents(of: id, limit: limit).map { body($0.span) }
    }
    do throws(GitError) {
      switch try repository.withBlob(ObjectID(words: id.words), limit: limit, body) {
      case .bytes(let answer): return .bytes(answer)
      case .tooLarge(let size): return .tooLarge(size)
      }
    } catch {
      return .unavailable(error.description)
    }
  }

  func withBeginning<Answer>(
    of id: ContentID, count: Int, _ body: (Span<UInt8>) -> Answer
  ) -> Answer? {
    guard unwritten[id] == nil, filesOnDisk[id] == nil else { return nil }
    return repository.withBeginning(of: ObjectID(words: id.words), count: count, body)
  }
}

extension RevisionTree {
  /// The same revision, in which the builds of these solutions are read as well.
  func reading(builds: Set<String>) -> RevisionTree {
    var copy = self
    copy.builds = builds
    return copy
  }

  /// The same revision with some files changed, which nothing is written of.
  func edited(_ changes: [FileChange], pool: inout FolderPool) -> RevisionTree {
    var files: [String: FolderPool.Listed] = [:]
    func list(_ folder: Folder, _ path: String) {
      for file in folder.files {
        files[path + file.name] = FolderPool.Listed(
          path: path + file.name, content: file.content, kind: file.kind)
      }
      for child in folder.children { list(child.folder, "\(path)\(child.name)/") }
    }
    if let root { list(root, "") }
    var contents = unwritten
    for change in changes {
      guard let bytes = change.after else {
        files[change.path] = nil
        continue
      }
      let content = ContentID(Repository.blobID(of: bytes))
      contents[content] = bytes
      files[change.path] = FolderPool.Listed(
        path: change.path, content: content, kind: .regular)
    }
    return replacing(root: pool.root(of: Array(files.values)), unwritten: contents)
  }

  /// The same revision with other files.
  ///
  /// - Parameter unwritten: files of `root` that are nowhere stored.
  func replacing(root: Folder?, unwritten: [ContentID: [UInt8]]) -> RevisionTree {
    var tree = RevisionTree(
      root: root, problems: problems, repository: repository, revision: revision,
      filesOnDisk: filesOnDisk)
    tree.unwritten = unwritten
    return tree
  }
}

extension ContentID {
  init(_ id: ObjectID) { self.init(words: id.words) }
}
