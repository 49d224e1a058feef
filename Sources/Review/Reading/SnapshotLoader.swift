import Detection
import Git
import Solution

/// Reads revisions of one repository into snapshots. Equal trees are listed once and equal files are
/// parsed once, in however many revisions they occur.
struct SnapshotLoader: ~Copyable {
  /// Ten times the largest repository of solutions that was seen.
  private static let fileLimit = 1_000_000
  /// Windows ends paths at 260 characters; no real repository nests folders as deep.
  private static let depthLimit = 256

  /// Files in the folders that are remembered by their trees: ten megabytes of them.
  private static let listedLimit = 200_000

  let repository: Repository
  /// Says which solutions to look at.
  let configuration: Configuration
  var pool: FolderPool
  var memory = PastMemory()
  private var solutions: SolutionReader
  /// Reads outlines alone.
  private var outlines: SolutionReader
  private var listed = RecentTable<TreeKey, Listing>(limit: listedLimit)
  /// The last listing: most trees differ little from it.
  private let latest = ListedFolder()
  /// Trees in which no file has a role, with any folder name: most of a repository.
  private var treesWithoutFiles: Set<ObjectID> = []

  /// Reads the solutions that the team wants looked at.
  private struct SolutionReader {
    typealias Reading = (snapshot: Snapshot, problems: [Problem])

    let configuration: Configuration
    var reader: SnapshotReader
    /// With every flow, read last.
    private var recent: [(root: Folder, builds: Set<String>, reading: Reading)] = []

    init(_ reader: SnapshotReader, covering configuration: Configuration) {
      self.reader = reader
      self.configuration = configuration
    }

    mutating func read(
      _ tree: RevisionTree, flows: FlowSelection, unlike other: Folder?
    ) -> Reading {
      guard case .all = flows, other == nil, let root = tree.root else {
        let (snapshot, problems) = reader.read(
          tree, flows: flows, unlike: other, builds: tree.builds)
        return configuration.covered(snapshot, problems)
      }
      let known = recent.first { $0.root === root && $0.builds == tree.builds }
      if let known { return known.reading }
      let (snapshot, problems) = reader.read(tree, flows: .all, builds: tree.builds)
      let reading = configuration.covered(snapshot, problems)
      // A commit is mostly compared with what was just read.
      if recent.count == 8 { recent.removeFirst() }
      recent.append((root, tree.builds, reading))
      return reading
    }
  }

  /// A folder's own name decides what its files may be, so it belongs to the key.
  private struct TreeKey: Hashable {
    let tree: ObjectID
    let name: String

    /// Most trees have one name in all revisions.
    func hash(into hasher: inout Hasher) { hasher.combine(tree) }
  }

  /// What a tree holds; paths are relative to it.
  struct Listing: Sendable {
    let folder: Folder?
    /// Of entries that cannot be shown as files.
    let problems: [Problem]

    fileprivate static let nothing = Listing(folder: nil, problems: [])

    fileprivate var weight: Int { 1 + (folder.map { $0.files.count + $0.children.count } ?? 0) }
  }

  /// A folder at its place, as it was listed last.
  private final class ListedFolder {
    /// Nil before anything was listed.
    var stored: StoredTree?
    var listing = Listing.nothing
    /// True where no file in it has a role, with any folder name.
    var holdsNothing = false
    var children: [String: ListedFolder] = [:]
  }

  /// The state that loaders on several workers share: their folders can be compared with `===`, and
  /// none reads a file that another has read.
  struct Shared: Sendable {
    fileprivate let configuration: Configuration
    fileprivate let pool: FolderPool
    fileprivate let reader: SnapshotReader
    fileprivate let outliner: SnapshotReader
  }

  var shared: Shared {
    Shared(
      configuration: configuration, pool: pool, reader: solutions.reader, outliner: outlines.reader)
  }

  init(_ repository: Repository, _ shared: Shared) {
    self.repository = repository
    configuration = shared.configuration
    pool = shared.pool
    solutions = SolutionReader(shared.reader, covering: configuration)
    outlines = SolutionReader(shared.outliner, covering: configuration)
  }

