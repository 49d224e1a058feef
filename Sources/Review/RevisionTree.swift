import Git
import Solution

/// The files of a commit, of the index or of the worktree, as far as they may concern a solution.
struct RevisionTree: FileTree {
  let root: Folder?
  /// What could not be listed as it should.
  let problems: [Problem]
  private let repository: Repository
  /// Files that are on the disk and perhaps nowhere else.
  private let filesOnDisk: [ContentID: String]

  init(
    root: Folder?, problems: [Problem] = [], repository: Repository,
    filesOnDisk: [ContentID: String] = [:]
  ) {
    self.root = root
    self.problems = problems
    self.repository = repository
    self.filesOnDisk = filesOnDisk
  }

  func contents(of id: ContentID, limit: Int) -> FileContents {
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
}

extension ContentID {
  init(_ id: ObjectID) { self.init(words: id.words) }
}
