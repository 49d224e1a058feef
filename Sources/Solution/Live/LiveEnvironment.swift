package import Platform

/// What an environment held when it was asked.
package struct LiveEnvironment: Sendable {
  package struct Reference: Sendable {
    package let name: LogicalName
    package let displayName: String?
    package let connector: Connector?
    /// Nil where it is bound to none.
    package let connectionID: String?
    package let isActive: Bool
    package let ownerID: String?
    package let created: Date?
    package let place: Place

    package init(
      name: LogicalName, displayName: String?, connector: Connector?, connectionID: String?,
      isActive: Bool, ownerID: String?, created: Date?, place: Place
    ) {
      self.name = name
      self.displayName = displayName
      self.connector = connector
      self.connectionID = connectionID
      self.isActive = isActive
      self.ownerID = ownerID
      self.created = created
      self.place = place
    }
  }

  package struct Flow: Sendable {
    package enum State: Sendable {
      case off, on, suspended
    }

    /// As the flow would be in a solution's file; what its definition did not say is missing.
    package let consumer: Consumer
    package let state: State
    package let ownerID: String?
    package let modified: Date?

    package init(consumer: Consumer, state: State, ownerID: String?, modified: Date?) {
      self.consumer = consumer
      self.state = state
      self.ownerID = ownerID
      self.modified = modified
    }
  }

  package struct User: Sendable {
    /// In lower case.
    package let id: String
    /// Of an application user; nil for a person.
    package let applicationID: String?
    /// The address to sign in with; empty for what nobody signs in as.
    package let domainName: String
    package let isDisabled: Bool

    package init(id: String, applicationID: String?, domainName: String, isDisabled: Bool) {
      self.id = id
      self.applicationID = applicationID
      self.domainName = domainName
      self.isDisabled = isDisabled
    }
  }

  /// How much of a table was saved.
  package enum Extent: Hashable, Sendable {
    case all
    case part
    case nothing
  }

  /// In lower case; nil where no answer says it.
  package let host: String?
  /// Ordered by name.
  package let references: [Reference]
  /// Cloud flows, ordered by name.
  package let flows: [Flow]
  /// By id.
  package let users: [String: User]
  package let extents: [LiveAnswer.Table: Extent]

  package init(
    host: String?, references: [Reference], flows: [Flow], users: [User],
    extents: [LiveAnswer.Table: Extent]
  ) {
    self.host = host
    self.references = references.sorted { ($0.name, $0.place) < ($1.name, $1.place) }
    self.flows = flows.sorted {
      ($0.consumer.name, $0.consumer.id) < ($1.consumer.name, $1.consumer.id)
    }
    self.users = Dictionary(users.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.extents = extents
  }

  /// True when all rows of the table are known.
  package func knowsAll(_ table: LiveAnswer.Table) -> Bool { extents[table] == .all }
}
