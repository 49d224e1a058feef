/// A root of Dataverse's Git integration: the solutions below `solutions`, one or several, share the
/// references, flows and apps beside that folder.
extension Layout {
  /// The documented test of the format is `solutions/*/solution.yml`; a folder of references alone is
  /// enough for a root whose manifests were not committed.
  var isYAML: Bool {
    solutions.contains { solutions in
      solutions.folder.children.contains {
        $0.folder.holds(.yamlManifest) && !solutions.place($0).files(.yamlManifest).isEmpty
      }
    }
      || !referenceFiles.isEmpty
  }

  /// In folders of their own, and, made by hand, directly in `connectionreferences`.
  var referenceFiles: [PlacedFile] {
    connectionReferences.flatMap { folder in
      folder.files(.yamlReference) + folder.children.flatMap { $0.files(.yamlReference) }
    }
  }
}

extension Reading {
  /// The solutions that share a YAML root: one for each manifest, at least one.
  mutating func yamlInstances(in layout: Layout, parts: Parts) -> [Instance] {
    let root = layout.root
    let (references, declarations) = yamlReferences(in: layout)
    let flows = consumers(in: parts.flowFolders, of: root.path, isSolution: true)
    let consumers = (flows + parts.others + parts.codeApps).sortedByPath
    var solutions = layout.solutions.flatMap(\.children).compactMap { yamlSolution(in: $0) }
    let publishers = layout.publishers.flatMap(\.children).flatMap { $0.files(.yamlPublisher) }
      .compactMap { read($0, by: caches.yamlPublishers, hidesContent: false) }
    if solutions.isEmpty { solutions = [YAMLSolution(uniqueName: root.path.lastPart)] }
    solutions.sort { $0.uniqueName < $1.uniqueName }
    let membership = YAMLMembership(solutions)
    let unlisted = membership.unlisted(references)
    problems += unlisted.map {
      Problem(
        path: $0.place.path, line: $0.place.line,
        message: "declares '\($0.name)', which no solutioncomponents.yml lists",
        hidesContent: false)
    }
    return solutions.enumerated().map { index, solution in
      let publisher = publishers.first { $0.publisher == solution.publisher }
      return Instance(
        folder: root.path, uniqueName: solution.uniqueName, version: solution.version,
        isManaged: solution.isManaged, form: .yaml,
        publisherPrefix: solution.prefix
          ?? (publisher ?? (publishers.count == 1 ? publishers.first : nil))?.prefix,
        declarations: declarations,
        references: references.filter { membership.holds($0, in: index) },
        externals: solution.externals, unlisted: unlisted,
        memberList: membership.listsReferences ? solution.memberList : nil,
        consumers: consumers.filter { membership.holds($0, in: index) },
        connectors: parts.connectors, missingConnectors: solution.missingConnectors,
        source: root.folder)
    }
  }

  private mutating func yamlReferences(
    in layout: Layout
  ) -> ([Reference], Instance.Declarations) {
    var references: [Reference] = []
    var declarations = Instance.Declarations.read
    for file in layout.referenceFiles {
      if let found = read(file, by: caches.yamlReferences) {
        references += found.map { $0.reference(in: file.path) }
      } else {
        declarations = .unreadable
      }
    }
    return (references, declarations)
  }

  /// Nil for a folder without manifest.
  private mutating func yamlSolution(in folder: PlacedFolder) -> YAMLSolution? {
    guard let file = folder.files(.yamlManifest).first else { return nil }
    var solution = YAMLSolution(uniqueName: folder.path.lastPart)
    if let manifest = read(file, by: caches.yamlManifests) {
      solution.uniqueName = manifest.uniqueName ?? solution.uniqueName
      solution.publisher = manifest.publisher
      solution.prefix = manifest.prefix
      solution.version = manifest.version
      solution.isManaged = manifest.isManaged
    }
    for file in folder.files(.yamlComponents) {
      guard let components = read(file, by: caches.yamlComponents) else { continue }
      solution.components = components
      solution.memberList = file.path
    }
    for file in folder.files(.yamlMissingDependencies) {
      guard let missing = read(file, by: caches.yamlMissing) else { continue }
      solution.externals += missing.externals.map { $0.external(in: file.path) }
      solution.missingConnectors.formUnion(missing.connectors)
    }
    return solution
  }
}

/// A solution of a YAML root, by the files in its folder below `solutions`.
struct YAMLSolution {
  var uniqueName: String
  var publisher: String?
  var prefix: String?
  var version: SolutionVersion?
  var isManaged = false
  var externals: [ExternalReference] = []
  var missingConnectors: Set<String> = []
  /// Nil where there is no list, or it cannot be read.
  var components: YAMLComponents?
  /// The list's path.
  var memberList: String?
}
