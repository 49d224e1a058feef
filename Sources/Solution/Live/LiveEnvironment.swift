package import Platform

/// The content of an environment when it was read.
package struct LiveEnvironment: Sendable {
  package struct Reference: Sendable {
    /// Of the row, in lower case: another one where it was deleted and created again.
    package let id: String?
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
      id: String? = nil, name: LogicalName, displayName: String?, connector: Connector?,
      connectionID: String?,
      isActive: Bool, ownerID: String?, created: Date?, place: Place
    ) {
      self.id = id
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
    /// Why the platform suspended it; nil where nothing says so.
    package let suspension: String?
    package let ownerID: String?
    package let modified: Date?

    package init(
      consumer: Consumer, state: State, suspension: String? = nil, ownerID: String?,
      modified: Date?
    ) {
      self.consumer = consumer
      self.state = state
      self.suspension = suspension
      self.ownerID = ownerID
      self.modified = modified
    }
  }

  package struct User: Sendable {
    /// In lower case.
    package let id: String
    /// Of an application user; nil for a person.
    package let applicationID: String?
    /// The address to sign in with; empty for accounts that cannot sign in, and where names were
    /// not saved.
    package let domainName: String
    /// True where it signs in with an address, whether that was saved or not.
    package let hasAddress: Bool
    package let isDisabled: Bool
    /// True where the directory does not have the account any more.
    package let isDeleted: Bool
    /// In the directory, where connections know their creators by it; in lower case.
    package let directoryID: String?

    package init(
      id: String, applicationID: String?, domainName: String, hasAddress: Bool? = nil,
      isDisabled: Bool, isDeleted: Bool = false, directoryID: String? = nil
    ) {
      self.id = id
      self.applicationID = applicationID
      self.domainName = domainName
      self.hasAddress = hasAddress ?? domainName.contains("@")
      self.isDisabled = isDisabled
      self.isDeleted = isDeleted
      self.directoryID = directoryID
    }

    /// As a report names the user: by its address, or by its id where names were not saved.
    package var title: String { domainName.isEmpty ? "user \(id)" : domainName }
  }

  /// The creator of a connection; not always the account that it signs in as.
  package struct Creator: Sendable, Hashable {
    package let directoryID: String?
    /// `User`, or what the service calls a service principal.
    package let kind: String?
    package let name: String?

    package init(directoryID: String?, kind: String?, name: String?) {
      self.directoryID = directoryID
      self.kind = kind
      self.name = name
    }
  }

  package struct Connection: Sendable {
    package let id: String
    package let connector: Connector?
    package let displayName: String?
    package let accountName: String?
    package let isBroken: Bool
    /// Why it is broken, in the service's words.
    package let reason: String?
    package let creator: Creator
    /// How it signs in, by the connector's own name for that: `oauthSP`; nil where it has one way only.
    package let signIn: String?
    package let place: Place

    package init(
      id: String, connector: Connector?, displayName: String? = nil, accountName: String? = nil,
      isBroken: Bool = false, reason: String? = nil, creator: Creator, signIn: String? = nil,
      place: Place
    ) {
      self.id = id
      self.connector = connector
      self.displayName = displayName
      self.accountName = accountName
      self.isBroken = isBroken
      self.reason = reason
      self.creator = creator
      self.signIn = signIn
      self.place = place
    }
  }

  package struct Solution: Sendable {
    package let id: String
    package let uniqueName: String
    package let version: String?
    package let isManaged: Bool
    /// Ids of its flows, in lower case.
    package let flows: Set<String>

    package init(
      id: String, uniqueName: String, version: String?, isManaged: Bool, flows: Set<String>
    ) {
      self.id = id
      self.uniqueName = uniqueName
      self.version = version
      self.isManaged = isManaged
      self.flows = flows
    }
  }

  /// In lower case; nil where no answer says it.
  package let host: String?
  /// Ordered by name.
  package let references: [Reference]
  /// Cloud flows, ordered by name.
  package let flows: [Flow]
  /// By id.
  package let users: [String: User]
  /// Names of teams that own something, by id.
  package let teams: [String: String]
  /// By id, in lower case.
  package let connections: [String: Connection]
  /// Ordered by unique name.
  package let solutions: [Solution]
  /// By which the maker portal knows the environment; nil where it was not saved.
  package let environmentID: String?
  package let extents: [EnvironmentTable: EnvironmentTable.Extent]

  package init(
    host: String?, environmentID: String? = nil, references: [Reference], flows: [Flow],
    users: [User], teams: [(String, String)] = [], connections: [Connection] = [],
    solutions: [Solution] = [], extents: [EnvironmentTable: EnvironmentTable.Extent]
  ) {
    self.host = host
    self.environmentID = environmentID
    self.references = references.sorted { ($0.name, $0.place) < ($1.name, $1.place) }
    self.flows = flows.sorted {
      ($0.consumer.name, $0.consumer.id) < ($1.consumer.name, $1.consumer.id)
    }
    self.users = users.keyed(by: \.id)
    self.teams = Dictionary(firstOf: teams)
    self.connections = connections.keyed { $0.id.lowercased() }
    self.solutions = solutions.sorted { $0.uniqueName < $1.uniqueName }
    self.extents = extents
  }

  /// The users by their ids in the directory.
  package var usersInDirectory: [String: User] {
    Dictionary(firstOf: users.values.compactMap { user in user.directoryID.map { ($0, user) } })
  }

  /// True when all rows of the table are known.
  package func knowsAll(_ table: EnvironmentTable) -> Bool { extents[table] == .all }
}
