import Solution

/// A reference belongs to one account, and its connection was made by another.
enum EnvironmentOwnerDiffers: EnvironmentRule {
  static let id = RuleID.environmentOwnerDiffers
  static let section = AuditSection.identity

  static func findings(in live: LiveState) -> [Finding] {
    live.environment.references.compactMap { reference in
      guard reference.isActive, live.isOwn(reference.name),
        let owner = reference.ownerID.flatMap({ live.environment.users[$0] }),
        let ownerID = owner.directoryID,
        let connection = live.connection(of: reference),
        let creatorID = connection.creator.directoryID, creatorID != ownerID
      else { return nil }
      return finding(reference, owner, connection, live)
    }
  }

  private static func finding(
    _ reference: LiveEnvironment.Reference, _ owner: LiveEnvironment.User,
    _ connection: LiveEnvironment.Connection, _ live: LiveState
  ) -> Finding {
    let known = live.user(inDirectory: connection.creator.directoryID)
    let creator =
      connection.creator.name ?? known.map(\.title)
      ?? "the account \(connection.creator.directoryID ?? "")"
    // The service says what made it; where it does not, the environment may know the account.
    let isPersons =
      known.map { live.isPerson($0) } ?? (connection.creator.kind?.lowercased() == "user")
    let isHidden = owner.applicationID != nil && isPersons
    return Finding(
      rule: id, severity: isHidden ? .warning : .note, confidence: .strong,
      solution: live.owner(of: reference.name),
      summary: isHidden
        ? "'\(reference.name.spelling)' belongs to an application, and its connection was made by a person, \(creator)"
        : "'\(reference.name.spelling)' belongs to \(owner.title), and its connection was made by \(creator)",
      after: [Declaration(reference)], consumers: live.consumers(naming: reference.name),
      remarks: ["its connection is \(connection.id)"]
        + (connection.signIn.map { ["it signs in by '\($0)'"] } ?? [])
        + (connection.accountName.map { ["it signs in as \($0)"] } ?? []),
      consequence: consequence, fix: fix(reference, live), discriminator: live.title)
  }

  private static func fix(
    _ reference: LiveEnvironment.Reference, _ live: LiveState
  ) -> [FixStep] {
    [
      .text(
        "make a connection with the account that owns the reference: "
          + (live.portal("connections") ?? "maker portal, Connections") + ", New connection")
    ] + live.binding(of: reference)
  }
}

extension EnvironmentOwnerDiffers {
  private static let consequence =
    "flows act as the connection's account, not as the reference's owner, and stop when that account does"

  static let documentation = RuleDocumentation(
    title: "a reference's owner and its connection's creator are two accounts",
    severities: [
      .note, .warning("where an application owns the reference, and a person made the connection"),
    ],
    whatItDoes: """
      Compares two facts: the owner of the reference, a row of Dataverse, and the creator of the \
      connection that it is bound to, as the service for administrators lists it. Reports nothing \
      where either is unknown.
      """,
    whyItIsBad: """
      An audit of owners says that a service principal owns everything, and all of it runs on the \
      account of one person who made the connections.
      """,
    fix: [
      "Make the connection with the account that owns the reference, and bind the reference to it.",
      "Or accept it, if that person's account is meant to be used.",
    ],
    knownProblems: """
      A connection does not always sign in as its creator: a person can make one that signs in as \
      an application. The finding says how it signs in where the service does.
      """,
    sources: ["https://learn.microsoft.com/power-automate/service-principal-support"],
    examples: [
      RuleExample(
        "an application owns it, a person made its connection",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "deployer"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
          .connection(by: "anna.berg@contoso.com"),
        ],
        reports: [.environmentOwnerDiffers]),
      RuleExample(
        "one account for both",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "deployer"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
          .connection(by: "deployer"),
        ],
        reports: []),
    ])
}
