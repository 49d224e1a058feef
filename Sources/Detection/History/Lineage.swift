package import Solution

/// The identities that one reference has had, the oldest first: `A → B → C`.
package struct Lineage: Sendable {
  package struct Identity: Sendable {
    package let name: LogicalName
    package let displayName: String?
    /// The commit that first declared it; nil where it was there before the history begins.
    package let since: Moment?
    /// The commit that let it go; nil while it is declared.
    package let until: Moment?

    package init(name: LogicalName, displayName: String?, since: Moment?, until: Moment?) {
      self.name = name
      self.displayName = displayName
      self.since = since
      self.until = until
    }
  }

  package let solution: String
  package let connector: Connector?
  package let identities: [Identity]
  /// The ids of the incidents that lead from one identity to the next.
  package let incidents: [String]

  package init(
    solution: String, connector: Connector?, identities: [Identity], incidents: [String]
  ) {
    self.solution = solution
    self.connector = connector
    self.identities = identities
    self.incidents = incidents
  }
}

/// Something that happened to a reference, for the story of its life.
package struct LifeEvent: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case declared
    case renamed = "display-name-changed"
    case connectorChanged = "connector-changed"
    case consumerGained = "consumer-gained"
    case consumerLost = "consumer-lost"
    case recreated
    case moved
    case returned
    case removed = "gone"
  }

  package let moment: Moment
  package let reference: LogicalName
  package let kind: Kind
  /// An addition to the kind: the flow's name, the new display name, the added name. May be empty.
  package let detail: String

  package init(moment: Moment, reference: LogicalName, kind: Kind, detail: String) {
    self.moment = moment
    self.reference = reference
    self.kind = kind
    self.detail = detail
  }
}
