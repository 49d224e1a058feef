/// Apps, agents and other components: the parts beside the flows in a solution's root.
extension SnapshotReader {
  /// The consumers in the root's folders that are no flows, in no order. `selection` holds for them as
  /// for flows.
  mutating func parts(
    in layout: Layout, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> [Consumer] {
    var consumers: [Consumer] = []
    var rows: [(row: AgentLinks.Row, path: String)] = []
    for file in layout.components.flatMap({ $0.consumerFiles(levels: 3) })
    where selection.holds(file.file.content) {
      if file.file.role == .agentLinks {
        rows += self.rows(in: file, from: tree, problems: &problems)
      } else if let consumer = part(
        in: file, of: layout.root.path, from: tree, problems: &problems)
      {
        consumers.append(consumer)
      }
    }
    return consumers + agentLinks(rows, beside: consumers)
  }

  /// Code apps whose configuration is directly in `folder`.
  mutating func codeApps(
    in folder: PlacedFolder, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> [Consumer] {
    var consumers: [Consumer] = []
    for file in folder.files(.codeApp) where selection.holds(file.file.content) {
      switch codeApps.fragment(of: file.file, from: tree) {
      case .success(let app?):
        consumers.append(
          Consumer(
            kind: .codeApp, id: file.path.lowercased(),
            name: app.displayName ?? folder.path.lastPart, path: file.path,
            links: app.connections.links, connectorUses: 0, calls: app.connections.calls,
            openEntries: app.connections.openEntries))
      case .success(nil): break
      case .failure(let reason): problems.append(Problem(reason, in: file))
      }
    }
    return consumers
  }

  private mutating func part(
    in file: PlacedFile, of root: String, from tree: any FileTree, problems: inout [Problem]
  ) -> Consumer? {
    let id = file.path.relative(to: root).lowercased()
    switch file.file.role {
    case .canvasApp:
      return unwrap(canvasApps.fragment(of: file.file, from: tree), file, &problems).map {
        $0.consumer(in: file.path, fallback: id)
      }
    case .agentPart:
      let schema = file.path.parentPart
      return unwrap(agentParts.fragment(of: file.file, from: tree), file, &problems).map {
        Consumer(
          kind: .agent, id: schema.lowercased(), name: $0.name ?? schema, path: file.path,
          links: $0.links, connectorUses: 0)
      }
    case .component:
      return unwrap(components.fragment(of: file.file, from: tree), file, &problems).map {
        Consumer(
          kind: .component, id: id, name: file.path.relative(to: root), path: file.path,
          links: $0.links, connectorUses: 0)
      }
    default: return nil
    }
  }

  private mutating func rows(
    in file: PlacedFile, from tree: any FileTree, problems: inout [Problem]
  ) -> [(row: AgentLinks.Row, path: String)] {
    unwrap(agentLinks.fragment(of: file.file, from: tree), file, &problems)?.rows
      .map { ($0, file.path) } ?? []
  }

  /// A consumer for each part of an agent whose row names what its own file does not: the table was
  /// left behind, or the part's file names nothing itself.
  private func agentLinks(
    _ rows: [(row: AgentLinks.Row, path: String)], beside parts: [Consumer]
  ) -> [Consumer] {
    guard !rows.isEmpty else { return [] }
    let named = Dictionary(
      parts.filter { $0.kind == .agent }.map { ($0.id, $0) },
      uniquingKeysWith: { first, _ in first })
    var left: [String: [(row: AgentLinks.Row, path: String)]] = [:]
    for entry in rows {
      let part = entry.row.part.lowercased()
      let isSaid = named[part]?.links.contains { $0.reference == entry.row.reference } ?? false
      if !isSaid { left[part, default: []].append(entry) }
    }
    return left.compactMap { part, entries in
      guard let first = entries.first else { return nil }
      return Consumer(
        kind: .agent, id: part + YAMLComponents.rowSuffix, name: first.row.part, path: first.path,
        links: entries.map {
          Link(
            alias: $0.row.reference.key, reference: $0.row.reference, embeddedConnection: nil,
            connector: $0.row.reference.agentConnector, line: $0.row.line)
        }, connectorUses: 0)
    }
  }

  /// Nil, and a problem where there is one, for what holds nothing.
  func unwrap<Fragment>(
    _ result: Result<Fragment?, Unreadable>, _ file: PlacedFile, _ problems: inout [Problem]
  ) -> Fragment? {
    switch result {
    case .success(let fragment): return fragment
    case .failure(let reason):
      problems.append(Problem(reason, in: file))
      return nil
    }
  }
}

extension CanvasApp {
  /// `fallback`: its identity where the file names none.
  func consumer(in path: String, fallback: String) -> Consumer {
    Consumer(
      kind: .app, id: name?.lowercased() ?? fallback, name: displayName ?? name ?? path.lastPart,
      path: path, links: connections.links, connectorUses: 0, calls: connections.calls,
      openEntries: connections.openEntries)
  }
}

extension PlacedFolder {
  /// The files that name references and are no flows, here and in the levels below.
  fileprivate func consumerFiles(levels: Int) -> [PlacedFile] {
    let own = folder.files.filter {
      $0.role.isConsumer && $0.role != .flow && $0.kind != .submodule
    }.map { PlacedFile(path: path.appending(part: $0.name), file: $0) }
    guard levels > 1 else { return own }
    return own + children.flatMap { $0.consumerFiles(levels: levels - 1) }
  }
}

extension String {
  /// The last part of a path's folder.
  fileprivate var parentPart: String {
    let parts = split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : ""
  }
}
