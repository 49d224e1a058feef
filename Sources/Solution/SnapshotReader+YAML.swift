extension Layout {
  /// The documented test of the format is `solutions/*/solution.yml`; a folder of references alone is
  /// enough for a root whose manifests were not committed.
  var isYAML: Bool {
    solutions.contains { $0.children.contains { !$0.files(.yamlManifest).isEmpty } }
      || !referenceFiles.isEmpty
  }

  /// In folders of their own, and, made by hand, directly in `connectionreferences`.
  var referenceFiles: [PlacedFile] {
    connectionReferences.flatMap { folder in
      folder.files(.yamlReference) + folder.children.flatMap { $0.files(.yamlReference) }
    }
  }
}

extension SnapshotReader {
  /// The solutions that share a YAML root: one for each manifest, at least one.
  mutating func yamlInstances(
    in layout: Layout, parts: Parts, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> [Instance] {
    let root = layout.root
    let (references, declarations) = yamlReferences(in: layout, from: tree, problems: &problems)
    let flows = consumers(
      in: parts.flowFolders, of: root.path, workflows: [], isSolution: true, from: tree,
      flows: selection, problems: &problems)
    let consumers = (flows + parts.others + parts.codeApps).sortedByPath
    var solutions = layout.solutions.flatMap(\.children).compactMap {
      yamlSolution(in: $0, from: tree, problems: &problems)
    }
    let publishers = yamlPublishers(in: layout, from: tree, problems: &problems)
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
        references: references.filter { membership.holds($0.name, in: index) },
        externals: solution.externals, unlisted: unlisted, memberList: solution.memberList,
        consumers: consumers.filter { membership.holds($0, in: index) },
        connectors: parts.connectors, missingConnectors: solution.missingConnectors,
        source: root.folder)
    }
  }

  private mutating func yamlReferences(
    in layout: Layout, from tree: any FileTree, problems: inout [Problem]
  ) -> ([Reference], Instance.Declarations) {
    var references: [Reference] = []
    var declarations = Instance.Declarations.read
    for file in layout.referenceFiles {
      switch yamlReferences.fragment(of: file.file, from: tree) {
      case .success(let found): references += found.map { $0.reference(in: file.path) }
      case .failure(let reason):
        declarations = .unreadable
        problems.append(Problem(reason, in: file))
      }
    }
    return (references, declarations)
  }

  /// Nil for a folder without manifest.
  private mutating func yamlSolution(
    in folder: PlacedFolder, from tree: any FileTree, problems: inout [Problem]
  ) -> YAMLSolution? {
    guard let file = folder.files(.yamlManifest).first else { return nil }
    var solution = YAMLSolution(uniqueName: folder.path.lastPart)
    switch yamlManifests.fragment(of: file.file, from: tree) {
    case .success(let manifest):
      solution.uniqueName = manifest.uniqueName ?? solution.uniqueName
      solution.publisher = manifest.publisher
      solution.prefix = manifest.prefix
      solution.version = manifest.version
      solution.isManaged = manifest.isManaged
    case .failure(let reason): problems.append(Problem(reason, in: file))
    }
    for file in folder.files(.yamlComponents) {
      switch yamlComponents.fragment(of: file.file, from: tree) {
      case .success(let components):
        solution.components = components
        solution.memberList = file.path
      case .failure(let reason): problems.append(Problem(reason, in: file))
      }
    }
    for file in folder.files(.yamlMissingDependencies) {
      switch yamlMissing.fragment(of: file.file, from: tree) {
      case .success(let missing):
        solution.externals += missing.externals.map { $0.external(in: file.path) }
        solution.missingConnectors.formUnion(missing.connectors)
      case .failure(let reason): problems.append(Problem(reason, in: file))
      }
    }
    return solution
  }

  private mutating func yamlPublishers(
    in layout: Layout, from tree: any FileTree, problems: inout [Problem]
  ) -> [Manifest] {
    var publishers: [Manifest] = []
    for file in layout.publishers.flatMap(\.children).flatMap({ $0.files(.yamlPublisher) }) {
      switch yamlPublishers.fragment(of: file.file, from: tree) {
      case .success(let publisher): publishers.append(publisher)
      case .failure(let reason):
        problems.append(Problem(reason, in: file, hidesContent: false))
      }
    }
    return publishers
  }
}
