/// What names references: a flow, an app, a part of an agent. A value; one object, since it stands in
/// thousands of snapshots of a history.
package final class Consumer: Sendable {
  package enum Kind: String, Hashable, Sendable {
    case flow
    case desktopFlow = "desktop-flow"
    /// A canvas app.
    case app
    case codeApp = "code-app"
    /// A topic, action or trigger of an agent, or its row in the table that ties it to a reference.
    case agent
    /// Any other component with a column for a reference.
    case component
  }

  package let kind: Kind
  /// What outlives a renamed file, in lower case: for a flow its GUID without braces, for an app or
  /// an agent's part its schema name. Where a file gives none, its path within the instance.
  package let id: String
  /// As people know it: from the metadata, else from the flow itself, else from the file name.
  package let name: String
  package let path: String
  package let links: [Link]
  /// Connector actions or triggers in the definition: how often a connection is needed.
  package let connectorUses: Int
  /// The aliases that those actions and triggers name, each once, sorted. One without a link is a
  /// broken flow; a link whose alias is not among them is not used.
  package let usedAliases: [String]
  /// The ids of flows that it calls, each once, sorted: it stands still where one of them does. Such a
  /// flow may stand anywhere, or in no file at all.
  package let calls: [String]

  package init(
    kind: Kind, id: String, name: String, path: String, links: [Link], connectorUses: Int,
    usedAliases: [String] = [], calls: [String] = []
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.path = path
    self.links = links
    self.connectorUses = connectorUses
    self.usedAliases = usedAliases
    self.calls = calls
  }
}

extension Consumer: Hashable {
  package static func == (left: Consumer, right: Consumer) -> Bool {
    left === right
      || left.kind == right.kind && left.id == right.id && left.name == right.name
        && left.path == right.path && left.links == right.links
        && left.connectorUses == right.connectorUses && left.usedAliases == right.usedAliases
        && left.calls == right.calls
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
    hasher.combine(path)
  }
}

/// A consumer's entry for a connection.
package struct Link: Hashable, Sendable {
  /// The key of the entry: local to the consumer, no identity.
  package let alias: String
  /// The reference named; nil where the entry names none (`"connection": {}`, or embedded).
  package let reference: LogicalName?
  /// A connection named directly (`connectionName`, `connection.name`) and no reference beside it.
  package let embeddedConnection: String?
  package let connector: Connector?
  /// Of the logical name where there is one, else of the entry; counted from 1.
  package let line: Int

  package init(
    alias: String, reference: LogicalName?, embeddedConnection: String?, connector: Connector?,
    line: Int
  ) {
    self.alias = alias
    self.reference = reference
    self.embeddedConnection = embeddedConnection
    self.connector = connector
    self.line = line
  }
}
