/// One reading of a tree. Its methods are the readers of the forms on disk, each in the file of its
/// form below `Formats`.
struct Reading {
  /// Of a revision, or of an archive in it.
  private(set) var tree: any FileTree
  /// The flows to read. It holds for apps and other consumers as well.
  private(set) var flows: FlowSelection
  /// True where the instances may lack what their manifests expect from elsewhere: `externals` and
  /// `missingConnectors`.
  let isOutline: Bool
  /// Found in the folder that is being read.
  var problems: [Problem] = []
  let caches: Caches
  var latest = Latest()

  /// What was read last, by path: a revision that differs in little from it shares the rest.
  struct Latest: Sendable {
    /// By the path of their folder.
    var flows: [String: [KnownFlow]] = [:]
    /// By the path of the file that declares them.
    var declared: [String: (content: ContentID, references: [Reference], index: ReferenceIndex)] =
      [:]
    /// The whole revision.
    var root: Subtree?
    /// What was found in archives, in the order of the revision, and beside which folders.
    var archives: [KnownArchive] = []
    var folders: ArchiveSurroundings?
  }

  init(of tree: any FileTree, flows: FlowSelection, isOutline: Bool = false, _ caches: Caches) {
    self.tree = tree
    self.flows = flows
    self.isOutline = isOutline
    self.caches = caches
  }

  /// What `file` says; nil, and a problem, where it cannot be read.
  mutating func read<Fragment>(
    _ file: PlacedFile, by cache: FragmentCache<Fragment>, hidesContent: Bool = true
  ) -> Fragment? {
    switch cache.fragment(of: file.file, from: tree) {
    case .success(let fragment): return fragment
    case .failure(let reason):
      problems.append(Problem(reason, in: file, hidesContent: hidesContent))
      return nil
    }
  }

  /// Nil as well where the file is of another kind, or holds nothing.
  mutating func read<Fragment>(
    _ file: PlacedFile, by cache: FragmentCache<Fragment?>, hidesContent: Bool = true
  ) -> Fragment? {
    let fragment: Fragment?? = read(file, by: cache, hidesContent: hidesContent)
    return fragment ?? nil
  }

  func manifest(in file: PlacedFile) -> Result<Manifest?, Unreadable> {
    let isKnown = caches.manifests.knows(file.file.content)
    return (isOutline && !isKnown ? caches.manifestHeads : caches.manifests)
      .fragment(of: file.file, from: tree)
  }

  /// Calls `body` with the reading of another tree, an archive's.
  mutating func inside<Result>(
    _ other: any FileTree, _ body: (inout Reading) -> Result
  ) -> Result {
    let outer = tree
    tree = other
    defer { tree = outer }
    return body(&self)
  }

  /// The content of a folder and all below it.
  ///
  /// - Parameters:
  ///   - other: The same folder in another revision: the flows of an equal one are left out.
  ///   - isClaimed: The parent has taken the folder's declarations for its own.
  ///   - isInClone: A cloned agent begins further up.
  ///   - former: What was read last of a folder at the same path.
  mutating func subtree(
    of placed: PlacedFolder, unlike other: Folder?, isClaimed: Bool, isInClone: Bool = false,
    after former: Subtree? = nil
  ) -> Subtree {
    let isUnchanged = placed.folder === other
    // What is above goes on with its own.
    let outer = (flows: flows, problems: problems)
    defer { (flows, problems) = outer }
    problems = []
    if isUnchanged { flows = .none }
    let key = Subtree.Key(
      folder: ObjectIdentifier(placed.folder), path: placed.path, isInClone: isInClone)
    // Only what does not depend on the other revision is kept.
    let tables = isOutline ? caches.outlines : caches.subtrees
    let table: SharedRecentTable<Subtree.Key, Subtree>? =
      switch flows {
      case .none: tables.flowless
      case .all: other == nil ? tables.complete : nil
      case .only: nil
      }
    let former = table === tables.complete ? former : nil
    if let former, former.folder === placed.folder, former.isInClone == isInClone { return former }
    if let known = table?.value(of: key) { return known }
    let instances = self.instances(in: Layout(placed), isClaimed: isClaimed, isInClone: isInClone)
    for file in placed.folder.submodules {
      problems.append(
        Problem(
          path: placed.path.appending(part: file.name),
          message: "is a submodule, not looked into", hidesContent: false, content: file.content))
    }
    let children = self.children(
      of: placed, unlike: isUnchanged ? placed.folder : other,
      isInClone: isInClone || placed.beginsAgent, after: former)
    // A solution in an archive that did not change can only matter to a link that is not found.
    let archives = placed.files(.archive).filter {
      !isUnchanged && other?.files.contains($0.file) != true
    }
    let exports = self.exports(in: placed)
    let subtree = Subtree(
      folder: placed.folder, instances: instances, exports: exports, archives: archives,
      problems: problems, children: children, isInClone: isInClone)
    table?.keep(subtree, of: key, weight: subtree.weight)
    return subtree
  }

