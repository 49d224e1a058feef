/// A deployment settings file: which connection each reference gets in one environment.
package struct SettingsFile: Hashable, Sendable {
  package let path: String
  package let rows: [SettingsRow]

  package init(path: String, rows: [SettingsRow]) {
    self.path = path
    self.rows = rows
  }

  /// A row, and the file that has it.
  package struct LocatedRow: Sendable {
    package let path: String
    package let row: SettingsRow

    package var place: Place { Place(path: path, line: row.line) }
  }

  package var locatedRows: [LocatedRow] { rows.map { LocatedRow(path: path, row: $0) } }
}

extension [SettingsFile] {
  /// In the order of the files.
  package var rowsByReference: [LogicalName: [SettingsFile.LocatedRow]] {
    Dictionary(grouping: flatMap(\.locatedRows), by: \.row.reference)
  }
}

package struct SettingsRow: Hashable, Sendable {
  package let reference: LogicalName
  /// As written, a token (`#{…}#`) included; nil when the key is absent.
  package let connectionID: String?
  package let connector: Connector?
  /// True where the row should say its connector and does not.
  package let lacksConnector: Bool
  package let owner: String?
  /// Of the logical name, counted from 1.
  package let line: Int
  /// The list of the file that has the row, counted from 0: a name may occur once in each.
  package let list: Int
  /// Every name-like part of a token in the connection id, `#{connectionreference.<name>}#`: the
  /// logical name is often there a second time. Empty for an id that is no token.
  package let namesInToken: [LogicalName]

  package init(
    reference: LogicalName, connectionID: String?, connector: Connector?,
    lacksConnector: Bool = false, owner: String?, line: Int, list: Int = 0
  ) {
    self.reference = reference
    self.connectionID = connectionID
    self.connector = connector
    self.lacksConnector = lacksConnector
    self.owner = owner
    self.line = line
    self.list = list
    namesInToken = connectionID.map(Self.names) ?? []
  }

  /// Bytes; Dataverse allows 100 characters.
  private static let nameLimit = 512

  private static let tokenMarks = Array("#{($%".utf8)

  /// Tokens hold one of `#{`, `$(`, `${`, `%`, `__`; a plain id, 32 digits or a GUID, holds none.
  private static func names(inToken id: String) -> [LogicalName] {
    guard id.utf8.contains(where: { tokenMarks.contains($0) }) || id.hasPrefix("__") else {
      return []
    }
    // No name is longer; a token of nothing but dots would give as many tails as it has bytes.
    let parts = id.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-") }
    return parts.filter { $0.utf8.count <= nameLimit }.flatMap { part in
      // An agent's reference holds dots itself, and a dot sets a token's first word apart.
      let tails = part.indices.filter { part[$0] == "." }.map { part[part.index(after: $0)...] }
      return ([part] + tails).filter { $0.contains("_") }.map { LogicalName(String($0)) }
    }
  }
}
