/// A row of a settings file, with the places of its parts in the file's text, for editing.
package struct PlacedRow: Sendable {
  /// How the file writes its rows; see `DeploymentSettings`.
  package enum Shape: Hashable, Sendable {
    /// An object of a list.
    case listed
    /// The value of a key that is the logical name.
    case keyed
    /// A line of `UserSettings`.
    case userSetting
  }

  package let row: SettingsRow
  package let shape: Shape
  /// The whole object; with its key where that is the logical name.
  package let entry: Range<Int>
  /// The logical name alone, without what a line of `UserSettings` has before it.
  package let name: Range<Int>
  /// Values of strings, without quotes; nil where the row has none. So for the others.
  package let connection: Range<Int>?
  package let connector: Range<Int>?
  package let owner: Range<Int>?

  /// The rows of a settings file, in its order, at their places in the text (`Text`) of the file. Nil
  /// for JSON of another kind; fails only for a file that looks like settings.
  package static func rows(in file: [UInt8]) throws(Unreadable) -> [PlacedRow]? {
    try DeploymentSettings.read(file)?.placedRows
  }
}

/// The values of a row, without its name; of two equal keys the last one counts.
struct RowValues {
  private(set) var connection: JSONString?
  private(set) var connector: JSONString?
  private(set) var owner: JSONString?

  /// Passes over keys that say nothing of a row.
  mutating func take(_ value: JSONString, of key: JSONString, _ reader: JSONReader) {
    if reader.isEqualIgnoringCase(key, "connectionid") {
      connection = value
    } else if reader.isEqualIgnoringCase(key, "connectorid") {
      connector = value
    } else if reader.isEqualIgnoringCase(key, "connectionowner") {
      owner = value
    }
  }

  func row(
    named name: JSONString, shape: PlacedRow.Shape, entry: Range<Int>, line: Int, list: Int,
    _ reader: JSONReader
  ) -> PlacedRow {
    let path = connector.map(reader.value)?.nonEmpty
    // A path that ends with its folder says no connector.
    let connectorPath = path.flatMap { $0.hasSuffix("/") ? nil : $0 }
    return PlacedRow(
      row: SettingsRow(
        reference: LogicalName(reader.value(of: name)),
        connectionID: connection.map(reader.value),
        connector: connectorPath.map { Connector(path: $0) },
        lacksConnector: shape == .listed && connectorPath == nil,
        owner: owner.map(reader.value), line: line, list: list),
      shape: shape, entry: entry, name: name.range, connection: connection?.range,
      connector: connector?.range, owner: owner?.range)
  }
}