  /// Children that did not change since the last reading are taken from it by position, without a look-up.
  private mutating func children(
    of placed: PlacedFolder, unlike other: Folder?, isInClone: Bool, after former: Subtree?
  ) -> [Subtree] {
    var position = 0
    return placed.folder.children.map { child in
      let known = former?.child(child.name, from: &position)
      if let known, known.folder === child.folder, known.isInClone == isInClone { return known }
      return self.subtree(
        of: placed.place(child), unlike: other?.child(child.name),
        isClaimed: child.name.lowercased() == "other", isInClone: isInClone, after: known)
    }
  }

  /// The settings files of a folder and all below it.
  mutating func settingsSubtree(of placed: PlacedFolder) -> Subtree {
    let key = Subtree.Key(folder: ObjectIdentifier(placed.folder), path: placed.path)
    if let known = caches.settingsSubtrees.value(of: key) { return known }
    let outer = problems
    defer { problems = outer }
    problems = []
    let settings = self.settings(in: placed)
    let children = placed.folder.children.filter { FileRole.mayHoldSettings($0.name) }
      .map { settingsSubtree(of: placed.place($0)) }
    let subtree = Subtree(
      folder: placed.folder, settings: settings, problems: problems, children: children)
    caches.settingsSubtrees.keep(subtree, of: key, weight: subtree.weight)
    return subtree
  }

  /// The solutions whose root is this folder, in all its forms.
  private mutating func instances(
    in layout: Layout, isClaimed: Bool, isInClone: Bool
  ) -> [Instance] {
    let root = layout.root
    var instances: [Instance] = []
    // The first form found has the consumers: a solution's flows are in one place.
    var found = Parts(
      flowFolders: layout.flowFolders, others: parts(in: layout), codeApps: codeApps(in: root),
      connectors: connectors(in: layout))
    if layout.isYAML {
      instances += yamlInstances(in: layout, parts: found)
      found = Parts()
    }
    if !layout.others.isEmpty,
      let instance = classicInstance(
        .unpacked, in: root, declaredIn: layout.others, parts: found)
    {
      instances.append(instance)
      found = Parts()
    }
    if !isClaimed,
      let instance = classicInstance(.plain, in: root, declaredIn: [root], parts: found)
    {
      instances.append(instance)
      found = Parts()
    }
    if root.isClone || (root.beginsAgent && !(isInClone && root.isInAgents)),
      let instance = clone(in: root, connectors: layout.connectors)
    {
      instances.append(instance)
    }
    if let instance = undeclared(found, in: root) { instances.append(instance) }
    if let package = flowPackage(in: layout) { instances.append(package) }
    if let app = unpackedApp(in: root) { instances.append(app) }
    return instances
  }

  /// The consumers of a root that no form has taken for its own yet.
  struct Parts {
    var flowFolders: [PlacedFolder] = []
    /// Apps, agents and other components.
    var others: [Consumer] = []
    var codeApps: [Consumer] = []
    var connectors: [CustomConnector] = []
  }

  /// Consumers with no file beside them that could declare a reference; nil where there are none.
  private mutating func undeclared(_ parts: Parts, in root: PlacedFolder) -> Instance? {
    let flows = consumers(in: parts.flowFolders, of: root.path, isSolution: false)
    let consumers = flows + parts.others
    let hasFlows =
      !consumers.isEmpty || parts.flowFolders.contains { $0.holdsFlows(besides: self.flows) }
    guard hasFlows || !parts.codeApps.isEmpty else { return nil }
    return Instance(
      undeclared: hasFlows ? .flowsOnly : .codeApp, in: root,
      consumers: (consumers + parts.codeApps).sortedByPath)
  }

  /// The consumers in the root's folders that are no flows, in no order.
  private mutating func parts(in layout: Layout) -> [Consumer] {
    var consumers: [Consumer] = []
    var rows: [AgentLinks.PlacedRow] = []
    for file in layout.components.flatMap({ $0.consumerFiles(levels: 3) })
    where flows.holds(file.file.content) {
      let id = file.path.relative(to: layout.root.path)
      let consumer: Consumer? =
        switch file.file.role {
        case .canvasApp: canvasApp(in: file, fallback: id.lowercased())
        case .agentPart: agentPart(in: file)
        case .component: component(in: file, called: id)
        default: nil
        }
      if let consumer { consumers.append(consumer) }
      if file.file.role == .agentLinks { rows += agentRows(in: file) }
    }
    return consumers + AgentLinks.consumers(of: rows, beside: consumers)
  }
}

/// What was read of files and folders, by content and for all revisions.
final class Caches: Sendable {
  /// Every `.json` of a repository is looked at; settings have kilobytes.
  static let settingsByteLimit = 4 << 20
  private static let byteLimit = SnapshotReader.byteLimit
  /// Files and consumers in the folders whose reading is remembered: ten megabytes of them.
  private static let subtreeLimit = 200_000

