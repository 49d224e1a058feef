extension SnapshotReader {
  /// The solutions whose root is this folder, in whatever forms it holds.
  mutating func instances(
    in layout: Layout, from tree: any FileTree, flows selection: FlowSelection, isClaimed: Bool
  ) -> (instances: [Instance], problems: [Problem]) {
    var instances: [Instance] = []
    var problems: [Problem] = []
    // The first form found has the flows: a solution's flows stand once.
    var flowFolders = layout.flowFolders
    if layout.isYAML {
      instances += yamlInstances(in: layout, from: tree, flows: selection, problems: &problems)
      flowFolders = []
    }
    if !layout.others.isEmpty,
      let instance = classicInstance(
        .unpacked, in: layout.root, declaredIn: layout.others, flowFolders: flowFolders, from: tree,
        flows: selection, problems: &problems)
    {
      instances.append(instance)
      flowFolders = []
    }
    if !isClaimed,
      let instance = classicInstance(
        .plain, in: layout.root, declaredIn: [layout.root], flowFolders: flowFolders, from: tree,
        flows: selection, problems: &problems)
    {
      instances.append(instance)
      flowFolders = []
    }
    if !flowFolders.isEmpty {
      let consumers = self.consumers(
        in: flowFolders, of: layout.root.path, workflows: [], isSolution: false, from: tree,
        flows: selection, problems: &problems)
      if !consumers.isEmpty || flowFolders.contains(where: { $0.holdsFlows(besides: selection) }) {
        instances.append(
          Instance(
            folder: layout.root.path, uniqueName: layout.root.path.lastPart, form: .flowsOnly,
            publisherPrefix: nil, declarations: .absent, references: [], externals: [],
            consumers: consumers, source: layout.root.folder))
      }
    }
    return (instances, problems)
  }

  /// Nil where `folders` hold no file of a solution.
  private mutating func classicInstance(
    _ form: Instance.Form, in root: PlacedFolder, declaredIn folders: [PlacedFolder],
    flowFolders: [PlacedFolder], from tree: any FileTree, flows selection: FlowSelection,
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
      switch manifests.fragment(of: file.file, from: tree) {
      case .success(let manifest?): found.add(manifest, from: file)
      case .success(nil): break
      case .failure(let reason): found.addUnreadableManifest(reason, in: file)
      }
    }
    guard found.isSolution else { return nil }
    problems += found.problems
    problems += sameNames(declarationFiles) + sameNames(manifestFiles)
    return Instance(
      folder: root.path, uniqueName: found.uniqueName ?? root.path.lastPart, form: form,
      publisherPrefix: found.prefix, declarations: found.declarations,
      references: found.references, externals: found.externals,
      consumers: consumers(
        in: flowFolders, of: root.path, workflows: found.workflows, isSolution: true, from: tree,
        flows: selection, problems: &problems),
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
  /// Whether files that were left out are flows, as far as their names tell.
  fileprivate func holdsFlows(besides selection: FlowSelection) -> Bool {
    folder.files.contains {
      $0.role == .flow && !selection.holds($0.content) && FlowFileName($0.name).id != nil
    }
  }
}
