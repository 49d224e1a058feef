internal import Parsing

/// `connectionreferences.mcs.yml` of an agent that Copilot Studio's extension for VS Code cloned: the
/// references that the agent and its flows use.
///
/// A list `connectionReferences` of `connectionReferenceLogicalName` and `connectorId`; no display
/// name, no GUID. UTF-8 with a byte order mark and LF. The agent's own files use the references,
/// its flows are in `workflows/<name>-<GUID>/workflow.json`.
///
/// An agent of the new kind, whose workspace `agent.sync.yaml` marks, has a file of the same shape for
/// each reference, with one item: `infrastructure/connections/<logical name>.sync.yaml`. Its tools,
/// `capabilities/tools/*.mcs.yml` of kind `ConnectorTool` or `McpTool`, name the reference and the
/// connector at their top level.
///
/// Source: public clones; Microsoft's vscode-copilotstudio fixtures; a public workspace of 2026.
struct AgentClone: Sendable {
  let declarations: [Declaration]

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> AgentClone {
    let list = try Node(file: bytes).children("connectionReferences")
    return AgentClone(
      declarations: list.compactMap { node in
        guard let name = node.text("connectionReferenceLogicalName") else { return nil }
        return Declaration(
          name: LogicalName(name), connector: node.text("connectorId").map { Connector(path: $0) },
          line: node.child("connectionReferenceLogicalName")?.line ?? node.line)
      })
  }
}

/// `metadata.yml` beside a flow (YAML) or a custom connector (JSON, which YAML includes) of a clone.
struct CloneMetadata: Sendable {
  let name: String?
  let displayName: String?
  let workflowID: String?
  let connectorID: String?
  /// Of an agent's `settings.mcs.yml`.
  let schemaName: String?

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> CloneMetadata {
    let root = try Node(file: bytes)
    return CloneMetadata(
      name: root.text("name"), displayName: root.text("displayname"),
      workflowID: root.text("workflowId"), connectorID: root.text("connectorid"),
      schemaName: root.text("schemaName"))
  }
}

extension Reading {
  /// The cloned agent that begins in `root`. Its list of references may be missing, and then nothing
  /// declares what its parts name; nil where they name nothing either.
  mutating func clone(in root: PlacedFolder, connectors folders: [PlacedFolder]) -> Instance? {
    var references: [Reference] = []
    var declarations = root.isClone ? Instance.Declarations.read : .absent
    for file in root.files(.clone) + root.workspaceReferences {
      if let clone = read(file, by: caches.clones) {
        references += clone.declarations.map { $0.reference(in: file.path) }
      } else {
        declarations = .unreadable
      }
    }
    var consumers: [Consumer] = []
    var isWhole = true
    for folder in root.cloneFolders(levels: 6) {
      let (parts, cloneFlows) = (folder.files(.clonePart), folder.files(.cloneFlow))
      isWhole = isWhole && (parts + cloneFlows).allSatisfy { flows.holds($0.file.content) }
      for file in parts where file.isAgentItself {
        // What looks for links reads no further than those, and an agent is none without these files.
        _ = read(file, by: caches.agentsThemselves)
      }
      for file in parts where flows.holds(file.file.content) {
        guard let part = read(file, by: caches.agentParts) else { continue }
        let id = file.path.relative(to: root.path)
        consumers.append(
          Consumer(
            kind: .agent, id: id.lowercased(), name: part.name ?? id, path: file.path,
            links: part.links, openEntries: part.openEntries))
      }
      for file in cloneFlows where flows.holds(file.file.content) {
        if let flow = cloneFlow(in: file, of: folder, below: root) { consumers.append(flow) }
      }
    }
    if !root.isClone, isWhole, consumers.allSatisfy(\.links.isEmpty) { return nil }
    return Instance(
      folder: root.path, uniqueName: agentName(in: root), form: .clone, publisherPrefix: nil,
      declarations: declarations, references: references, externals: [],
      consumers: consumers.sortedByPath,
      connectors: folders.flatMap(\.children).compactMap { folder in
        cloneMetadata(in: folder).flatMap {
          CustomConnector.Fragment($0.metadata).connector(in: $0.path)
        }
      }, source: root.folder)
  }

  /// The folder's name; at the root of a repository, which has none, that of the agent's schema.
  private func agentName(in root: PlacedFolder) -> String {
    guard root.path.isEmpty else { return root.path.lastPart }
    let settings = root.files(.clonePart).first {
      $0.path.lowercased() == "settings.mcs.yml"
    }
    guard let settings,
      case .success(let metadata) = caches.cloneMetadata.fragment(of: settings.file, from: tree)
    else { return "" }
    return metadata.schemaName ?? ""
  }

  /// `<name>-<GUID>/workflow.json`; the folder is named like a flow's file elsewhere.
  private mutating func cloneFlow(
    in file: PlacedFile, of folder: PlacedFolder, below root: PlacedFolder
  ) -> Consumer? {
    guard let flow = read(file, by: caches.flows) else { return nil }
    let name = FlowFileName(folder.path.lastPart + ".json")
    let metadata = cloneMetadata(in: folder)?.metadata
    return flow.consumer(
      id: name.id ?? metadata?.workflowID?.lowercased()
        ?? file.path.relative(to: root.path).lowercased(),
      name: metadata?.name ?? flow.displayName ?? name.title, path: file.path)
  }

  /// Nil where it is missing or cannot be read: names are all it would add.
  private func cloneMetadata(
    in folder: PlacedFolder
  ) -> (metadata: CloneMetadata, path: String)? {
    for file in folder.files(.cloneMetadata) {
      if case .success(let metadata) = caches.cloneMetadata.fragment(of: file.file, from: tree) {
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
