import Detection
import Git
import Solution

/// Reads revisions of one repository into snapshots. Equal trees are listed once and equal files are
/// parsed once, in however many revisions they stand.
struct SnapshotLoader: ~Copyable {
  /// Ten times the largest repository of solutions that was seen.
  private static let fileLimit = 1_000_000
  /// Windows ends paths at 260 characters; nobody nests folders as deep.
  private static let depthLimit = 256

  let repository: Repository
  /// Says which solutions to look at.
  let configuration: Configuration
  var pool: FolderPool
  private var reader: SnapshotReader
  /// Whole snapshots that were read last.
  private var recent: [(root: Folder, snapshot: Snapshot, problems: [Problem])] = []
  private var listed: [TreeKey: Listing] = [:]
  /// Trees in which no file has a role, whatever their folders are called: most of a repository.
  private var barren: Set<ObjectID> = []

  /// A folder's own name decides what its files may be, so it belongs to the key.
  private struct TreeKey: Hashable {
    let tree: ObjectID
    let name: String
  }

  private struct Listing {
    let folder: Folder?
    let oddities: [Oddity]
  }

  /// What a listing cannot show as a file; the path is relative to the listed folder.
  fileprivate struct Oddity {
    let path: String
    let message: String
    let hidesContent: Bool
    let content: ContentID?
  }

  /// What loaders on several workers have in common: their folders can be compared with `===`, and
  /// none reads a file that another has read.
  struct Shared: Sendable {
    fileprivate let configuration: Configuration
    fileprivate let pool: FolderPool
    fileprivate let reader: SnapshotReader
  }

  var shared: Shared { Shared(configuration: configuration, pool: pool, reader: reader) }

  init(_ repository: Repository, _ shared: Shared) {
    self.repository = repository
    configuration = shared.configuration
    pool = shared.pool
    reader = shared.reader
  }

  init(_ repository: Repository, covering configuration: Configuration = .standard) {
    self.init(
      repository,
      Shared(configuration: configuration, pool: FolderPool(), reader: SnapshotReader()))
  }

  /// The files of a commit.
  mutating func tree(of commit: ObjectID) throws(GitError) -> RevisionTree {
    try tree(try repository.commit(commit).tree)
  }

  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  mutating func tree(at revision: String?) throws(GitError) -> RevisionTree {
    if let revision { return try tree(of: try repository.commitID(of: revision)) }
    return repository.isBare
      ? try tree(of: try repository.commitID(of: "HEAD")) : try worktreeTree()
  }

  /// Takes over what a loader that shares the pool has listed.
  mutating func adopt(_ roots: [ObjectID: RevisionRoot]) {
    for (tree, root) in roots {
      listed[TreeKey(tree: tree, name: "")] = Listing(
        folder: root.folder, oddities: root.problems.map { Oddity($0) })
    }
  }

  /// The files of a commit's tree.
  ///
  /// Throws for a tree that is made to exhaust whoever walks it.
  mutating func tree(_ id: ObjectID) throws(GitError) -> RevisionTree {
    let listing = try list(id, name: "", depth: 0)
    if let count = listing.folder?.fileCount, count > Self.fileLimit {
      throw GitError(
        .unsupported,
        "could not read tree '\(id)': it holds \(count) files that may concern a solution, more than "
          + "\(Self.fileLimit)")
    }
    return RevisionTree(
      root: listing.folder,
      problems: listing.oddities.map {
        Problem(
          path: $0.path, message: $0.message, hidesContent: $0.hidesContent, content: $0.content)
      }, repository: repository)
  }

  /// Nothing at all: what a root commit is compared with.
  func emptyTree() -> RevisionTree { RevisionTree(root: nil, repository: repository) }

  /// Declarations of every solution, and the selected flows. Flows of folders that stand in `other`
  /// just so are left out; nil leaves out none.
  mutating func snapshot(
    of tree: RevisionTree, flows: FlowSelection = .all, unlike other: Folder? = nil
  ) -> (Snapshot, [Problem]) {
    guard case .all = flows, other == nil, let root = tree.root else {
      let (snapshot, problems) = covered(reader.read(tree, flows: flows, unlike: other))
      return (snapshot, tree.problems + problems)
    }
    if let known = recent.first(where: { $0.root === root }) {
      return (known.snapshot, tree.problems + known.problems)
    }
    let (snapshot, problems) = covered(reader.read(tree, flows: .all))
    // A commit is mostly compared with what was just read.
    if recent.count == 8 { recent.removeFirst() }
    recent.append((root, snapshot, problems))
    return (snapshot, tree.problems + problems)
  }

