/// The connections of a canvas app or a code app: a JSON object keyed by GUID.
///
/// `{"<GUID>": {"id": "/providers/microsoft.powerapps/apis/shared_sql", "displayName": …,
/// "xrmConnectionReferenceLogicalName": "…"}}`. The GUID is new whenever the data source is added
/// again, so it is no identity; `displayName` is the connector's, in the maker's language. Most
/// entries name no reference: the app's user brings the connection. `sharedConnectionId` is a
/// connection of one environment, with or without a reference beside it; `dataSources` lists what the
/// app reads through the entry, and stays when the GUID changes. Unpacked apps have the entry in
/// `connectionRef`.
///
/// An entry for the connector `shared_logicflows` is a flow that the app calls:
/// `"parameterHints": {"workflowEntityId": {"value": "<GUID>"}}` is that flow's WorkflowId, so the
/// app does not work where the flow does not run. Code apps have `"workflowDetails":
/// {"workflowEntityId": "<GUID>"}`.
///
/// Source: 711 public entries; "Use a connection reference in a solution" of Microsoft's
/// documentation (canvas apps use references for implicitly shared connections alone).
struct AppConnections: Hashable, Sendable {
  /// Of entries that use a reference.
  private(set) var links: [Link] = []
  /// Of the others, but for those that call a flow; with the connection where they name one.
  private(set) var openEntries: [Link] = []
  /// The ids of the flows that the app calls, as a flow's `Consumer.id`; each once, sorted.
  private(set) var calls: [String] = []

  var isEmpty: Bool { links.isEmpty && calls.isEmpty && openEntries.isEmpty }

  /// Asked before anything is parsed.
  static func areMentioned(in bytes: [UInt8]) -> Bool {
    namesReference(in: bytes) || mentions(flow, in: bytes) || mentions(sources, in: bytes)
      || mentions(connection, in: bytes)
  }

  /// The same of references alone.
  static func namesReference(in bytes: [UInt8]) -> Bool { mentions(reference, in: bytes) }

  private static let reference = "xrmConnectionReferenceLogicalName"
  private static let flow = "workflowEntityId"
  private static let sources = "dataSources"
  private static let connection = "sharedConnectionId"

  init() {}

  /// Reads the next value, an object.
  init(_ reader: inout JSONReader, _ lines: inout LineCounter) throws(Unreadable) {
    guard try reader.enterObjectIfAny() != nil else { return }
    while let key = try reader.nextKey() {
      var entry = Entry()
      try entry.read(&reader)
      if let flow = entry.flow, !calls.contains(flow) { calls.append(flow) }
      let name = entry.reference.flatMap { $0.range.isEmpty ? nil : $0 }
      let connection = entry.connection.map(reader.value)?.nonEmpty
      let connector = entry.connector.map { Connector(path: reader.value(of: $0)) }
      let link = Link(
        alias: reader.value(of: key), reference: name.map { LogicalName(reader.value(of: $0)) },
        embeddedConnection: name == nil ? connection : nil, connector: connector,
        line: lines.line(at: (name ?? entry.connection ?? key).range.lowerBound),
        sources: entry.sources.isEmpty
          ? [connector?.stableName].compactMap { $0 } : entry.sources.sorted())
      if name != nil {
        links.append(link)
      } else if entry.flow == nil, connector != nil {
        openEntries.append(link)
      }
    }
    calls.sort()
  }

  /// Reads JSON text inside another file, from `line` on.
  init(text: String, line: Int) throws(Unreadable) {
    let bytes = Array(text.utf8)
    guard Self.areMentioned(in: bytes) else {
      self.init()
      return
    }
    var reader = JSONReader(bytes)
    var lines = LineCounter(bytes)
    do {
      try self.init(&reader, &lines)
      try reader.finish()
      for index in links.indices { links[index].line += line - 1 }
      for index in openEntries.indices { openEntries[index].line += line - 1 }
    } catch {
      throw Unreadable(
        line: line + (error.line ?? 1) - 1, "its ConnectionReferences \(error.message)")
    }
  }

  private struct Entry {
    var reference: JSONString?
    var connector: JSONString?
    var connection: JSONString?
    /// In lower case.
    var sources: [String] = []
    var flow: String?

    mutating func read(_ reader: inout JSONReader) throws(Unreadable) {
      guard try reader.enterObjectIfAny() != nil else { return }
      while let key = try reader.nextKey() {
        if reader.isEqual(key, AppConnections.reference) {
          reference = try reader.stringIfAny()
        } else if reader.isEqual(key, "id") {
          // Outside `connectionRef` of an unpacked app this is the key once more.
          let id = try reader.stringIfAny()
          connector = connector ?? id.flatMap { reader.value(of: $0).contains("/") ? $0 : nil }
        } else if reader.isEqual(key, AppConnections.connection) {
          connection = try reader.stringIfAny()
        } else if reader.isEqual(key, AppConnections.sources), reader.kind() == .array {
          try reader.enterArray()
          while try reader.nextElement() {
            if let source = try reader.stringIfAny() {
              sources.append(reader.value(of: source).lowercased())
            }
          }
        } else if reader.isEqual(key, "connectionRef") {
          try read(&reader)
        } else if reader.isEqual(key, "parameterHints") || reader.isEqual(key, "workflowDetails") {
          try readFlow(&reader)
        } else {
          try reader.skip()
        }
      }
    }

    private mutating func readFlow(_ reader: inout JSONReader) throws(Unreadable) {
      guard try reader.enterObjectIfAny() != nil else { return }
      while let key = try reader.nextKey() {
        guard reader.isEqual(key, AppConnections.flow) else {
          try reader.skip()
          continue
        }
        var id = reader.kind() == .string ? try reader.string() : nil
        if id == nil, try reader.enterObjectIfAny() != nil {
          while let key = try reader.nextKey() {
            let value = try reader.stringIfAny()
            if reader.isEqual(key, "value") { id = value }
          }
        }
        flow = id.flatMap { reader.value(of: $0).trimmingSpace.nonEmpty?.lowercased() } ?? flow
      }
    }
  }
}

extension AppConnections {
  /// The app that has these entries.
  func consumer(_ kind: Consumer.Kind, id: String, name: String, path: String) -> Consumer {
    Consumer(
      kind: kind, id: id, name: name, path: path, links: links, calls: calls,
      openEntries: openEntries)
  }
}
