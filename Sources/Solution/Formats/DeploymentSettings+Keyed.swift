/// Bindings keyed by logical name: `"connectionReferences": {"<logical name>": {"connectorId": …,
/// "connectionId": …}}`, made by hand for scripts.
///
/// Flows, apps and Logic Apps have an object of that name too, keyed by an alias or a GUID, with `id`,
/// `api` or `connectionName` in its values. So an entry is a row only where both say so: the key is
/// what a publisher's prefix begins and no connector's name, and the value holds `connectionId` or
/// `connectorId`.
///
/// Source: `config/connection-references.json` of microsoft/cat-tools-activate-pipeline.
extension DeploymentSettings {
  mutating func readKeyedRows(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    lists += 1
    let list = lists - 1
    try reader.enterObject()
    while let key = try reader.nextKey() {
      let name = reader.value(of: key)
      guard reader.kind() == .object, Self.isLogicalName(name) else {
        // A list at a deeper level, by environment.
        try search(&reader, &lines)
        continue
      }
      var values = RowValues()
      try reader.enterObject()
      while let key = try reader.nextKey() {
        if let value = try reader.stringIfAny() { values.take(value, of: key, reader) }
      }
      guard values.connection != nil || values.connector != nil else { continue }
      placedRows.append(
        values.row(
          named: key, shape: .keyed, entry: (key.range.lowerBound - 1)..<reader.position,
          line: lines.line(at: key.range.lowerBound), list: list, reader))
    }
  }

  /// A publisher's prefix has 2 to 8 letters and digits and begins with a letter, by Dataverse's own
  /// check; `shared_` begins the names of connectors, by which flows call their aliases.
  static func isLogicalName(_ name: String) -> Bool {
    guard let underscore = name.utf8.firstIndex(of: UInt8(ascii: "_")) else { return false }
    let prefix = name[..<underscore]
    guard let first = prefix.first, first.isASCII, first.isLetter, prefix.lowercased() != "shared",
      name.utf8.index(after: underscore) < name.endIndex
    else { return false }
    return (2...8).contains(prefix.utf8.count)
      && prefix.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      && !name.contains(where: \.isWhitespace)
  }
}
