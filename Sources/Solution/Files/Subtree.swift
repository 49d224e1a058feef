import Synchronization

/// The content of a folder and all below it, at one path. Shared between revisions, so a revision
/// costs what differs in it.
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
  /// In the order of the folder's own.
  let children: [Subtree]
  /// Those with something in them.
  private let linked: [Subtree]
  /// As in the key.
  let isInClone: Bool
  private let archive = AtomicLazyReference<Archive>()

  private final class Archive: Sendable {
    let instances: [Instance]

    init(_ instances: [Instance]) { self.instances = instances }
  }

  init(
    folder: Folder, instances: [Instance] = [], settings: [SettingsFile] = [],
    exports: [EnvironmentExport] = [], archives: [PlacedFile] = [], problems: [Problem],
    children: [Subtree], isInClone: Bool = false
  ) {
    self.folder = folder
    self.instances = instances
    self.settings = settings
    self.exports = exports
    self.archives = archives
    self.problems = problems
    self.children = children
    self.isInClone = isInClone
    let linked = children.filter { !$0.isEmpty }
    self.linked = linked.count < children.count ? linked : children
  }

  /// The child of a name, where this subtree has all of its folder's.
  ///
  /// - Parameter position: where the search begins; set to the child's position.
  func child(_ name: String, from position: inout Int) -> Subtree? {
    while position < folder.children.count, folder.children[position].name < name { position += 1 }
    guard position < folder.children.count, folder.children[position].name == name else {
      return nil
    }
    position += 1
    return children[position - 1]
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
      && linked.isEmpty
  }

  /// All that a subtree and those below it hold.
  struct Contents {
    fileprivate(set) var instances: [Instance] = []
    fileprivate(set) var settings: [SettingsFile] = []
    fileprivate(set) var exports: [EnvironmentExport] = []
    fileprivate(set) var archives: [PlacedFile] = []
    fileprivate(set) var problems: [Problem] = []
  }

  var contents: Contents {
    var contents = Contents()
    add(to: &contents)
    return contents
  }

  private func add(to contents: inout Contents) {
    if !instances.isEmpty { contents.instances += instances }
    if !settings.isEmpty { contents.settings += settings }
    if !exports.isEmpty { contents.exports += exports }
    if !archives.isEmpty { contents.archives += archives }
    if !problems.isEmpty { contents.problems += problems }
    for position in linked.indices { linked[position].add(to: &contents) }
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
