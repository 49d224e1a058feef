import Clibgit2

/// A git repository, opened for reading. Nothing in it is ever run, and nothing written or locked but
/// notes, when `changeNotes` is called.
///
/// Not `Sendable`: to read on several tasks, hand each the `opening` and let it open its own.
package final class Repository {
  package let location: RepositoryLocation
  /// The folder with the checked-out files; nil for a bare repository.
  package let workTree: String?
  /// Where the history was cut off: commits whose parents are not there, by design.
  package let shallowBoundary: Set<ObjectID>

  let environment: GitEnvironment
  let folder: String
  let handle: Owned<RepositoryKind>
  /// All objects, as libgit2 reads them.
  let objects: Owned<ObjectStoreKind>
  /// Nearly all objects, read faster.
  let packs: PackReader
  let settings: Configuration
  private let packStore: PackStore
  /// The remote of a partial clone, which holds the objects that are missing; nil for a whole one.
  package private(set) lazy var promisor: String? = {
    if let named = settings["extensions.partialClone"] { return named }
    let promising = settings.firstTrue("^remote\\..*\\.promisor$")
    return promising.map { String($0.dropFirst("remote.".count).dropLast(".promisor".count)) }
  }()

  /// Opens the repository that git would use.
  ///
  /// - Parameters:
  ///   - path: A folder in the repository; what `environment` says of a repository is then ignored.
  ///     Nil: as git run in `folder`, with the variables `GIT_…` that a hook is given.
  ///   - folder: The current folder, absolute.
  ///   - environment: The variables of this process.
  package convenience init(
    at path: String? = nil, folder: String, environment: [String: String]
  ) throws(GitError) {
    let variables = GitEnvironment(environment, folder: folder, onlyConfiguration: path != nil)
    let start = path.map { Path.absolute($0, from: folder) } ?? folder
    let location = try RepositoryLocation.find(from: start, variables)
    try self.init(
      location: location, environment: variables, folder: folder, copy: 0, packs: nil)
  }

  /// - Parameter packs: as another repository at this place has them; nil for the first.
  fileprivate init(
    location: RepositoryLocation, environment: GitEnvironment, folder: String, copy: Int,
    packs: PackStore?
  ) throws(GitError) {
    try Ownership(location: location, environment: environment).check()
    // git refuses as well: the settings in it are unknown.
    let configurations = [
      location.commonDirectory + "/config", location.gitDirectory + "/config.worktree",
    ]
    if let path = DiskFile.forbidden(among: configurations) {
      throw GitError(
        .forbidden, "could not read '\(path)': permission denied",
        hint: "run as a user who may read it")
    }
    let opened = location.directoryForLibgit2(environment)
    do throws(Libgit2Failure) {
      handle = try Owned { repository in
        git_repository_open_ext(
          &repository, opened,
          GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue, nil)
      }
    } catch {
      throw UnsupportedFormat.error(for: location, error)
    }
    do throws(Libgit2Failure) {
      settings = try Configuration(environment.settings, location: location, repository: handle)
      git_repository_set_config(handle.pointer, settings.files.pointer)
      let folders = ObjectStore.folders(
        location.objectDirectory(environment), alternates: environment.alternates)
      objects = try Self.objectStore(of: handle, folders, copy: copy)
      packStore = packs ?? PackStore(folders)
      self.packs = PackReader(packStore)
    } catch {
      throw error.error("could not read repository '\(location.gitDirectory)'")
    }
    workTree = location.workTree(settings, environment)
    shallowBoundary = Set(
      DiskFile.lines(environment.shallowFile ?? location.commonDirectory + "/shallow")
        .compactMap { ObjectID(hex: $0) })
    self.location = location
    self.environment = environment
    self.folder = folder
    if let workTree { git_repository_set_workdir(handle.pointer, workTree, 0) }
  }

  /// The objects, with those of a push that is not accepted yet where git says so.
  private static func objectStore(
    of handle: borrowing Owned<RepositoryKind>, _ folders: [String], copy: Int
  ) throws(Libgit2Failure) -> Owned<ObjectStoreKind> {
    let objects = try ObjectStore.open(
      folders.enumerated().map { number, folder in
        guard number == 0 else { return folder }
        return folder + String(repeating: "/../" + Path.lastPart(of: folder), count: copy)
      })
    git_repository_set_odb(handle.pointer, objects.pointer)
    return objects
  }
}

extension Repository {
  /// The values needed to open the repository once more, on another task.
  package struct Opening: Sendable {
    private let location: RepositoryLocation
    private let environment: GitEnvironment
    private let folder: String
    private let packs: PackStore

    fileprivate init(_ repository: Repository) {
      location = repository.location
      environment = repository.environment
      folder = repository.folder
      packs = repository.packStore
    }

    /// - Parameter copy: 1 for the first further one, and so on. libgit2 shares packs, and their
    ///   locks, between all that open a path; each copy uses a path of its own and waits for none.
    package func repository(copy: Int) throws(GitError) -> Repository {
      try Repository(
        location: location, environment: environment, folder: folder, copy: copy, packs: packs)
    }
  }

  package var opening: Opening { Opening(self) }

  /// Of this worktree; absolute.
  package var gitDirectory: String { location.gitDirectory }
  /// Shared by all worktrees; absolute.
  package var commonDirectory: String { location.commonDirectory }
  package var isBare: Bool { workTree == nil }
  package var isShallow: Bool { !shallowBoundary.isEmpty }

  /// A value of git's configuration, as `git config --get` gives it; nil when it is not set.
  package func configuration(_ key: String) -> String? { settings[key] }

  /// Where git looks for hooks: `core.hooksPath`, or `hooks` of the common directory. Absolute.
  ///
  /// Of an empty `core.hooksPath`, git puts `/` and the name of the hook after it (2.39, path.c).
  package var hooksDirectory: String {
    guard let set = settings["core.hooksPath"] else { return commonDirectory + "/hooks" }
    if set.isEmpty { return "/" }
    return Path.absolute(
      Path.expandingHome(set, home: environment.home), from: workTree ?? gitDirectory)
  }
}

extension RepositoryLocation {
  /// libgit2 refuses GIT_COMMON_DIR. Without a file `commondir`, it finds the shared part only when
  /// it is given that; HEAD, index and MERGE_HEAD are read from `gitDirectory` by this module.
  fileprivate func directoryForLibgit2(_ environment: GitEnvironment) -> String {
    isSplitByEnvironment(environment) ? commonDirectory : gitDirectory
  }

  /// `objects`, absolute.
  func objectDirectory(_ environment: GitEnvironment) -> String {
    environment.objectDirectory ?? commonDirectory + "/objects"
  }

  func isSplitByEnvironment(_ environment: GitEnvironment) -> Bool {
    environment.commonDirectory != nil && !DiskFile.exists(gitDirectory + "/commondir")
  }

  /// The order is git's: the environment, the configuration, the way to the repository.
  fileprivate func workTree(
    _ settings: borrowing Configuration, _ environment: GitEnvironment
  ) -> String? {
    if let set = environment.workTree { return set }
    // Of a linked worktree, the shared configuration says nothing; the main one may be bare.
    if commonDirectory == gitDirectory {
      if let set = settings["core.worktree"] { return Path.absolute(set, from: gitDirectory) }
      if settings["core.bare"].map(Configuration.isTrue) ?? false { return nil }
    }
    return workTree
  }
}
