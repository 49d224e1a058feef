import Platform
package import Solution

extension RuleExample {
  /// The example as rules see it. Nothing is known of the past.
  package var comparison: Comparison {
    Comparison(before: Self.snapshot(of: before), after: Self.snapshot(of: after))
  }

  /// An example of one revision as state rules see it.
  package var state: State { State(Self.snapshot(of: after), conventions: conventions) }

  /// The same as what a change brings to an empty repository.
  package var addition: Comparison {
    Comparison(before: .empty, after: Self.snapshot(of: after), conventions: conventions)
  }

  /// Parts laid out as an unpacked solution would be, one folder a solution.
  package static func snapshot(of parts: [ExamplePart]) -> Snapshot {
    let solutions = Set(parts.compactMap(\.solution)).sorted()
    let instances = solutions.compactMap { solution in
      instance(
        solution, parts.filter { $0.solution == solution }, connectors: connectors(in: parts))
    }
    return Snapshot(instances: instances, settings: settings(of: parts))
  }

  /// A link knows its connector; where nothing in the example declares the name, it knows none.
  private static func connectors(in parts: [ExamplePart]) -> [String: String] {
    var connectors: [String: String] = [:]
    for case .reference(let name, _, let connector, _) in parts { connectors[name] = connector }
    for case .declaration(let name, _, let connector?, _, _, _) in parts {
      connectors[name] = connector
    }
    return connectors
  }

  private static func instance(
    _ name: String, _ parts: [ExamplePart], connectors: [String: String]
  ) -> Instance? {
    let folder = "solutions/\(name)"
    var references: [Reference] = []
    var externals: [ExternalReference] = []
    var consumers: [Consumer] = []
    var custom: [CustomConnector] = []
    for (position, part) in parts.enumerated() {
      let place = Place(path: "\(folder)/Other/Customizations.xml", line: position + 10)
      switch part {
      case .reference(let reference, let displayName, let connector, _):
        references.append(
          Reference(
            name: LogicalName(reference), displayName: displayName,
            connector: Connector(path: connector), isStub: false, place: place))
      case .stub(let reference, _):
        references.append(
          Reference(
            name: LogicalName(reference), displayName: nil, connector: nil, isStub: true,
            place: place))
      case .external(let reference, let origin, _):
        externals.append(
          ExternalReference(
            name: LogicalName(reference), origin: origin,
            place: Place(path: "\(folder)/Other/Solution.xml", line: position + 10)))
      case .flow(let flow, let names, let uses, let unlisted, let operations, _):
        consumers.append(
          consumer(
            flow, names, uses: uses ?? names.count + unlisted.count, unlisted: unlisted,
            operations: operations, connectors: connectors, in: folder))
      case .declaration(let reference, let title, let connector, let id, let isOpen, _):
        references.append(
          Reference(
            name: LogicalName(reference), displayName: title,
            connector: connector.map { Connector(path: $0, customID: id) }, isStub: false,
            isCustomizable: isOpen, place: place))
      case .connector(let name, let id, _):
        custom.append(
          CustomConnector(
            id: id, name: name, displayName: nil,
            place: Place(path: "\(folder)/Connectors/\(name).xml", line: 3)))
      case .link(
        let flow, let reference, let connector, let id, let isInvoker, let children, let action, _):
        let stated = (connector ?? connectors[reference]).map { Connector(path: $0) }
        let used = action ?? "shared_x"
        consumers.append(
          Consumer(
            kind: .flow, id: id ?? flow.lowercased(), name: flow,
            path: "\(folder)/Workflows/\(flow).json",
            links: [
              Link(
                alias: "shared_x", reference: LogicalName(reference), embeddedConnection: nil,
                connector: stated, line: 5, isInvoker: isInvoker)
            ], connectorUses: 1, usedAliases: [used],
            uses: [ConnectorUse(alias: used, connector: stated, line: 20)],
            childFlows: children.map { $0.lowercased() }))
      case .embedded(let flow, let connection, _):
        consumers.append(
          Consumer(
            kind: .flow, id: flow.lowercased(), name: flow,
            path: "\(folder)/Workflows/\(flow).json",
            links: [
              Link(
                alias: "shared_x", reference: nil, embeddedConnection: connection, connector: nil,
                line: 5)
            ], connectorUses: 1))
      case .row:
        continue
      }
    }
    var pool = FolderPool()
    let content = ContentID(digest(of: String(describing: parts)))
    guard
      let source = pool.folder(
        files: [
          Folder.File(
            name: "Customizations.xml", content: content, kind: .regular, role: .customizations)
        ], children: [])
    else { return nil }
    return Instance(
      folder: folder, uniqueName: name, form: .unpacked, publisherPrefix: "sales",
      declarations: .read,
      references: references, externals: externals, consumers: consumers, connectors: custom,
      source: source)
  }

  private static func consumer(
    _ name: String, _ references: [String?], uses: Int, unlisted: [String],
    operations: [String], connectors: [String: String], in folder: String
  ) -> Consumer {
    let links = references.enumerated().map { position, reference in
      Link(
        alias: "shared_x_\(position)", reference: reference.map { LogicalName($0) },
        embeddedConnection: nil,
        connector: reference.flatMap { connectors[$0] }.map { Connector(path: $0) },
        line: position + 5)
    }
    return Consumer(
      kind: .flow, id: name.lowercased(), name: name, path: "\(folder)/Workflows/\(name).json",
      links: links, connectorUses: uses,
      usedAliases: uses == 0 ? [] : (links.map(\.alias) + unlisted).sorted(),
      operations: operations)
  }

  private static func settings(of parts: [ExamplePart]) -> [SettingsFile] {
    var rows: [String: [SettingsRow]] = [:]
    for (position, part) in parts.enumerated() {
      guard case .row(let reference, let connection, let connector, let owner, let file) = part
      else { continue }
      rows[file, default: []].append(
        SettingsRow(
          reference: LogicalName(reference), connectionID: connection,
          connector: connector.map { Connector(path: $0) }, owner: owner, line: position + 3))
    }
    return rows.sorted { $0.key < $1.key }.map { SettingsFile(path: $0.key, rows: $0.value) }
  }

  /// Twenty bytes that differ where the text does.
  private static func digest(of text: String) -> [UInt8] {
    let digest = fnv1a(text.utf8)
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: digest >> (8 * $0)) }
    return bytes + [UInt8](repeating: 0, count: 12)
  }
}

extension ExamplePart {
  /// Nil for a settings row.
  fileprivate var solution: String? {
    switch self {
    case .reference(_, _, _, let solution), .stub(_, let solution), .external(_, _, let solution),
      .flow(_, _, _, _, _, let solution), .embedded(_, _, let solution),
      .declaration(_, _, _, _, _, let solution), .connector(_, _, let solution),
      .link(_, _, _, _, _, _, _, let solution):
      solution
    case .row: nil
    }
  }
}
