/// A file that lists references of one environment with their GUIDs, which no solution's file holds.
package struct EnvironmentExport: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let name: LogicalName
    /// `connectionreferenceid`, in lower case: given by the environment, another in each.
    package let id: String
    package let displayName: String?
    package let connector: Connector?
    package let line: Int

    package init(
      name: LogicalName, id: String, displayName: String?, connector: Connector?, line: Int
    ) {
      self.name = name
      self.id = id
      self.displayName = displayName
      self.connector = connector
      self.line = line
    }
  }

  package let path: String
  /// The environment by the file's own word, in lower case: the organisation's host or an id. Nil
  /// where the file does not say.
  package let environment: String?
  package let entries: [Entry]

  package init(path: String, environment: String?, entries: [Entry]) {
    self.path = path
    self.environment = environment
    self.entries = entries
  }
}
