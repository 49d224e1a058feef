/// A flow's file with all that its consumer depends on. Hashed by content alone, which costs least
/// and tells nearly all apart.
struct FlowKey: Hashable, Sendable {
  let folder: String
  let file: Folder.File
  /// The content of `<flow>.json.data.xml`.
  let twin: ContentID?
  /// From the `customizations.xml` of a plain layout.
  let workflow: Workflow?
  let isSolution: Bool

  func hash(into hasher: inout Hasher) { hasher.combine(file.content) }
}

/// What one flow's file came to.
struct FlowReading: Sendable {
  var consumer: Consumer?
  var problems: [Problem] = []
}

extension SnapshotReader {
  /// The flows in `folders`, ordered by path. `isSolution`: a solution's files stand beside them, so
  /// a file that cannot be read is one of its flows; elsewhere only the file's name can tell.
  mutating func consumers(
    in folders: [PlacedFolder], of root: String, workflows: [Workflow], isSolution: Bool,
    from tree: any FileTree, flows selection: FlowSelection, problems: inout [Problem]
  ) -> [Consumer] {
    var consumers: [Consumer] = []
    let byFileName = Dictionary(
      workflows.compactMap { workflow in workflow.fileName.map { ($0, workflow) } },
      uniquingKeysWith: { first, _ in first })
    for folder in folders {
      var twins = FlowTwins(folder.folder)
      for (index, file) in folder.folder.files.enumerated() {
        guard file.role == .flow, file.kind != .submodule, selection.holds(file.content) else {
          continue
        }
        let twin = twins.twin(ofFileAt: index)
        let key = FlowKey(
          folder: folder.path, file: file, twin: twin?.content,
          workflow: byFileName.isEmpty ? nil : byFileName[file.name.lowercased()],
          isSolution: isSolution)
        let reading: FlowReading
        if let known = flowReadings[key] {
          reading = known
        } else {
          reading = self.reading(of: key, twin: twin, root: root, from: tree)
          flowReadings[key] = reading
        }
        problems += reading.problems
        if let consumer = reading.consumer { consumers.append(consumer) }
      }
    }
    if folders.count > 1 { consumers.sort { $0.path < $1.path } }
    return consumers
  }

  private mutating func reading(
    of key: FlowKey, twin: Folder.File?, root: String, from tree: any FileTree
  ) -> FlowReading {
    let path = key.folder.appending(part: key.file.name)
    let placed = PlacedFile(path: path, file: key.file)
    let name = FlowFileName(key.file.name)
    var reading = FlowReading()
    let flow: Flow?
    switch flows.fragment(of: key.file, from: tree) {
    case .success(let fragment): flow = fragment
    case .failure(let reason):
      if key.isSolution || name.id != nil { reading.problems = [Problem(reason, in: placed)] }
      return reading
    }
    var workflow = key.workflow
    // What is no cloud flow may be a desktop flow, of which its metadata alone tells.
    if let twin {
      switch workflows.fragment(of: twin, from: tree) {
      case .success(let fragment): workflow = fragment
      case .failure(let reason):
        let twin = PlacedFile(path: key.folder.appending(part: twin.name), file: twin)
        // The GUID in the flow's own name is enough to know it by.
        let isEnough = flow != nil && name.id != nil
        reading.problems.append(Problem(reason, in: twin, hidesContent: !isEnough))
      }
      reading.consumer = workflow?.desktopFlow(
        in: key.folder.appending(part: twin.name), fallback: path.relative(to: root).lowercased())
    }
    guard let flow, workflow?.isCloudFlow ?? true else { return reading }
    reading.problems += flow.notes.map { Problem($0, in: placed, hidesContent: false) }
    reading.consumer = Consumer(
      kind: .flow, id: name.id ?? workflow?.id ?? path.relative(to: root).lowercased(),
      name: workflow?.name ?? flow.displayName ?? name.title, path: path, links: flow.links,
      connectorUses: flow.connectorUses, usedAliases: flow.usedAliases, uses: flow.uses,
      childFlows: flow.childFlows)
    return reading
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