  init(_ repository: Repository, covering configuration: Configuration = .standard) {
    let reader = SnapshotReader()
    self.init(
      repository,
      Shared(
        configuration: configuration, pool: FolderPool(), reader: reader, outliner: reader.outlining
      ))
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

  /// See `SnapshotReader`.
  func keepUntilExit() { solutions.reader.keepUntilExit() }

  /// Takes over what a loader that shares the pool has listed.
  mutating func adopt(_ roots: [ObjectID: Listing]) {
    for (tree, listing) in roots {
      listed.keep(listing, of: TreeKey(tree: tree, name: ""), weight: listing.weight)
    }
  }

  /// The files of a commit's tree.
  ///
  /// Throws for a tree that is made to exhaust its reader.
  mutating func tree(_ id: ObjectID) throws(GitError) -> RevisionTree {
    let listing = try list(id, name: "", depth: 0, after: latest)
    if let count = listing.folder?.fileCount, count > Self.fileLimit {
      throw GitError(
        .unsupported,
        "could not read tree '\(id)': it holds \(count) files that may concern a solution, more than "
          + "\(Self.fileLimit)")
    }
    return RevisionTree(
      root: listing.folder, problems: listing.problems, repository: repository, revision: .tree(id))
  }

  /// Nothing at all: what a root commit is compared with.
  func emptyTree() -> RevisionTree { RevisionTree(root: nil, repository: repository) }

  /// Declarations of every solution, and the selected flows. Flows of folders that `other` has
  /// unchanged are left out; nil leaves out none.
  mutating func snapshot(
    of tree: RevisionTree, flows: FlowSelection = .all, unlike other: Folder? = nil
  ) -> (Snapshot, [Problem]) {
    let (snapshot, problems) = solutions.read(tree, flows: flows, unlike: other)
    return (snapshot, tree.problems + problems)
  }

  /// The same, perhaps without what manifests expect from elsewhere: for what only declarations and links
  /// decide. Damage in that part of a manifest is not seen.
  mutating func outline(
    of tree: RevisionTree, flows: FlowSelection = .all, unlike other: Folder? = nil
  ) -> (Snapshot, [Problem]) {
    let (snapshot, problems) = outlines.read(tree, flows: flows, unlike: other)
    return (snapshot, tree.problems + problems)
  }

  /// The unique names, in lower case, of the solutions of which the change of a tree made or replaced a
  /// build beside a folder: these builds are a part of what changed.
  ///
  /// - Parameter snapshot: of the tree `after`.
  mutating func builds(
    changedBy difference: TreeDifference, in after: RevisionTree, _ snapshot: Snapshot
  ) -> Set<String> {
    guard !difference.archives.isEmpty else { return [] }
    let folders = Set(
      snapshot.instances.filter { !$0.mayBeCopy }.map(\.solutionKey))
    guard !folders.isEmpty else { return [] }
    return solutions.reader.solutions(inArchives: difference.archives, of: after)
      .intersection(folders)
  }

  /// The settings files of a tree, found by shape. One that the team names, or that `other` has, is one
  /// without any row too, and a problem where it cannot be read.
  mutating func settings(
    of tree: RevisionTree, besides other: [SettingsFile] = []
  ) -> ([SettingsFile], [Problem]) {
    let (snapshot, problems) = solutions.reader.addSettings(to: .empty, from: tree)
    let patterns = configuration.conventions.environments.flatMap(\.settings)
    let former = Set(other.map(\.path))
    guard !patterns.isEmpty || !former.isEmpty else { return (snapshot.settings, problems) }
    let (emptied, broken) = solutions.reader.lostSettings(
      in: tree, besides: snapshot.settings, former: former,
      where: patterns.isEmpty ? nil : { path in patterns.contains { $0.matches(path) } })
    // A link in place of a file of the team is more than a remark on it.
    let lost = Set(broken.map(\.path))
    return (
      (snapshot.settings + emptied).sorted { $0.path < $1.path },
      problems.filter { !lost.contains($0.path) } + broken
    )
  }

  /// True when one of `files` is a settings file, or one that looks so and cannot be read.
  mutating func holdsSettings(_ files: Set<Folder.File>, of tree: RevisionTree) -> Bool {
    files.contains { solutions.reader.isSettings($0, from: tree) }
  }

  /// - Parameter former: the folder at this place, as it was listed last.
  private mutating func list(
    _ id: ObjectID, name: String, depth: Int, after former: ListedFolder
  ) throws(GitError) -> Listing {
    if former.stored?.id == id { return former.listing }
    if treesWithoutFiles.contains(id) { return Listing.nothing }
    let key = TreeKey(tree: id, name: name.lowercased())
    if let known = listed.value(of: key) { return known }
    guard depth < Self.depthLimit else {
      throw GitError(
        .unsupported, "could not read tree '\(id)': it lies more than \(depth) folders deep")
    }
    let stored = try repository.storedTree(id)
    let listing: Listing
    let holdsNothing: Bool
    if let changed = try changed(stored, name: name, depth: depth, after: former) {
      (listing, holdsNothing) = changed
    } else {
      (listing, holdsNothing) = try list(stored, name: name, depth: depth, after: former)
    }
    if holdsNothing {
      treesWithoutFiles.insert(id)
    } else {
      listed.keep(listing, of: key, weight: listing.weight)
    }
    former.stored = stored
    former.listing = listing
    former.holdsNothing = holdsNothing
    return listing
  }

  /// Every entry of a folder; and whether no file in it has a role, with any folder name.
  private mutating func list(
    _ stored: StoredTree, name: String, depth: Int, after former: ListedFolder
  ) throws(GitError) -> (Listing, holdsNothing: Bool) {
    var holdsNothing = true
    let entries = try stored.entries { entry, kind, child in
      switch kind {
      case .folder: return FileRole.mayHoldSolutions(entry) && !treesWithoutFiles.contains(child)
      case .submodule: return true
      case .file, .symbolicLink:
        guard FileRole.mayHaveRole(entry) else { return false }
        holdsNothing = false
        return FileRole.role(ofFile: entry, inFolder: name.utf8.span) != nil
      }
    }
    var files: [Folder.File] = []
    var children: [(name: String, folder: Folder)] = []
    var problems: [Problem] = []
    for entry in entries {
      if !entry.nameIsExact {
        holdsNothing = false
        problems += try oddNames(entry, in: name, depth: depth)
        continue
      }
      switch entry.kind {
      case .folder:
        let child = try list(child: entry.name, entry.id, depth: depth, after: former)
        if !treesWithoutFiles.contains(entry.id) { holdsNothing = false }
        if let folder = child.folder { children.append((entry.name, folder)) }
        problems += child.problems.map { $0.below(entry.name) }
      case .submodule:
        holdsNothing = false
        problems.append(Self.submodule(entry.name, at: entry.id))
      case .file, .symbolicLink:
        if let file = Self.file(entry.name, entry.id, entry.kind, in: name) { files.append(file) }
      }
    }
    return (
      Listing(folder: pool.folder(files: files, children: children), problems: problems),
      holdsNothing
    )
  }

  /// Of what has a name that is no text, and of all files in it that may concern a solution.
  private mutating func oddNames(
    _ entry: TreeEntry, in folder: String, depth: Int
  ) throws(GitError) -> [Problem] {
    switch entry.kind {
    case .folder:
      let child = try list(entry.id, name: entry.name, depth: depth + 1, after: ListedFolder())
      var problems = child.problems
      func add(_ folder: Folder, _ path: String) {
        problems += folder.files.map {
          Self.oddName(path + $0.name, $0.kind == .regular ? .file : .symbolicLink, of: $0.content)
        }
        for child in folder.children { add(child.folder, "\(path)\(child.name)/") }
      }
      if let folder = child.folder { add(folder, "") }
      return problems.map { $0.below(entry.name) }
    case .submodule: return [Self.submodule(entry.name, at: entry.id)]
    case .file, .symbolicLink:
      return [Self.oddName(entry.name, entry.kind, of: ContentID(entry.id))]
    }
  }

  private mutating func list(
    child name: String, _ id: ObjectID, depth: Int, after former: ListedFolder
  ) throws(GitError) -> Listing {
    let known = former.children[name]
    let child = known ?? ListedFolder()
    let listing = try list(id, name: name, depth: depth + 1, after: child)
    if known == nil, child.stored != nil { former.children[name] = child }
    return listing
  }

  /// The former folder with what differs in it, and whether still no file has a role. Nil where there is
  /// anything to be said of an entry: then all of them are looked at.
  private mutating func changed(
    _ stored: StoredTree, name: String, depth: Int, after former: ListedFolder
  ) throws(GitError) -> (Listing, holdsNothing: Bool)? {
    guard let before = former.stored, former.listing.problems.isEmpty else { return nil }
    let folder = former.listing.folder
    var holdsNothing = former.holdsNothing
    var files: [FolderPool.Change<Folder.File>] = []
    var children: [FolderPool.Change<Folder>] = []
    for change in try stored.changes(since: before) {
      let kinds = [change.before?.kind, change.after?.kind]
      guard change.nameIsExact, !kinds.contains(.submodule) else { return nil }
      guard !kinds.contains(.folder) else {
        guard FileRole.mayHoldSolutions(change.name) else { continue }
        var child: Folder?
        if let side = change.after {
          let listing = try list(child: change.name, side.id, depth: depth, after: former)
          guard listing.problems.isEmpty else { return nil }
          child = listing.folder
          if !treesWithoutFiles.contains(side.id) { holdsNothing = false }
        } else {
          former.children[change.name] = nil
        }
        if child !== folder?.child(change.name) { children.append((change.name, child)) }
        continue
      }
      if let side = change.after {
        if holdsNothing { holdsNothing = !FileRole.mayHaveRole(change.name.utf8.span) }
        guard let file = Self.file(change.name, side.id, side.kind, in: name) else { continue }
        files.append((change.name, file))
      } else if FileRole.role(ofFile: change.name, inFolder: name) != nil {
        files.append((change.name, nil))
      }
    }
    return (
      Listing(
        folder: pool.folder(like: folder, changing: files, children: children), problems: []),
      holdsNothing
    )
  }

  /// Nil for one that concerns no solution.
  private static func file(
    _ name: String, _ id: ObjectID, _ kind: TreeEntry.Kind, in folder: String
  ) -> Folder.File? {
    FileRole.role(ofFile: name, inFolder: folder).map {
      Folder.File(
        name: name, content: ContentID(id), kind: kind == .file ? .regular : .symbolicLink,
        role: $0)
    }
  }
}

extension Problem {
  /// The same, with its path as the folder around calls it.
  fileprivate func below(_ folder: String) -> Problem {
    Problem(
      path: "\(folder)/\(path)", line: line, message: message, hidesContent: hidesContent,
      mayHideContent: mayHideContent, content: content)
  }
}