  /// Without the solutions that the team does not want looked at.
  private func covered(_ read: (Snapshot, [Problem])) -> (Snapshot, [Problem]) {
    guard configuration.narrowsSolutions else { return read }
    let snapshot = Snapshot(
      instances: read.0.instances.filter { configuration.covers(folder: $0.folder) },
      settings: read.0.settings, exports: read.0.exports)
    return (snapshot, read.1.filter { configuration.covers(folder: $0.path) })
  }

  /// The settings files of a tree, found by shape. One that the team names, or that stands in `other`,
  /// and cannot be read is a problem.
  mutating func settings(
    of tree: RevisionTree, besides other: [SettingsFile] = []
  ) -> ([SettingsFile], [Problem]) {
    let (snapshot, problems) = reader.addSettings(to: .empty, from: tree)
    let patterns = configuration.conventions.environments.flatMap(\.settings)
    let paths = Set(other.map(\.path))
    guard !patterns.isEmpty || !paths.isEmpty else { return (snapshot.settings, problems) }
    let known = Set(problems.map(\.path))
    let broken = reader.brokenSettings(in: tree, besides: snapshot.settings) { path in
      paths.contains(path) || patterns.contains { $0.matches(path) }
    }
    return (snapshot.settings, problems + broken.filter { !known.contains($0.path) })
  }

  /// True when one of `files` is a settings file, or one that looks so and cannot be read.
  mutating func holdsSettings(_ files: Set<Folder.File>, of tree: RevisionTree) -> Bool {
    files.contains { reader.isSettings($0, from: tree) }
  }

  private mutating func list(
    _ id: ObjectID, name: String, depth: Int
  ) throws(GitError) -> Listing {
    let key = TreeKey(tree: id, name: name.lowercased())
    if barren.contains(id) { return Listing(folder: nil, oddities: []) }
    if let known = listed[key] { return known }
    guard depth < Self.depthLimit else {
      throw GitError(
        .unsupported, "could not read tree '\(id)': it lies more than \(depth) folders deep")
    }
    var isBarren = true
    let entries = try repository.tree(id) { entry, kind, child in
      switch kind {
      case .folder: return FileRole.mayHoldSolutions(entry) && !barren.contains(child)
      case .submodule: return true
      case .file, .symbolicLink:
        guard FileRole.mayHaveRole(entry) else { return false }
        isBarren = false
        return FileRole.role(ofFile: entry, inFolder: name.utf8.span) != nil
      }
    }
    var files: [Folder.File] = []
    var children: [(name: String, folder: Folder)] = []
    var oddities: [Oddity] = []
    for entry in entries {
      if !entry.nameIsExact {
        isBarren = false
        oddities.append(Oddity(Self.oddName(entry.name)))
        continue
      }
      switch entry.kind {
      case .folder:
        let child = try list(entry.id, name: entry.name, depth: depth + 1)
        if !barren.contains(entry.id) { isBarren = false }
        if let folder = child.folder { children.append((entry.name, folder)) }
        oddities += child.oddities.map {
          Oddity(
            path: "\(entry.name)/\($0.path)", message: $0.message, hidesContent: $0.hidesContent,
            content: $0.content)
        }
      case .submodule:
        isBarren = false
        oddities.append(Oddity(Self.submodule(entry.name, at: entry.id)))
      case .file, .symbolicLink:
        guard let role = FileRole.role(ofFile: entry.name, inFolder: name) else { continue }
        files.append(
          Folder.File(
            name: entry.name, content: ContentID(entry.id),
            kind: entry.kind == .file ? .regular : .symbolicLink, role: role))
      }
    }
    let listing = Listing(
      folder: pool.folder(files: files, children: children), oddities: oddities)
    if isBarren { barren.insert(id) } else { listed[key] = listing }
    return listing
  }
}

extension SnapshotLoader.Oddity {
  fileprivate init(_ problem: Problem) {
    self.init(
      path: problem.path, message: problem.message, hidesContent: problem.hidesContent,
      content: problem.content)
  }
}
