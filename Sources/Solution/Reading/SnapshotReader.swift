import Platform

/// Reads file trees into snapshots, and keeps what it has read by content: nothing is parsed twice,
/// in any revision. Copies share what they have read: give one to each worker.
package struct SnapshotReader: Sendable {
  /// In bytes: ten times the largest file of these kinds that was seen.
  package static let byteLimit = 32 << 20

  private let caches = Caches()
  /// What this copy read last.
  private var latest = Reading.Latest()
  private var latestSnapshot: Snapshot?

  private var readsOutlines = false

  package init() {}

  /// A reader of outlines: snapshots that may lack what manifests expect from elsewhere. A manifest may
  /// have megabytes, and is another in each commit, so that a history would do little else than read
  /// them. The two share what they have read.
  package var outlining: SnapshotReader {
    var reader = self
    reader.readsOutlines = true
    return reader
  }

  /// Leaves the caches allocated: the process ends soon, and freeing each object takes time.
  package func keepUntilExit() { Platform.keepUntilExit(caches) }

  /// Never gives up on a file: what could not be read is a problem, and the rest is read.
  /// Problems are ordered by path.
  ///
  /// - Parameters:
  ///   - flows: The flows to read; an instance's other consumers are missing. Declarations and
  ///     manifests are always read.
  ///   - other: The root of another revision: flows of a folder that is in both at the same place
  ///     are left out.
  ///   - builds: The unique names, in lower case, of solutions whose committed builds are read although
  ///     a folder has the solution.
  package mutating func read(
    _ tree: some FileTree, flows: FlowSelection = .all, unlike other: Folder? = nil,
    builds: Set<String> = []
  ) -> (Snapshot, [Problem]) {
    guard let root = tree.root else { return (.empty, []) }
    var reading = Reading(of: tree, flows: flows, isOutline: readsOutlines, caches)
    swap(&latest, &reading.latest)
    defer { swap(&latest, &reading.latest) }
    let subtree = reading.subtree(
      of: PlacedFolder(path: "", folder: root), unlike: other, isClaimed: false,
      after: reading.latest.root)
    if case .all = flows, other == nil { reading.latest.root = subtree }
    let contents = subtree.contents
    reading.problems += contents.problems
    var instances =
      contents.instances
      + reading.archivedInstances(
        in: contents.archives, beside: contents.instances, builds: builds)
    instances = UnpackedApp.withoutTwins(instances)
    var exports = contents.exports
    instances.sort {
      ($0.folder, $0.uniqueName, $0.form.rawValue) < ($1.folder, $1.uniqueName, $1.form.rawValue)
    }
    exports.sort { $0.path < $1.path }
    let snapshot = Snapshot(instances: instances, exports: exports, like: latestSnapshot)
    latestSnapshot = snapshot
    return (snapshot, reading.problems.sortedByPath)
  }

  /// The unique names, in lower case, of the solutions in archives of `tree`, which are given by path. Of
  /// each no more than the manifest is read, and what cannot be read has no name.
  package func solutions(
    inArchives archives: [String: Folder.File], of tree: some FileTree
  ) -> Set<String> {
    var reading = Reading(of: tree, flows: .none, caches)
    return reading.solutions(inArchives: archives.map { PlacedFile(path: $0, file: $1) })
  }

  /// `snapshot` with the settings files of the same tree, found by shape.
  package func addSettings(
    to snapshot: Snapshot, from tree: some FileTree
  ) -> (Snapshot, [Problem]) {
    guard let root = tree.root else { return (snapshot, []) }
    var reading = Reading(of: tree, flows: .none, caches)
    let contents = reading.settingsSubtree(of: PlacedFolder(path: "", folder: root)).contents
    reading.problems += contents.problems
    let settings = contents.settings.sorted { $0.path < $1.path }
    return (
      Snapshot(
        instances: snapshot.instances, settings: settings, exports: snapshot.exports,
        like: snapshot),
      reading.problems.sortedByPath
    )
  }

  /// Files that are expected to bind references and are not found by their shape: those that have no row any
  /// more, and the problems of those that cannot be read.
  ///
  /// - Parameters:
  ///   - known: those that were found.
  ///   - former: the paths of those that bound references in another revision.
  ///   - isExpected: answers for the path of any other file; nil where none is expected.
  package func lostSettings(
    in tree: some FileTree, besides known: [SettingsFile], former: Set<String>,
    where isExpected: ((String) -> Bool)?
  ) -> (emptied: [SettingsFile], problems: [Problem]) {
    guard let root = tree.root else { return ([], []) }
    let read = Set(known.map(\.path))
    var emptied: [SettingsFile] = []
    var problems: [Problem] = []
    func look(at placed: PlacedFile, isFormer: Bool) {
      let file = placed.file
      guard file.kind == .regular else {
        if file.kind == .symbolicLink { problems.append(Problem(.symbolicLink, in: placed)) }
        return
      }
      guard
        case .bytes(let bytes) = tree.contents(of: file.content, limit: Caches.settingsByteLimit)
      else { return }
      if let reason = DeploymentSettings.fault(in: bytes) {
        problems.append(Problem(reason, in: placed))
      } else if isFormer || DeploymentSettings.hasRoomForRows(bytes) {
        emptied.append(SettingsFile(path: placed.path, rows: []))
      }
    }
    for path in former where !read.contains(path) {
      guard let file = root.file(at: path), file.role.mayBeSettings else { continue }
      look(at: PlacedFile(path: path, file: file), isFormer: true)
    }
    guard let isExpected else { return (emptied, problems.sortedByPath) }
    func search(_ folder: PlacedFolder) {
      for file in folder.folder.files where file.role.mayBeSettings {
        let placed = PlacedFile(path: folder.path.appending(part: file.name), file: file)
        guard !read.contains(placed.path), !former.contains(placed.path), isExpected(placed.path)
        else { continue }
        look(at: placed, isFormer: false)
      }
      for child in folder.children { search(child) }
    }
    search(PlacedFolder(path: "", folder: root))
    return (emptied, problems.sortedByPath)
  }

  /// True when `file` binds references, or looks so and cannot be read.
  package func isSettings(_ file: Folder.File, from tree: some FileTree) -> Bool {
    switch caches.settings.fragment(of: file, from: tree) {
    case .success(let settings): settings != nil
    case .failure(let reason): reason.line != nil
    }
  }
}

extension [Problem] {
  fileprivate var sortedByPath: [Problem] {
    sorted { ($0.path, $0.line ?? 0, $0.message) < ($1.path, $1.line ?? 0, $1.message) }
  }
}
