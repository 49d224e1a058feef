internal import Parsing
import Platform

/// The rows of the table that ties parts of agents to references.
///
/// `Assets/botcomponent_connectionreferenceset.xml` holds them all: a root without namespace or
/// declaration, and per row an element with two attributes whose names hold a dot. Git integration
/// writes a folder for each row, whose name holds both values too, with
/// `botcomponent_connectionreference.yml` inside. A row says again what the part's own file says, so
/// both must change when a reference does.
///
/// Source: public agents (11 files); the N:N table `botcomponent_connectionreference` of Dataverse.
struct AgentLinks: Sendable {
  struct Row: Sendable {
    /// The schema name of the agent's part.
    let part: String
    let reference: LogicalName
    let line: Int
  }

  let rows: [Row]

  /// Nil when the file is of another kind.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> AgentLinks? {
    let isXML = bytes.first { $0 > UInt8(ascii: " ") && $0 < 0x80 } == UInt8(ascii: "<")
    guard isXML, Misplaced.reason(in: bytes) == nil else { return try yaml(bytes) }
    let root = try Element(
      file: bytes, keeping: [set: [row: [:]], row: [:]])
    guard root.name == set || root.name == row else { return nil }
    let elements = root.name == set ? root.children : [root]
    return AgentLinks(
      rows: elements.compactMap { element in
        guard let part = element.attribute(partKey)?.nonEmpty,
          let reference = element.attribute(referenceKey)?.nonEmpty
        else { return nil }
        return Row(part: part, reference: LogicalName(reference), line: element.line)
      })
  }

  private static func yaml(_ bytes: [UInt8]) throws(Unreadable) -> AgentLinks? {
    let rows = try Node(file: bytes).children(row).compactMap { node -> Row? in
      guard let part = node.text("@" + partKey), let reference = node.text("@" + referenceKey)
      else { return nil }
      return Row(
        part: part, reference: LogicalName(reference),
        line: node.child("@" + referenceKey)?.line ?? node.line)
    }
    return rows.isEmpty ? nil : AgentLinks(rows: rows)
  }

  private static let set = "botcomponent_connectionreferenceset"
  private static let row = "botcomponent_connectionreference"
  private static let partKey = "botcomponentid.schemaname"
  private static let referenceKey = "connectionreferenceid.connectionreferencelogicalname"

  /// A row, and the path of its file.
  typealias PlacedRow = (row: Row, path: String)

  /// A consumer for each part of an agent whose row names what its own file does not: the table was
  /// left behind, or the part's file names nothing itself.
  static func consumers(of rows: [PlacedRow], beside parts: [Consumer]) -> [Consumer] {
    guard !rows.isEmpty else { return [] }
    let named = parts.filter { $0.kind == .agent }.keyed(by: \.id)
    var left: [String: [PlacedRow]] = [:]
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
        })
    }
  }
}

extension Reading {
  mutating func agentRows(in file: PlacedFile) -> [AgentLinks.PlacedRow] {
    read(file, by: caches.agentLinks)?.rows.map { ($0, file.path) } ?? []
  }
}
