internal import Parsing

extension CustomConnector {
  /// `Connectors/<name>.xml`, `<Connector>` in the `customizations.xml` of a plain layout, and
  /// `connectors/<name>-<GUID>/metadata.yml` of a cloned agent, which is JSON too.
  ///
  /// `connectorid` is a GUID that every environment shares, `name` a stable name. The id by which
  /// references and flows name the connector, `shared_<name>-5f<16 digits>`, differs in each
  /// environment and is in the clone's file alone.
  ///
  /// Source: 18 public connectors, none with the internal id in a solution's file.
  struct Fragment: Sendable {
    private let id: String?
    private let name: String?
    private let displayName: String?
    private let line: Int

    static let selection: Selection = [
      "connectorid": .everything, "name": .everything, "displayname": .everything,
    ]

    init(_ element: Element) {
      id = element.child("connectorid")?.text.trimmingSpace.nonEmpty
      name = element.child("name")?.text.trimmingSpace.nonEmpty
      displayName = element.child("displayname")?.text.trimmingSpace.nonEmpty
      line = element.child("connectorid")?.line ?? element.line
    }

    init(_ metadata: CloneMetadata) {
      id = metadata.connectorID
      name = metadata.name
      displayName = metadata.displayName
      line = 1
    }

    /// Nil when the root is another: `Connectors` may hold anything.
    static func read(_ bytes: [UInt8]) throws(Unreadable) -> Fragment? {
      let root = try Element(file: bytes, keeping: ["Connector": selection])
      return root.name == "Connector" ? Fragment(root) : nil
    }

    /// Nil where an id or a name is missing.
    func connector(in path: String) -> CustomConnector? {
      guard let id, let name else { return nil }
      return CustomConnector(
        id: id.lowercased().trimmingBraces, name: name, displayName: displayName,
        place: Place(path: path, line: line))
    }
  }
}

extension Reading {
  /// Custom connectors of a solution.
  mutating func connectors(in layout: Layout) -> [CustomConnector] {
    layout.connectors.flatMap { $0.files(.connector) }.compactMap { file in
      read(file, by: caches.connectors, hidesContent: false)?.connector(in: file.path)
    }
  }
}
