import Synchronization

/// A component that uses references: a flow, an app, a part of an agent. A value; one object, since
/// it occurs in thousands of snapshots of a history.
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
  /// Identifies it even if its file is renamed, in lower case: for a flow its GUID without braces,
  /// for an app or an agent's part its schema name. Where a file gives none, its path within the
  /// instance; for a code app, which is an instance by itself in most repositories, its whole path.
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
  /// The ids of flows that it calls, each once, sorted: it does not work where one of them does not
  /// run. Such a flow may be in any file, or in none.
  package let calls: [String]
  /// How those actions and triggers use the connector, each alias and connector once, in the order
  /// of the file.
  package let uses: [ConnectorUse]
  /// The ids of the flows that a flow runs as its children, each once, sorted.
  package let childFlows: [String]
  /// What its actions and triggers do with connectors, each once: `ListRecords`.
  package let operations: [String]
  /// Of an app: entries that use no reference. They use a connection of one environment, or the app's
  /// user brings one. Of an agent's part: actions that name none.
  package let openEntries: [Link]
  /// Built on first use: most consumers of a history never need it.
  private let entries = AtomicLazyReference<EntryIndex>()

  package init(
    kind: Kind, id: String, name: String, path: String, links: [Link], connectorUses: Int = 0,
    usedAliases: [String] = [], calls: [String] = [], uses: [ConnectorUse] = [],
    childFlows: [String] = [], operations: [String] = [], openEntries: [Link] = []
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.path = path
    self.links = links
    self.connectorUses = connectorUses
    self.usedAliases = usedAliases
    self.calls = calls
    self.uses = uses
    self.childFlows = childFlows
    self.operations = operations
    self.openEntries = openEntries
  }
}

extension Consumer {
  /// The places of links by what they name: one flow may have thousands.
  private final class EntryIndex: Sendable {
    let byName: [LogicalName: [Int]]
    /// In lower case.
    let byAlias: [String: [Int]]

    init(_ links: [Link]) {
      var byName: [LogicalName: [Int]] = [:]
      var byAlias: [String: [Int]] = [:]
      for (place, link) in links.enumerated() {
        if let name = link.reference { byName[name, default: []].append(place) }
        byAlias[link.alias.lowercased(), default: []].append(place)
      }
      (self.byName, self.byAlias) = (byName, byAlias)
    }
  }

  /// Nil for a few links, which are faster to search one by one.
  private var index: EntryIndex? {
    guard links.count > 12 else { return nil }
    return entries.load() ?? entries.storeIfNil(EntryIndex(links))
  }

  /// The links to a reference, in their order.
  package func links(to reference: LogicalName) -> [Link] {
    guard let index else { return links.filter { $0.reference == reference } }
    return (index.byName[reference] ?? []).map { links[$0] }
  }

  /// The links of an alias, whose letter case is ignored, in their order.
  package func links(aliased alias: String) -> [Link] {
    let alias = alias.lowercased()
    guard let index else { return links.filter { $0.alias.lowercased() == alias } }
    return (index.byAlias[alias] ?? []).map { links[$0] }
  }

  /// True when a link names `reference`.
  package func names(_ reference: LogicalName) -> Bool {
    guard let index else { return links.contains { $0.reference == reference } }
    return index.byName[reference] != nil
  }

  /// True for a canvas app and a code app.
  package var isApp: Bool { kind == .app || kind == .codeApp }
}

extension Consumer: Hashable {
  package static func == (left: Consumer, right: Consumer) -> Bool {
    left === right
      || left.kind == right.kind && left.id == right.id && left.name == right.name
        && left.path == right.path && left.links == right.links
        && left.connectorUses == right.connectorUses && left.usedAliases == right.usedAliases
        && left.calls == right.calls && left.uses == right.uses
        && left.childFlows == right.childFlows && left.operations == right.operations
        && left.openEntries == right.openEntries
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
  package internal(set) var connector: Connector?
  /// Of the logical name where there is one, else of the entry; counted from 1.
  package internal(set) var line: Int
  /// True where the user who runs the flow provides the connection (`runtimeSource: invoker`).
  package let isInvoker: Bool
  /// Of an app's entry: its data sources in lower case, or its connector where it lists none.
  package let sources: [String]

  package init(
    alias: String, reference: LogicalName?, embeddedConnection: String?, connector: Connector?,
    line: Int, isInvoker: Bool = false, sources: [String] = []
  ) {
    self.alias = alias
    self.reference = reference
    self.embeddedConnection = embeddedConnection
    self.connector = connector
    self.line = line
    self.isInvoker = isInvoker
    self.sources = sources
  }
}

/// An action or a trigger that uses a connection.
package struct ConnectorUse: Hashable, Sendable {
  /// As the action names it: an entry of the consumer's links, where all is well.
  package let alias: String
  /// Nil where the action does not say it.
  package let connector: Connector?
  /// Of the alias, counted from 1.
  package let line: Int

  package init(alias: String, connector: Connector?, line: Int) {
    self.alias = alias
    self.connector = connector
    self.line = line
  }
}