  let customizations = FragmentCache(limit: byteLimit, parse: Customizations.read)
  let manifests = FragmentCache(limit: byteLimit, parseLent: Manifest.read)
  /// Without what they expect from elsewhere; for an outline.
  let manifestHeads = FragmentCache(
    limit: byteLimit,
    beginning: FragmentCache.Beginning(count: Manifest.headLength, parse: Manifest.head),
    parseLent: Manifest.read)
  let flows = FragmentCache(limit: byteLimit, parse: Flow.read)
  let workflows = FragmentCache(limit: byteLimit, parse: Workflow.read)
  let yamlReferences = FragmentCache(limit: settingsByteLimit, parse: YAMLReference.read)
  let yamlManifests = FragmentCache(limit: settingsByteLimit, parse: YAMLManifest.read)
  let yamlPublishers = FragmentCache(limit: settingsByteLimit, parse: YAMLPublisher.read)
  let yamlComponents = FragmentCache(limit: settingsByteLimit, parse: YAMLComponents.read)
  let yamlMissing = FragmentCache(limit: settingsByteLimit, parse: YAMLMissingDependencies.read)
  let settings = FragmentCache(limit: settingsByteLimit, parse: DeploymentSettings.read)
  let canvasApps = FragmentCache(limit: byteLimit, parse: CanvasApp.read)
  let unpackedApps = FragmentCache(limit: settingsByteLimit, parse: UnpackedApp.read)
  let codeApps = FragmentCache(limit: settingsByteLimit, parse: CodeApp.read)
  let agentParts = FragmentCache(limit: settingsByteLimit, parse: AgentPart.read)
  let agentLinks = FragmentCache(limit: settingsByteLimit, parse: AgentLinks.read)
  let components = FragmentCache(limit: byteLimit, parse: Component.read)
  let clones = FragmentCache(limit: settingsByteLimit, parse: AgentClone.read)
  let agentsThemselves = FragmentCache(limit: settingsByteLimit, parse: AgentPart.wholeness)
  let cloneMetadata = FragmentCache(limit: settingsByteLimit, parse: CloneMetadata.read)
  let connectors = FragmentCache(limit: settingsByteLimit, parse: CustomConnector.Fragment.read)
  let exports = FragmentCache(limit: byteLimit, parse: ExportFile.read)
  let exportSchemas = FragmentCache(limit: settingsByteLimit, parse: ExportFile.schemaHasReferences)

  let flowReadings = SharedTable<FlowKey, FlowReading>()
  let archives = SharedTable<ContentID, ArchiveKind>()
  /// By the archive's content. Kept, so that equal archives have one root.
  let archiveRoots = SharedTable<ContentID, Folder>()
  let pool = FolderPool()

  struct SubtreeTables: Sendable {
    /// Of complete readings only.
    let complete = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)
    /// Of readings that left out every flow.
    let flowless = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)
  }

  let subtrees = SubtreeTables()
  let outlines = SubtreeTables()
  let settingsSubtrees = SharedRecentTable<Subtree.Key, Subtree>(limit: subtreeLimit)
}

extension Instance {
  /// One whose files declare no reference, named after its folder.
  convenience init(undeclared form: Form, in root: PlacedFolder, consumers: [Consumer]) {
    self.init(
      folder: root.path, uniqueName: root.path.lastPart, form: form, publisherPrefix: nil,
      declarations: .absent, references: [], externals: [], consumers: consumers,
      source: root.folder)
  }
}

extension Folder {
  fileprivate var submodules: [File] {
    holdsSubmodule ? files.filter { $0.kind == .submodule } : []
  }
}

extension PlacedFolder {
  /// The files that name references and are no flows, here and in the levels below.
  fileprivate func consumerFiles(levels: Int) -> [PlacedFile] {
    let own = folder.files.filter {
      $0.role.isConsumer && $0.role != .flow && $0.kind != .submodule
    }.map { PlacedFile(path: path.appending(part: $0.name), file: $0) }
    guard levels > 1 else { return own }
    return own + children.flatMap { $0.consumerFiles(levels: levels - 1) }
  }

  /// Whether files that were left out are flows, as far as their names show.
  fileprivate func holdsFlows(besides selection: FlowSelection) -> Bool {
    folder.files.contains {
      $0.role == .flow && !selection.holds($0.content) && FlowFileName($0.name).id != nil
    }
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

extension [Consumer] {
  /// Nearly always they are already: then nothing is moved.
  var sortedByPath: [Consumer] {
    let isSorted = zip(self, dropFirst()).allSatisfy { $0.path <= $1.path }
    return isSorted ? self : sorted { ($0.path, $0.id) < ($1.path, $1.id) }
  }
}

extension String {
  /// A path below `root` as it is called from there.
  func relative(to root: String) -> String {
    root.isEmpty ? self : String(dropFirst(root.count + 1))
  }
}
