/// A deployment settings file: which connection each reference gets in one environment.
package struct SettingsFile: Hashable, Sendable {
  package let path: String
  package let rows: [SettingsRow]

  package init(path: String, rows: [SettingsRow]) {
    self.path = path
    self.rows = rows
  }
}

package struct SettingsRow: Hashable, Sendable {
  package let reference: LogicalName
  /// As written, a token (`#{…}#`) included; nil when the key is absent.
  package let connectionID: String?
  package let connector: Connector?
  package let owner: String?
  /// Of the logical name, counted from 1.
  package let line: Int

  package init(
    reference: LogicalName, connectionID: String?, connector: Connector?, owner: String?, line: Int
  ) {
    self.reference = reference
    self.connectionID = connectionID
    self.connector = connector
    self.owner = owner
    self.line = line
  }
}
