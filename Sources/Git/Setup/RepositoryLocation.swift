/// Where the parts of a repository lie. Can be handed to another task, which opens the repository
/// again from it.
package struct RepositoryLocation: Hashable, Sendable {
  /// Of this worktree: holds `HEAD`, `index`, `MERGE_HEAD`. Absolute, like every path here.
  package let gitDirectory: String
  /// Shared by all worktrees: holds `objects`, `refs`, `config`.
  package let commonDirectory: String
  /// As far as the path to the repository shows it; `core.worktree` may still change it.
  let workTree: String?
  /// The file `.git` that led here, in a linked worktree or a submodule.
  let gitFile: String?
  /// `GIT_DIR` named it: git then looks at no owner, and takes the folder for the worktree.
  let isNamedByEnvironment: Bool
}

extension RepositoryLocation {
  /// Finds the repository that git would use in `folder`.
  static func find(from folder: String, _ environment: GitEnvironment) throws(GitError)
    -> RepositoryLocation
  {
    if let named = environment.gitDirectory {
      let directory = try target(ofGitFile: named) ?? named
      guard let common = commonDirectory(of: directory, environment) else {
        throw GitError(
          .notARepository, "could not open '\(named)': GIT_DIR is not a git repository")
      }
      let ownParent = Path.lastPart(of: directory) == ".git" ? Path.parent(of: directory) : nil
      let workTree = Path.isInside(folder, directory) ? ownParent : folder
      return RepositoryLocation(
        gitDirectory: directory, commonDirectory: common,
        workTree: environment.hasImplicitWorkTree ? workTree : nil, gitFile: nil,
        isNamedByEnvironment: true)
    }
    guard let start = DiskFile.resolved(folder) else {
      throw GitError(.notARepository, "could not open '\(folder)': no such file or directory")
    }
    let ceilings = Set(environment.ceilings.map { DiskFile.resolved($0) ?? $0 })
    let device = DiskFile.device(of: start)
    var candidate = start
    while true {
      if let found = try location(at: candidate, environment) { return found }
      let parent = Path.parent(of: candidate)
      // A ceiling hides the folders above it, and the folder itself where the search starts below.
      let isEnd =
        candidate == "/" || ceilings.contains(parent)
        || (!environment.crossesFileSystems && DiskFile.device(of: parent) != device)
      guard !isEnd else { break }
      candidate = parent
    }
    throw GitError(
      .notARepository, "could not find a git repository in '\(folder)' or a folder above it")
  }

  /// The repository whose worktree is `folder`, or that is `folder`; nil for neither.
  private static func location(at folder: String, _ environment: GitEnvironment) throws(GitError)
    -> RepositoryLocation?
  {
    let dotGit = folder == "/" ? "/.git" : folder + "/.git"
    if let directory = try target(ofGitFile: dotGit) {
      guard let common = commonDirectory(of: directory, environment) else {
        throw GitError(
          .notARepository,
          "could not open '\(dotGit)': it points to '\(directory)', which is not "
            + "a git repository")
      }
      return RepositoryLocation(
        gitDirectory: directory, commonDirectory: common, workTree: folder, gitFile: dotGit,
        isNamedByEnvironment: false)
    }
    if let common = commonDirectory(of: dotGit, environment) {
      return RepositoryLocation(
        gitDirectory: dotGit, commonDirectory: common, workTree: folder, gitFile: nil,
        isNamedByEnvironment: false)
    }
    guard let common = commonDirectory(of: folder, environment) else { return nil }
    return RepositoryLocation(
      gitDirectory: folder, commonDirectory: common, workTree: workTree(ofGitDirectory: folder),
      gitFile: nil, isNamedByEnvironment: false)
  }

  /// For a start inside of a `.git` folder.
  private static func workTree(ofGitDirectory directory: String) -> String? {
    if let dotGit = DiskFile.lines(directory + "/gitdir").first {
      return Path.parent(of: Path.absolute(dotGit, from: directory))
    }
    return Path.lastPart(of: directory) == ".git" ? Path.parent(of: directory) : nil
  }

  /// The target of a file `gitdir: …`; nil when `path` is no file.
  private static func target(ofGitFile path: String) throws(GitError) -> String? {
    guard DiskFile.isFile(path) else { return nil }
    guard let line = DiskFile.lines(path).first, line.hasPrefix("gitdir: ") else {
      throw GitError(.notARepository, "could not open '\(path)': invalid gitfile format")
    }
    return Path.absolute(String(line.dropFirst("gitdir: ".count)), from: Path.parent(of: path))
  }

  /// Where the shared part of a git directory lies; nil when it is none. The same test as git's
  /// `is_git_directory`: a HEAD, refs and objects.
  private static func commonDirectory(of directory: String, _ environment: GitEnvironment)
    -> String?
  {
    guard DiskFile.exists(directory + "/HEAD") else { return nil }
    let written = DiskFile.lines(directory + "/commondir").first
    let common =
      environment.commonDirectory ?? written.map { Path.absolute($0, from: directory) }
      ?? directory
    let objects = environment.objectDirectory ?? common + "/objects"
    return DiskFile.isFolder(objects) && DiskFile.isFolder(common + "/refs") ? common : nil
  }
}
