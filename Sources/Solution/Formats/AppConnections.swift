/// The connections of a canvas app or a code app: a JSON object keyed by GUID.
///
/// `{"<GUID>": {"id": "/providers/microsoft.powerapps/apis/shared_sql", "displayName": …,
/// "xrmConnectionReferenceLogicalName": "…"}}`. The GUID is new whenever the data source is added
/// again, so it is no identity; `displayName` is the connector's, in the maker's language. Most
/// entries name no reference: the app's user brings the connection. `sharedConnectionId` is a
/// connection of one environment, with or without a reference beside it. Unpacked apps have the entry
/// in `connectionRef`.
///
/// Source: 711 public entries; "Use a connection reference in a solution" of Microsoft's
/// documentation (canvas apps use references for implicitly shared connections alone).
enum AppConnections {
  static let word = "xrmConnectionReferenceLogicalName"

  /// The links of the object that comes next; entries that name no reference are none.
  static func links(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) -> [Link] {
    guard reader.kind() == .object else {
      try reader.skip()
      return []
    }
    var links: [Link] = []
    try reader.enterObject()
    while let key = try reader.nextKey() {
      var entry = Entry()
      try entry.read(&reader)
      guard let name = entry.reference, !name.range.isEmpty else { continue }
      links.append(
        Link(
          alias: reader.value(of: key), reference: LogicalName(reader.value(of: name)),
          embeddedConnection: nil,
          connector: entry.connector.map { Connector(path: reader.value(of: $0)) },
          line: lines.line(at: name.range.lowerBound)))
    }
    return links
  }

  /// The same of JSON text that stands inside another file, from `line` on.
  static func links(inText text: String, line: Int) throws(Unreadable) -> [Link] {
    let bytes = Array(text.utf8)
    guard mentions(word, in: bytes) else { return [] }
    var reader = JSONReader(bytes)
    var lines = LineCounter(bytes)
    do {
      let links = try links(&reader, &lines)
      try reader.finish()
      return links.map { $0.moved(down: line - 1) }
    } catch {
      throw Unreadable(
        line: line + (error.line ?? 1) - 1, "its ConnectionReferences \(error.message)")
    }
  }

  private struct Entry {
    var reference: JSONString?
    var connector: JSONString?

    mutating func read(_ reader: inout JSONReader) throws(Unreadable) {
      guard reader.kind() == .object else {
        try reader.skip()
        return
      }
      try reader.enterObject()
      while let key = try reader.nextKey() {
        if reader.isEqual(key, AppConnections.word) {
          reference = try reader.stringIfAny()
        } else if reader.isEqual(key, "id") {
          // Outside `connectionRef` of an unpacked app this is the key once more.
          let id = try reader.stringIfAny()
          connector = connector ?? id.flatMap { reader.value(of: $0).contains("/") ? $0 : nil }
        } else if reader.isEqual(key, "connectionRef") {
          try read(&reader)
        } else {
          try reader.skip()
        }
      }
    }
  }
}

extension Link {
  fileprivate func moved(down lines: Int) -> Link {
    Link(
      alias: alias, reference: reference, embeddedConnection: embeddedConnection,
      connector: connector, line: line + lines)
  }
}
