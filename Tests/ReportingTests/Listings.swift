import Solution

/// Snapshots in a line or two.
enum Listings {
  static let source = makeFolder()

  static func snapshot(
    name: String = "Sales", folder: String = "solutions/Sales", prefix: String? = "new",
    references: [Reference] = [], externals: [ExternalReference] = [], consumers: [Consumer] = [],
    settings: [SettingsFile] = []
  ) -> Snapshot {
    Snapshot(
      instances: [
        instance(
          name: name, folder: folder, prefix: prefix, references: references, externals: externals,
          consumers: consumers)
      ].compactMap { $0 }, settings: settings)
  }

  static func instance(
    name: String = "Sales", folder: String = "solutions/Sales", prefix: String? = "new",
    declarations: Instance.Declarations = .read, references: [Reference] = [],
    externals: [ExternalReference] = [], consumers: [Consumer] = []
  ) -> Instance? {
    source.map {
      Instance(
        folder: folder, uniqueName: name, form: .unpacked, publisherPrefix: prefix,
        declarations: declarations, references: references, externals: externals,
        consumers: consumers, source: $0)
    }
  }

  static func reference(
    _ name: String, displayName: String? = "SharePoint Sales",
    connector: String? = "shared_sharepointonline", isStub: Bool = false, line: Int = 214
  ) -> Reference {
    Reference(
      name: LogicalName(name), displayName: displayName,
      connector: connector.map { Connector(path: $0) }, isStub: isStub,
      place: Place(path: "solutions/Sales/Other/Customizations.xml", line: line))
  }

  static func flow(
    _ name: String, names references: [String?], embeds connection: String? = nil,
    path: String = "solutions/Sales/Workflows/Notify-1.json"
  ) -> Consumer {
    Consumer(
      kind: .flow, id: name.lowercased(), name: name, path: path,
      links: references.enumerated().map { number, reference in
        Link(
          alias: "shared_x_\(number)", reference: reference.map { LogicalName($0) },
          embeddedConnection: connection, connector: nil, line: 9 + number)
      }, connectorUses: references.count)
  }

  /// A canvas app that names no reference itself.
  static func app(_ name: String, id: String, calls flows: [String]) -> Consumer {
    Consumer(
      kind: .app, id: id, name: name, path: "solutions/Sales/CanvasApps/\(id).meta.xml", links: [],
      calls: flows)
  }

  static func settings(_ path: String, _ rows: [(name: String, id: String?)]) -> SettingsFile {
    SettingsFile(
      path: path,
      rows: rows.enumerated().map { number, row in
        SettingsRow(
          reference: LogicalName(row.name), connectionID: row.id, connector: nil, owner: nil,
          line: 4 + number)
      })
  }

  private static func makeFolder() -> Folder? {
    var pool = FolderPool()
    let content = ContentID([UInt8](repeating: 0, count: 20))
    return pool.folder(
      files: [
        Folder.File(
          name: "Customizations.xml", content: content, kind: .regular, role: .customizations)
      ], children: [])
  }
}
