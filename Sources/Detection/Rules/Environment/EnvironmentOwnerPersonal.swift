import Solution

/// A person owns references and flows of an environment.
enum EnvironmentOwnerPersonal: EnvironmentRule {
  static let id = RuleID.environmentOwnerPersonal
  static let section = AuditSection.identity

  static func findings(in live: LiveState) -> [Finding] {
    var belongings: [String: Belongings] = [:]
    for reference in live.environment.references where live.isOwn(reference.name) {
      guard let owner = reference.ownerID else { continue }
      belongings[owner, default: Belongings()].references.append(reference)
    }
    for flow in live.environment.flows where live.isOwn(flow) {
      guard let owner = flow.ownerID else { continue }
      belongings[owner, default: Belongings()].flows.append(flow)
    }
    return belongings.sorted { $0.key < $1.key }.compactMap { id, belongings in
      // A team, or a user who was not saved, is nobody that one could name.
      guard let user = live.environment.users[id], isPerson(user, live) else { return nil }
      return finding(user, belongings, live)
    }
  }

  private struct Belongings {
    var references: [LiveEnvironment.Reference] = []
    var flows: [LiveEnvironment.Flow] = []
  }

  /// The platform's own users, SYSTEM and INTEGRATION, sign in with no address.
  private static func isPerson(_ user: LiveEnvironment.User, _ live: LiveState) -> Bool {
    user.applicationID == nil && user.domainName.contains("@")
      && live.state.conventions.owners.answer(for: user.domainName) != .servicePrincipal
  }

  private static func finding(
    _ user: LiveEnvironment.User, _ belongings: Belongings, _ live: LiveState
  ) -> Finding {
    let references = belongings.references.map(\.name.spelling)
    let flows = belongings.flows.map { flow in
      AffectedConsumer(
        flow.consumer, naming: flow.consumer.links.lazy.compactMap(\.reference).first,
        state: .naming)
    }
    func counted(_ number: Int, _ noun: String) -> String? {
      number == 0 ? nil : number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
    }
    let owned = [counted(references.count, "reference"), counted(flows.count, "flow")]
      .compactMap { $0 }.joined(separator: " and ")
    return Finding(
      rule: id, severity: .warning, confidence: .strong, solution: live.title,
      summary: "\(user.domainName), a person, owns \(owned) in \(live.title)",
      consumers: flows,
      remarks: (user.isDisabled ? ["the account is disabled"] : [])
        + (references.isEmpty ? [] : ["owns " + references.joined(separator: ", ")]),
      consequence: consequence, fix: fix, discriminator: "\(live.title) \(user.id)",
      focus: belongings.references.first?.place ?? flows.first?.place)
  }
}

extension EnvironmentOwnerPersonal {
  private static let consequence =
    "flows of an owner who leaves are suspended sooner or later, and no other user may rebind the references"

  private static let fix: [FixStep] = [
    "deploy as a service principal (an application user), or assign the rows to one",
    "list service accounts under owners in .connref.yml, so that they are known",
  ]

  static let documentation = RuleDocumentation(
    title: "a person owns references or flows of the environment",
    severities: [.warning],
    whatItDoes: """
      Joins the owners in the saved answers for connectionreferences and workflows with systemusers. \
      Speaks for a user without applicationid who signs in with an address, once for all that is \
      theirs. Only references and flows that the solutions here know are counted.
      """,
    whyItIsBad: """
      What one person owns stops with that person's account, and only that person, or an \
      administrator, can turn it on again.
      """,
    fix: [
      "Deploy with a service principal, so that it owns what an import makes.",
      "Assign what is there to it: the maker portal's Assign, or the admin center.",
    ],
    knownProblems: """
      The owner of a reference is not the owner of its connection: as whom a connection signs in \
      is not in these answers. Teams are not followed. In a maker's environment everything is a \
      person's: audit the environments that you deploy to.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser"
    ],
    examples: [
      RuleExample(
        "a person",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        live: [
          .reference("sales_Orders_SharePoint", owner: "anna.berg@contoso.com"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .person("anna.berg@contoso.com"),
        ],
        speaks: [.environmentOwnerPersonal]),
      RuleExample(
        "an application user",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        live: [
          .reference("sales_Orders_SharePoint", owner: "deployer"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
        ],
        speaks: []),
    ])
}
