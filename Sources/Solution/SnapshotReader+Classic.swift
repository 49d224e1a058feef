extension SnapshotReader {
  /// The solutions whose root is this folder, in all its forms.
  mutating func instances(
    in layout: Layout, from tree: any FileTree, flows selection: FlowSelection, isClaimed: Bool,
    isInClone: Bool
  ) -> (instances: [Instance], problems: [Problem]) {
    var instances: [Instance] = []
    var problems: [Problem] = []
    // The first form found has the consumers: a solution's flows are in one place.
    var found = Parts(flowFolders: layout.flowFolders)
    found.others = parts(in: layout, from: tree, flows: selection, problems: &problems)
    found.codeApps = codeApps(
      in: layout.root, from: tree, flows: selection, problems: &problems)
    found.connectors = connectors(in: layout, from: tree, problems: &problems)
    if layout.isYAML {
      instances += yamlInstances(
        in: layout, parts: found, from: tree, flows: selection, problems: &problems)
      found = Parts()
    }
    if !layout.others.isEmpty,
      let instance = classicInstance(
        .unpacked, in: layout.root, declaredIn: layout.others, parts: found, from: tree,
        flows: selection, problems: &problems)
    {
      instances.append(instance)
      found = Parts()
    }
    if !isClaimed,
      let instance = classicInstance(
        .plain, in: layout.root, declaredIn: [layout.root], parts: found, from: tree,
        flows: selection, problems: &problems)
    {
      instances.append(instance)
      found = Parts()
    }
    if layout.root.isClone || (layout.root.beginsAgent && !(isInClone && layout.root.isInAgents)),
      let instance = clone(
        in: layout.root, connectors: layout.connectors, from: tree, flows: selection,
        problems: &problems)
    {
      instances.append(instance)
    }
    let flows = self.consumers(
      in: found.flowFolders, of: layout.root.path, workflows: [], isSolution: false, from: tree,
      flows: selection, problems: &problems)
    let consumers = flows + found.others
    let hasFlows =
      !consumers.isEmpty || found.flowFolders.contains { $0.holdsFlows(besides: selection) }
    if hasFlows || !found.codeApps.isEmpty {
      instances.append(
        Instance(
          folder: layout.root.path, uniqueName: layout.root.path.lastPart,
          form: hasFlows ? .flowsOnly : .codeApp,
          publisherPrefix: nil, declarations: .absent, references: [], externals: [],
          consumers: (consumers + found.codeApps).sortedByPath, source: layout.root.folder))
    }
    if let package = flowPackage(in: layout, from: tree, flows: selection, problems: &problems) {
      instances.append(package)
    }
    if let app = unpackedApp(
      in: layout.root, from: tree, flows: selection, problems: &problems)
    {
      instances.append(app)
    }
    return (instances, problems)
  }

  /// The consumers of a root that no form has taken for its own yet.
  struct Parts {
    var flowFolders: [PlacedFolder] = []
    /// Apps, agents and other components.
    var others: [Consumer] = []
    var codeApps: [Consumer] = []
    var connectors: [CustomConnector] = []
  }

  /// Nil where `folders` hold no file of a solution.
  private mutating func classicInstance(
    _ form: Instance.Form, in root: PlacedFolder, declaredIn folders: [PlacedFolder],
    parts: Parts, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> Instance? {
    var found = ClassicFiles()
    let declarationFiles = folders.flatMap { $0.files(.customizations) }
    for file in declarationFiles {
      switch customizations.fragment(of: file.file, from: tree) {
      case .success(let customizations?): found.add(customizations, from: file)
      case .success(nil): found.addForeign(file)
      case .failure(let reason): found.addUnreadable(reason, in: file)
      }
    }
    let manifestFiles = folders.flatMap { $0.files(.manifest) }
    for file in manifestFiles {
      switch manifest(of: file, from: tree) {
      case .success(let manifest?): found.add(manifest, from: file)
      case .success(nil): break
      case .failure(let reason): found.addUnreadableManifest(reason, in: file)
      }
    }
    guard found.isSolution else { return nil }
    problems += found.problems
    problems += sameNames(declarationFiles) + sameNames(manifestFiles)
    let flows = consumers(
      in: parts.flowFolders, of: root.path, workflows: found.workflows, isSolution: true,
      from: tree, flows: selection, problems: &problems)
    let known = Set(parts.others.map(\.id))
    let inlined = found.consumers.filter { !known.contains($0.id) }
    return Instance(
      folder: root.path, uniqueName: found.uniqueName ?? root.path.lastPart,
      version: found.version, isManaged: found.isManaged, form: form,
      publisherPrefix: found.prefix, declarations: found.declarations,
      references: found.references, externals: found.externals,
      consumers: (flows + parts.others + parts.codeApps + inlined).sortedByPath,
      connectors: found.connectors + parts.connectors, missingConnectors: found.missingConnectors,
      source: root.folder)
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

extension PlacedFolder {
  /// Whether files that were left out are flows, as far as their names show.
  fileprivate func holdsFlows(besides selection: FlowSelection) -> Bool {
    folder.files.contains {
      $0.role == .flow && !selection.holds($0.content) && FlowFileName($0.name).id != nil
    }
  }
}
