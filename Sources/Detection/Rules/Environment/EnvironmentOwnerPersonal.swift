import Solution

/// A person owns references and flows of an environment.
enum EnvironmentOwnerPersonal: EnvironmentRule {
  static let id = RuleID.environmentOwnerPersonal
  static let section = AuditSection.identity

  static func findings(in live: LiveState) -> [Finding] {
    Belongings.byOwner(in: live).compactMap { belongings in
      // One whose account is disabled is reported by another rule. A team, or a user who was not
      // saved, has no name to report.
      guard let user = live.environment.users[belongings.owner], live.isPerson(user),
        !user.isDisabled, !user.isDeleted
      else { return nil }
      return Finding(
        rule: id, severity: .warning, confidence: .strong, solution: live.title,
        summary: "\(user.title), a person, owns \(belongings.words) in \(live.title)",
        consumers: belongings.consumers, remarks: belongings.remarks,
        consequence: consequence, fix: fix, discriminator: "\(live.title) \(user.id)",
        focus: belongings.place)
    }
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
      Joins the owners in the saved answers for connectionreferences and workflows with \
      systemusers. Reports a user without applicationid who signs in with an address, once for all \
      that is theirs. Only references and flows that the solutions here know are counted.
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
      The owner of a reference is not the owner of its connection: the account of a connection \
      is not in these answers. Teams are not followed. In a maker's environment everything is a \
      person's: audit the environments that you deploy to.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser"
    ],
    examples: [
      RuleExample(
        "a person",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "anna.berg@contoso.com"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .person("anna.berg@contoso.com"),
        ],
        reports: [.environmentOwnerPersonal]),
      RuleExample(
        "an application user",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "deployer"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
        ],
        reports: []),
    ])
}
