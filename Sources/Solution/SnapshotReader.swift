/// Reads file trees into snapshots, and keeps what it has read by content: nothing is parsed twice,
/// in any revision. Copies share what they have read: give one to each worker.
package struct SnapshotReader: Sendable {
  /// In bytes: ten times the largest file of these kinds that was seen.
  package static let byteLimit = 32 << 20
  /// Files and consumers in the folders whose reading is remembered: ten megabytes of them.
  private static let subtreeLimit = 200_000
  /// Every `.json` of a repository is looked at; settings have kilobytes.
  private static let settingsByteLimit = 4 << 20

  let customizations = FragmentCache(limit: byteLimit, parse: Customizations.read)
  let manifests = FragmentCache(limit: byteLimit, parseLent: Manifest.read)
  /// Without what they expect from elsewhere; for an outline.
  let manifestHeads = FragmentCache(
    limit: byteLimit,
    beginning: FragmentCache.Beginning(count: Manifest.headLength, parse: Manifest.head),
    parseLent: Manifest.read)
  let flows = FragmentCache(limit: byteLimit, parse: Flow.read)
  let workflows = FragmentCache(limit: byteLimit, parse: Workflow.read)
  let yamlReferences = FragmentCache(limit: Self.settingsByteLimit, parse: YAMLReference.read)
  let yamlManifests = FragmentCache(limit: Self.settingsByteLimit, parse: YAMLManifest.read)
  let yamlPublishers = FragmentCache(limit: Self.settingsByteLimit, parse: YAMLPublisher.read)
  let yamlComponents = FragmentCache(limit: Self.settingsByteLimit, parse: YAMLComponents.read)
  let yamlMissing = FragmentCache(
    limit: Self.settingsByteLimit, parse: YAMLMissingDependencies.read)
  let settings = FragmentCache(limit: settingsByteLimit, parse: DeploymentSettings.read)
  let canvasApps = FragmentCache(limit: byteLimit, parse: CanvasApp.read)
  let unpackedApps = FragmentCache(limit: settingsByteLimit, parse: UnpackedApp.read)
  let codeApps = FragmentCache(limit: settingsByteLimit, parse: CodeApp.read)
  let agentParts = FragmentCache(limit: settingsByteLimit, parse: AgentPart.read)
  let agentLinks = FragmentCache(limit: settingsByteLimit, parse: AgentLinks.read)
  let components = FragmentCache(limit: byteLimit, parse: Component.read)
  let clones = FragmentCache(limit: settingsByteLimit, parse: AgentClone.read)
  let cloneMetadata = FragmentCache(limit: settingsByteLimit, parse: CloneMetadata.read)
  let connectors = FragmentCache(limit: settingsByteLimit, parse: CustomConnector.Fragment.read)
  let exports = FragmentCache(limit: byteLimit, parse: ExportFile.read)
  let exportSchemas = FragmentCache(limit: settingsByteLimit, parse: ExportFile.schemaHasReferences)

  let flowReadings = SharedTable<FlowKey, FlowReading>()
  /// The flows that this copy read last, by the path of their folder.
  var latestFlows: [String: [KnownFlow]] = [:]

  let archives = SharedTable<ContentID, ArchiveKind>()
  /// By the archive's content. Kept, so that equal archives have one root.
  let archiveRoots = SharedTable<ContentID, Folder>()
  var pool = FolderPool()

  /// Of complete readings only.
  private var subtrees = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)
  /// Of readings that left out every flow.
  private var flowlessSubtrees = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)
  private let settingsSubtrees = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)

  /// True where the instances may lack what their manifests expect from elsewhere: `externals` and
  /// `missingConnectors`.
  private(set) var readsOutlines = false

  package init() {}

  /// A reader of outlines: snapshots that may lack what manifests expect from elsewhere. A manifest may
  /// have megabytes, and is another in each commit, so that a history would do little else than read
  /// them. The two share what they have read.
  package var outlining: SnapshotReader {
    var reader = self
    reader.readsOutlines = true
    reader.subtrees = SharedRecentTable(limit: Self.subtreeLimit)
    reader.flowlessSubtrees = SharedRecentTable(limit: Self.subtreeLimit)
    return reader
  }

  func manifest(of file: PlacedFile, from tree: any FileTree) -> Result<Manifest?, Unreadable> {
    let cache = readsOutlines && !manifests.knows(file.file.content) ? manifestHeads : manifests
    return cache.fragment(of: file.file, from: tree)
  }

  /// Never gives up on a file: what could not be read is a problem, and the rest goes on.
  /// Problems are ordered by path.
  package mutating func read(_ tree: some FileTree) -> (Snapshot, [Problem]) {
    read(tree, flows: .all)
  }

  /// The same with some flows only; an instance's other consumers are missing. Declarations and
  /// manifests are always read.
  ///
  /// - Parameter other: The root of another revision: flows of a folder that is in both at the
  ///   same place are left out.
  package mutating func read(
    _ tree: some FileTree, flows selection: FlowSelection, unlike other: Folder? = nil
  ) -> (Snapshot, [Problem]) {
    guard let root = tree.root else { return (.empty, []) }
    let subtree = subtree(
      of: PlacedFolder(path: "", folder: root), from: tree, flows: selection, unlike: other,
      isClaimed: false)
    var instances: [Instance] = []
    var exports: [EnvironmentExport] = []
    var archives: [PlacedFile] = []
    var problems: [Problem] = []
    subtree.visit {
      instances += $0.instances
      exports += $0.exports
      archives += $0.archives
      problems += $0.problems
    }
    instances += archivedInstances(
      in: archives, beside: instances, from: tree, flows: selection, problems: &problems)
    instances = Self.withoutUnpackedTwins(instances)
    instances.sort {
      ($0.folder, $0.uniqueName, $0.form.rawValue) < ($1.folder, $1.uniqueName, $1.form.rawValue)
    }
    exports.sort { $0.path < $1.path }
    return (Snapshot(instances: instances, exports: exports), problems.sortedByPath)
  }

  /// `snapshot` with the settings files of the same tree, found by shape.
  package mutating func addSettings(
    to snapshot: Snapshot, from tree: some FileTree
  ) -> (Snapshot, [Problem]) {
    guard let root = tree.root else { return (snapshot, []) }
    let subtree = settingsSubtree(of: PlacedFolder(path: "", folder: root), from: tree)
    var settings: [SettingsFile] = []
    var problems: [Problem] = []
    subtree.visit {
      settings += $0.settings
      problems += $0.problems
    }
    settings.sort { $0.path < $1.path }
    return (
      Snapshot(instances: snapshot.instances, settings: settings, exports: snapshot.exports),
      problems.sortedByPath
    )
  }

  /// Files that are expected to bind references, and cannot be read as such: the shape by which such
  /// files are found is broken too.
  package mutating func brokenSettings(
    in tree: some FileTree, besides known: [SettingsFile], where isExpected: (String) -> Bool
  ) -> [Problem] {
    guard let root = tree.root else { return [] }
    let read = Set(known.map(\.path))
    var problems: [Problem] = []
    func search(_ folder: PlacedFolder) {
      for file in folder.folder.files where file.role.mayBeSettings {
        let placed = PlacedFile(path: folder.path.appending(part: file.name), file: file)
        guard !read.contains(placed.path), isExpected(placed.path) else { continue }
        guard file.kind == .regular else {
          if file.kind == .symbolicLink { problems.append(Problem(.symbolicLink, in: placed)) }
          continue
        }
        guard
          case .bytes(let bytes) = tree.contents(of: file.content, limit: Self.settingsByteLimit),
          let reason = DeploymentSettings.fault(in: bytes)
        else { continue }
        problems.append(Problem(reason, in: placed))
      }
      for child in folder.children { search(child) }
    }
    search(PlacedFolder(path: "", folder: root))
    return problems.sortedByPath
  }

  /// True when `file` binds references, or looks so and cannot be read.
  package mutating func isSettings(_ file: Folder.File, from tree: some FileTree) -> Bool {
    switch settings.fragment(of: file, from: tree) {
    case .success(let settings): settings != nil
    case .failure(let reason): reason.line != nil
    }
  }

  /// `isClaimed`: the parent has taken the folder's declarations for its own. `isInClone`: a cloned
  /// agent begins further up.
  mutating func subtree(
    of placed: PlacedFolder, from tree: any FileTree, flows selection: FlowSelection,
    unlike other: Folder?, isClaimed: Bool, isInClone: Bool = false
  ) -> Subtree {
    let isUnchanged = placed.folder === other
    let selection = isUnchanged ? .none : selection
    let key = Subtree.Key(
      folder: ObjectIdentifier(placed.folder), path: placed.path, isInClone: isInClone)
    switch selection {
    case .none: if let known = flowlessSubtrees.value(of: key) { return known }
    case .all: if other == nil, let known = subtrees.value(of: key) { return known }
    case .only: break
    }
    let layout = Layout(placed)
    let (instances, found) = self.instances(
      in: layout, from: tree, flows: selection, isClaimed: isClaimed, isInClone: isInClone)
    var problems = found
    for file in placed.folder.files where file.kind == .submodule {
      problems.append(
        Problem(
          path: placed.path.appending(part: file.name),
          message: "is a submodule, not looked into", hidesContent: false, content: file.content))
    }
    var children: [Subtree] = []
    for child in placed.folder.children {
      children.append(
        subtree(
          of: placed.place(child), from: tree, flows: selection,
          unlike: isUnchanged ? child.folder : other?.child(child.name),
          isClaimed: child.name.lowercased() == "other",
          isInClone: isInClone || placed.beginsAgent))
    }
    // A solution in an archive that did not change can only matter to a link that is not found.
    let archives = placed.files(.archive).filter {
      !isUnchanged && other?.files.contains($0.file) != true
    }
    let exports = self.exports(in: placed, from: tree, problems: &problems)
    let subtree = Subtree(
      folder: placed.folder, instances: instances, exports: exports, archives: archives,
      problems: problems, children: children)
    switch selection {
    case .none: flowlessSubtrees.keep(subtree, of: key, weight: subtree.weight)
    case .all: if other == nil { subtrees.keep(subtree, of: key, weight: subtree.weight) }
    case .only: break
    }
    return subtree
  }

  private mutating func settingsSubtree(
    of placed: PlacedFolder, from tree: any FileTree
  ) -> Subtree {
    let key = Subtree.Key(folder: ObjectIdentifier(placed.folder), path: placed.path)
    if let known = settingsSubtrees.value(of: key) { return known }
    var found: [SettingsFile] = []
    var problems: [Problem] = []
    // The answer of a script may be either; its name does not show it.
    let exports = placed.files(.export).filter { $0.path.lowercased().hasSuffix(".json") }
    for file in placed.files(.settingsCandidate) + placed.files(.unpackedApp) + exports {
      switch settings.fragment(of: file.file, from: tree) {
      case .success(let settings?):
        found.append(SettingsFile(path: file.path, rows: settings.rows))
        problems += settings.notes.map { Problem($0, in: file, hidesContent: false) }
      case .success(nil): break
      case .failure(let reason):
        // Whether a link or a huge file is a settings file is not known, and most are not.
        problems.append(Problem(reason, in: file, hidesContent: reason.line != nil))
      }
    }
    let children = placed.folder.children.filter { FileRole.mayHoldSettings($0.name) }
      .map { settingsSubtree(of: placed.place($0), from: tree) }
    let subtree = Subtree(
      folder: placed.folder, settings: found, problems: problems, children: children)
    settingsSubtrees.keep(subtree, of: key, weight: subtree.weight)
    return subtree
  }
}

extension Problem {
  init(
    _ reason: Unreadable, in file: PlacedFile, hidesContent: Bool = true,
    mayHideContent: Bool = false
  ) {
    self.init(
      path: file.path, line: reason.line, message: reason.message, hidesContent: hidesContent,
      mayHideContent: mayHideContent, content: file.file.content)
  }
}

extension [Problem] {
  fileprivate var sortedByPath: [Problem] {
    sorted { ($0.path, $0.line ?? 0, $0.message) < ($1.path, $1.line ?? 0, $1.message) }
  }
}
