extension SnapshotReader {
  /// The cloned agent that begins in `root`. Its list of references may be missing, and then nothing
  /// declares what its parts name; nil where they name nothing either.
  mutating func clone(
    in root: PlacedFolder, connectors folders: [PlacedFolder], from tree: any FileTree,
    flows selection: FlowSelection, problems: inout [Problem]
  ) -> Instance? {
    var references: [Reference] = []
    var declarations = root.isClone ? Instance.Declarations.read : .absent
    for file in root.files(.clone) + root.workspaceReferences {
      switch clones.fragment(of: file.file, from: tree) {
      case .success(let clone):
        references += clone.declarations.map { $0.reference(in: file.path) }
      case .failure(let reason):
        declarations = .unreadable
        problems.append(Problem(reason, in: file))
      }
    }
    var consumers: [Consumer] = []
    var isWhole = true
    for folder in root.cloneFolders(levels: 6) {
      let parts = folder.files(.clonePart) + folder.files(.cloneFlow)
      isWhole = isWhole && parts.allSatisfy { selection.holds($0.file.content) }
      for file in folder.files(.clonePart) where selection.holds(file.file.content) {
        let part = unwrap(agentParts.fragment(of: file.file, from: tree), file, &problems)
        guard let part else { continue }
        let id = file.path.relative(to: root.path)
        consumers.append(
          Consumer(
            kind: .agent, id: id.lowercased(), name: part.name ?? id, path: file.path,
            links: part.links, connectorUses: 0))
      }
      for file in folder.files(.cloneFlow) where selection.holds(file.file.content) {
        if let flow = cloneFlow(in: file, of: folder, below: root, from: tree, &problems) {
          consumers.append(flow)
        }
      }
    }
    if !root.isClone, isWhole, consumers.isEmpty { return nil }
    return Instance(
      folder: root.path, uniqueName: root.path.lastPart, form: .clone, publisherPrefix: nil,
      declarations: declarations, references: references, externals: [],
      consumers: consumers.sortedByPath,
      connectors: folders.flatMap(\.children).compactMap { folder in
        cloneMetadata(in: folder, from: tree).flatMap {
          CustomConnector.Fragment($0.metadata).connector(in: $0.path)
        }
      }, source: root.folder)
  }

  /// Custom connectors of a solution.
  mutating func connectors(
    in layout: Layout, from tree: any FileTree, problems: inout [Problem]
  ) -> [CustomConnector] {
    var found: [CustomConnector] = []
    for file in layout.connectors.flatMap({ $0.files(.connector) }) {
      switch connectors.fragment(of: file.file, from: tree) {
      case .success(let fragment):
        if let connector = fragment?.connector(in: file.path) { found.append(connector) }
      case .failure(let reason): problems.append(Problem(reason, in: file, hidesContent: false))
      }
    }
    return found
  }

  /// `<name>-<GUID>/workflow.json`; the folder is named like a flow's file elsewhere.
  private mutating func cloneFlow(
    in file: PlacedFile, of folder: PlacedFolder, below root: PlacedFolder,
    from tree: any FileTree, _ problems: inout [Problem]
  ) -> Consumer? {
    guard let flow = unwrap(flows.fragment(of: file.file, from: tree), file, &problems) else {
      return nil
    }
    let name = FlowFileName(folder.path.lastPart + ".json")
    let metadata = cloneMetadata(in: folder, from: tree)?.metadata
    return Consumer(
      kind: .flow,
      id: name.id ?? metadata?.workflowID?.lowercased()
        ?? file.path.relative(to: root.path).lowercased(),
      name: metadata?.name ?? flow.displayName ?? name.title, path: file.path, links: flow.links,
      connectorUses: flow.connectorUses, usedAliases: flow.usedAliases, uses: flow.uses,
      childFlows: flow.childFlows, operations: flow.operations)
  }

  /// Nil where it is missing or cannot be read: names are all it would add.
  private mutating func cloneMetadata(
    in folder: PlacedFolder, from tree: any FileTree
  ) -> (metadata: CloneMetadata, path: String)? {
    for file in folder.files(.cloneMetadata) {
      if case .success(let metadata) = cloneMetadata.fragment(of: file.file, from: tree) {
        return (metadata, file.path)
      }
    }
    return nil
  }
}

extension PlacedFolder {
  /// This folder and those below, but for other agents that are cloned into them.
  fileprivate func cloneFolders(levels: Int) -> [PlacedFolder] {
    guard levels > 1 else { return [self] }
    return [self]
      + children.filter { !$0.isClone && (!$0.beginsAgent || $0.isInAgents) }
      .flatMap { $0.cloneFolders(levels: levels - 1) }
  }
}
