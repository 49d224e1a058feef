/// A solution in the layout of SolutionPackager, `Other/Customizations.xml` and `Other/Solution.xml`, or as
/// a solution zip holds it, with both files in the root.
extension Reading {
  /// Nil where `folders` hold no file of a solution.
  mutating func classicInstance(
    _ form: Instance.Form, in root: PlacedFolder, declaredIn folders: [PlacedFolder], parts: Parts
  ) -> Instance? {
    var found = ClassicFiles()
    let declarationFiles = folders.flatMap { $0.files(.customizations) }
    for file in declarationFiles {
      switch caches.customizations.fragment(of: file.file, from: tree) {
      case .success(let customizations?):
        found.add(customizations, declaring: references(of: customizations, in: file), from: file)
      case .success(nil): found.addForeign(file)
      case .failure(let reason): found.addUnreadable(reason, in: file)
      }
    }
    let manifestFiles = folders.flatMap { $0.files(.manifest) }
    for file in manifestFiles {
      switch manifest(in: file) {
      case .success(let manifest?): found.add(manifest, from: file)
      case .success(nil): break
      case .failure(let reason): found.addUnreadableManifest(reason, in: file)
      }
    }
    guard found.isSolution else { return nil }
    problems += found.problems
    problems += sameNames(declarationFiles) + sameNames(manifestFiles)
    var consumers = consumers(
      in: parts.flowFolders, of: root.path, workflows: found.workflows, isSolution: true)
    let known = Set(parts.others.map(\.id))
    let inlined = found.consumers.filter { !known.contains($0.id) }
    let others = parts.others + parts.codeApps + inlined
    if !others.isEmpty { consumers = (consumers + others).sortedByPath }
    return Instance(
      folder: root.path, uniqueName: found.uniqueName ?? root.path.lastPart,
      version: found.version, isManaged: found.isManaged, form: form,
      publisherPrefix: found.prefix, declarations: found.declarations,
      references: found.references, indexedBy: found.index, externals: found.externals,
      consumers: consumers,
      connectors: found.connectors + parts.connectors, missingConnectors: found.missingConnectors,
      source: root.folder)
  }

  /// Those of a file that is as it was read last are the same array: to compare them costs nothing.
  private mutating func references(
    of customizations: Customizations, in file: PlacedFile
  ) -> (references: [Reference], index: ReferenceIndex) {
    if let known = latest.declared[file.path], known.content == file.file.content {
      return (known.references, known.index)
    }
    let references = customizations.declarations.map { $0.reference(in: file.path) }
    let index = ReferenceIndex()
    latest.declared[file.path] = (file.file.content, references, index)
    return (references, index)
  }

  private func sameNames(_ files: [PlacedFile]) -> [Problem] {
    guard let first = files.first else { return [] }
    return files.dropFirst().map {
      Problem(
        Unreadable("differs from '\(first.path)' by letter case alone; both were read"), in: $0,
        hidesContent: false)
    }
  }
}

/// The combined content of the files of one classic layout: one of each kind, or two whose names
/// differ by letter case alone.
struct ClassicFiles {
  private(set) var uniqueName: String?
  private(set) var prefix: String?
  private(set) var version: SolutionVersion?
  private(set) var isManaged = false
  private(set) var references: [Reference] = []
  /// Nil where the references are of several files.
  private(set) var index: ReferenceIndex?
  private(set) var externals: [ExternalReference] = []
  private(set) var workflows: [Workflow] = []
  /// Apps and other components in the declarations' own file.
  private(set) var consumers: [Consumer] = []
  private(set) var connectors: [CustomConnector] = []
  private(set) var missingConnectors: Set<String> = []
  private var found: [Problem] = []
  private var foreign: [PlacedFile] = []
  private var state = Instance.Declarations.absent
  /// At least one file belongs to a solution, or might.
  private(set) var isSolution = false

  /// A file with another root is in the place of the declarations.
  var declarations: Instance.Declarations { foreign.isEmpty ? state : .unreadable }

  /// A foreign root is reported only where the rest is a solution.
  var problems: [Problem] {
    found
      + foreign.map {
        Problem(
          Unreadable("is not the file of a solution: its root is not 'ImportExportXml'"), in: $0)
      }
  }

  mutating func add(
    _ customizations: Customizations,
    declaring declared: (references: [Reference], index: ReferenceIndex), from file: PlacedFile
  ) {
    isSolution = true
    if state == .absent { state = .read }
    if references.isEmpty {
      (references, index) = declared
    } else {
      // A file's own duplicates are kept; what a second file repeats is not.
      let known = Set(references.map(\.name))
      references += declared.references.filter { !known.contains($0.name) }
      index = nil
    }
    workflows += customizations.workflows
    consumers += customizations.consumers(in: file.path)
    connectors += customizations.connectors.compactMap { $0.connector(in: file.path) }
    found += customizations.faults.map { Problem($0, in: file) }
  }

  mutating func addForeign(_ file: PlacedFile) {
    foreign.append(file)
  }

  mutating func addUnreadable(_ reason: Unreadable, in file: PlacedFile) {
    isSolution = true
    state = .unreadable
    found.append(Problem(reason, in: file))
  }

  mutating func add(_ manifest: Manifest, from file: PlacedFile) {
    isSolution = true
    uniqueName = uniqueName ?? manifest.uniqueName
    prefix = prefix ?? manifest.prefix
    version = version ?? manifest.version
    isManaged = isManaged || manifest.isManaged
    externals += manifest.externals.map { $0.external(in: file.path) }
    missingConnectors.formUnion(manifest.missingConnectors)
  }

  mutating func addUnreadableManifest(_ reason: Unreadable, in file: PlacedFile) {
    isSolution = true
    found.append(Problem(reason, in: file))
  }
}

extension Manifest.External {
  func external(in path: String) -> ExternalReference {
    ExternalReference(name: name, origin: origin, place: Place(path: path, line: line))
  }
}
