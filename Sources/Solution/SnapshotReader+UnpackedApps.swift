/// Unpacked canvas apps, in a solution's folder or anywhere else.
extension SnapshotReader {
  /// The app whose unpacked files are directly in `folder`; nil where they use no reference.
  mutating func unpackedApp(
    in folder: PlacedFolder, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> Instance? {
    let properties = folder.files(.unpackedApp).filter {
      $0.file.name.lowercased() == "properties.json"
    }
    let connections = folder.folder.children(named: "connections").flatMap {
      folder.place($0).files(.unpackedApp)
    }.filter { $0.file.name.lowercased() == "connections.json" }
    for file in properties + connections where selection.holds(file.file.content) {
      let app: UnpackedApp
      switch unpackedApps.fragment(of: file.file, from: tree) {
      case .success(let fragment?): app = fragment
      case .success(nil): continue
      case .failure(let reason):
        // Other programs have a `Properties.json` too.
        let isKnown = file.file.name.lowercased() == "connections.json"
        problems.append(Problem(reason, in: file, hidesContent: isKnown, mayHideContent: true))
        continue
      }
      let name = folder.path.lastPart.withoutEnding("_DocumentUri")
      let consumer = Consumer(
        kind: .app, id: name.nonEmpty?.lowercased() ?? file.file.name.lowercased(),
        name: name.nonEmpty ?? file.file.name, path: file.path,
        links: app.connections.links, connectorUses: 0, calls: app.connections.calls,
        openEntries: app.connections.openEntries)
      return Instance(
        folder: folder.path, uniqueName: folder.path.lastPart, form: .canvasApp,
        publisherPrefix: nil, declarations: .absent, references: [], externals: [],
        consumers: [consumer], source: folder.folder)
    }
    return nil
  }

  /// An app whose metadata names references is one consumer, and its unpacked files no second one.
  static func withoutUnpackedTwins(_ instances: [Instance]) -> [Instance] {
    guard instances.contains(where: { $0.form == .canvasApp }) else { return instances }
    let known = Set(
      instances.filter { $0.form != .canvasApp }.flatMap(\.consumers)
        .filter { $0.kind == .app && !$0.links.isEmpty }.map(\.id))
    return instances.filter {
      $0.form != .canvasApp || !$0.consumers.contains { known.contains($0.id) }
    }
  }
}

extension String {
  /// Without `ending`, whose letter case is ignored.
  fileprivate func withoutEnding(_ ending: String) -> String {
    lowercased().hasSuffix(ending.lowercased()) ? String(dropLast(ending.count)) : self
  }
}
