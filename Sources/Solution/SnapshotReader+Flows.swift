extension SnapshotReader {
  /// The flows in `folders`. `isSolution`: a solution's files stand beside them, so a file that
  /// cannot be read is one of its flows; elsewhere only the file's name can tell.
  mutating func consumers(
    in folders: [PlacedFolder], of root: String, workflows known: [Workflow], isSolution: Bool,
    from tree: some FileTree, flows selection: FlowSelection, problems: inout [Problem]
  ) -> [Consumer] {
    var consumers: [Consumer] = []
    let byFileName = Dictionary(
      known.compactMap { workflow in workflow.fileName.map { ($0, workflow) } },
      uniquingKeysWith: { first, _ in first })
    for folder in folders {
      let metadata = Dictionary(
        folder.files(.flowMetadata).map { ($0.file.name.lowercased(), $0) },
        uniquingKeysWith: { first, _ in first })
      for file in folder.files(.flow) where selection.holds(file.file.content) {
        let name = FlowFileName(file.file.name)
        let flow: Flow?
        switch flows.fragment(of: file.file, from: tree) {
        case .success(let fragment): flow = fragment
        case .failure(let reason):
          if isSolution || name.id != nil { problems.append(Problem(reason, in: file)) }
          continue
        }
        guard let flow else { continue }
        let key = file.file.name.lowercased()
        var workflow = byFileName[key]
        if let twin = metadata[key + ".data.xml"] {
          switch workflows.fragment(of: twin.file, from: tree) {
          case .success(let fragment): workflow = fragment
          case .failure(let reason):
            // The GUID in the flow's own name is enough to know it by.
            problems.append(Problem(reason, in: twin, hidesContent: name.id == nil))
          }
        }
        guard workflow?.isCloudFlow ?? true else { continue }
        problems += flow.notes.map { Problem($0, in: file, hidesContent: false) }
        consumers.append(
          Consumer(
            kind: .flow,
            id: name.id ?? workflow?.id ?? file.path.relative(to: root).lowercased(),
            name: workflow?.name ?? flow.displayName ?? name.title, path: file.path,
            links: flow.links, connectorUses: flow.connectorUses,
            usedAliases: flow.usedAliases))
      }
    }
    return consumers
  }
}

extension String {
  /// A path below `root` as it is called from there.
  fileprivate func relative(to root: String) -> String {
    root.isEmpty ? self : String(dropFirst(root.count + 1))
  }
}
