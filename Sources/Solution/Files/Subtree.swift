import Synchronization

/// The content of a folder and all below it, at one path. Shared between revisions, so a revision
/// costs what differs in it; only folders with something in them are linked.
final class Subtree: Sendable {
  struct Key: Hashable, Sendable {
    let folder: ObjectIdentifier
    let path: String
    /// A folder of a cloned agent is read with it.
    var isInClone = false
  }

  /// Kept alive, so that the identifier in the key never identifies another folder.
  let folder: Folder
  let instances: [Instance]
  let settings: [SettingsFile]
  let exports: [EnvironmentExport]
  /// Archives that may hold a solution; opened when the solutions in folders are known.
  let archives: [PlacedFile]
  let problems: [Problem]
  let children: [Subtree]
  private let archive = AtomicLazyReference<Archive>()

  private final class Archive: Sendable {
    let instances: [Instance]

    init(_ instances: [Instance]) { self.instances = instances }
  }

  init(
    folder: Folder, instances: [Instance] = [], settings: [SettingsFile] = [],
    exports: [EnvironmentExport] = [], archives: [PlacedFile] = [], problems: [Problem],
    children: [Subtree]
  ) {
    self.folder = folder
    self.instances = instances
    self.settings = settings
    self.exports = exports
    self.archives = archives
    self.problems = problems
    self.children = children.filter { !$0.isEmpty }
  }

  /// The memory it takes, in files and consumers.
  var weight: Int {
    1 + folder.files.count + instances.reduce(0) { $0 + $1.consumers.count }
  }

  /// Its instances as those of an archive: the same objects each time, as their folder is.
  var archivedInstances: [Instance] {
    (archive.load() ?? archive.storeIfNil(Archive(instances.map(\.archived)))).instances
  }

  private var isEmpty: Bool {
    instances.isEmpty && settings.isEmpty && exports.isEmpty && archives.isEmpty && problems.isEmpty
      && children.isEmpty
  }

  /// Calls `body` with this and every linked subtree below.
  func visit(_ body: (Subtree) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }
}

extension Instance {
  /// The same, read from an archive.
  fileprivate var archived: Instance {
    Instance(
      folder: folder, uniqueName: uniqueName, version: version, isManaged: isManaged,
      form: .archive, publisherPrefix: publisherPrefix,
      declarations: declarations, references: references, externals: externals,
      unlisted: unlisted, memberList: memberList, consumers: consumers, connectors: connectors,
      missingConnectors: missingConnectors,
      source: source)
  }
}
