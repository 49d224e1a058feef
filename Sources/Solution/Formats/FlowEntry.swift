/// One value of a flow's `connectionReferences`.
///
/// | keys | meaning |
/// | --- | --- |
/// | `connection.connectionReferenceLogicalName`, `api.name` | names a reference |
/// | the same and `api.logicalName` | for a custom connector, whose `api.name` differs by environment |
/// | the same and `connectionName` or `connection.name` | the live connection beside it: says nothing |
/// | `connection` empty, `api.name` | unbound; mostly an export of 2020 or 2021 |
/// | `connectionName`, `id`, `source`, `tier` | a package for one environment: a connection, no reference |
///
/// `runtimeSource` (`embedded` or `invoker`), `impersonation`, `source` and `tier` say who supplies the connection at run time,
/// never which reference is meant.
///
/// Source: 892 entries at the tips and 729 files of the histories of public repositories.
struct FlowEntry {
  private var reference: LogicalName?
  private var connection: String?
  private var connectorName: String?
  private var connectorPath: String?
  private var connectorLogicalName: String?
  private var isInvoker = false
  /// Of the logical name, else of the entry.
  private(set) var position: Int

  /// Reads the next value; `start` is where its key begins.
  init(_ reader: inout JSONReader, start: Int) throws(Unreadable) {
    position = start
    guard try reader.enterObjectIfAny() != nil else { return }
    while let key = try reader.nextKey() {
      if reader.isEqual(key, "connection"), reader.kind() == .object {
        try readConnection(&reader)
      } else if reader.isEqual(key, "api"), reader.kind() == .object {
        try readAPI(&reader)
      } else {
        let value = try reader.stringIfAny()
        guard let value else { continue }
        if reader.isEqual(key, "connectionReferenceLogicalName") {
          setReference(value, reader)
        } else if reader.isEqual(key, "runtimeSource") {
          isInvoker = reader.value(of: value).lowercased() == "invoker"
        } else if reader.isEqual(key, "connectionName") {
          connection = reader.value(of: value).nonEmpty
        } else if reader.isEqual(key, "id") || reader.isEqual(key, "apiId") {
          connectorPath = reader.value(of: value).nonEmpty
        } else if reader.isEqual(key, "apiName") {
          connectorName = connectorName ?? reader.value(of: value).nonEmpty
        }
      }
    }
  }

  func link(alias: String, line: Int) -> Link {
    Link(
      alias: alias, reference: reference, embeddedConnection: reference == nil ? connection : nil,
      connector: (connectorName ?? connectorPath).map {
        Connector(path: $0, logicalName: connectorLogicalName)
      },
      line: line, isInvoker: isInvoker)
  }

  private mutating func readConnection(_ reader: inout JSONReader) throws(Unreadable) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard let value = try reader.stringIfAny() else { continue }
      if reader.isEqual(key, "connectionReferenceLogicalName") {
        setReference(value, reader)
      } else if reader.isEqual(key, "name") {
        connection = reader.value(of: value).nonEmpty ?? connection
      }
    }
  }

  private mutating func readAPI(_ reader: inout JSONReader) throws(Unreadable) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard let value = try reader.stringIfAny() else { continue }
      if reader.isEqual(key, "name") {
        connectorName = reader.value(of: value).nonEmpty
      } else if reader.isEqual(key, "logicalName") {
        connectorLogicalName = reader.value(of: value).nonEmpty
      } else if reader.isEqual(key, "id") {
        connectorPath = reader.value(of: value).nonEmpty
      }
    }
  }

  private mutating func setReference(_ value: JSONString, _ reader: JSONReader) {
    guard let name = reader.value(of: value).nonEmpty else { return }
    reference = LogicalName(name)
    position = value.range.lowerBound
  }
}
