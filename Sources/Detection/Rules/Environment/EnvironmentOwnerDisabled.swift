import Platform
import Solution

/// References and flows of an environment belong to an account that is closed.
enum EnvironmentOwnerDisabled: EnvironmentRule {
  static let id = RuleID.environmentOwnerDisabled
  static let section = AuditSection.identity

  static func findings(in live: LiveState) -> [Finding] {
    Belongings.byOwner(in: live).compactMap { belongings in
      guard let user = live.environment.users[belongings.owner] else {
        return unknown(belongings, live)
      }
      guard user.isDisabled || user.isDeleted else { return nil }
      let what =
        user.isDeleted
        ? "which the directory does not have any more" : "which is disabled"
      return finding(
        "\(user.title), \(what), owns \(belongings.words) in \(live.title)", belongings, live)
    }
  }

  /// An owner that is neither a user nor a team, where all of both were fetched.
  private static func unknown(_ belongings: Belongings, _ live: LiveState) -> Finding? {
    guard live.environment.knowsAll(.users), live.environment.knowsAll(.teams),
      !live.environment.users.isEmpty, live.environment.teams[belongings.owner] == nil
    else { return nil }
    return finding(
      "\(belongings.words) in \(live.title) \(belongings.count == 1 ? "belongs" : "belong") to \(belongings.owner), which is not a user or a team there",
      belongings, live)
  }

  private static func finding(
    _ summary: String, _ belongings: Belongings, _ live: LiveState
  ) -> Finding {
    Finding(
      rule: id, severity: .warning, confidence: .strong, solution: live.title, summary: summary,
      consumers: belongings.consumers, remarks: belongings.remarks, consequence: consequence,
      fix: fix, discriminator: "\(live.title) \(belongings.owner)", focus: belongings.place)
  }
}

extension EnvironmentOwnerDisabled {
  private static let consequence =
    "its flows are turned off sooner or later, and only an administrator can rebind the references"

  private static let fix: [FixStep] = [
    "assign them to a service principal: Power Platform admin center, or maker portal, Assign",
    "then bind the references to connections of that account, and turn the flows on",
  ]

  static let documentation = RuleDocumentation(
    title: "a disabled or deleted account owns references or flows",
    severities: [.warning],
    whatItDoes: """
      Joins the owners of references and flows with systemusers and teams. Reports an owner that \
      is disabled, one that the directory does not have any more (azurestate), and one that is \
      neither a user nor a team, once for all that belongs to it.
      """,
    whyItIsBad: """
      The rights of an account end with it. Flows of an owner who left run until they need a new \
      sign-in, and then stop without a message.
      """,
    fix: [
      "Assign what is there to a service principal, or to a user who stays.",
      "Make new connections with that account, and bind the references to them.",
    ],
    knownProblems: """
      The owner of a reference is not the owner of its connection: environment-owner-differs \
      compares the two.
      """,
    sources: [
      "https://learn.microsoft.com/power-automate/create-team-flows",
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser",
    ],
    examples: [
      RuleExample(
        "disabled",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "anna.berg@contoso.com"),
          .flow("Archive", ["sales_Orders_SharePoint"]),
          .person("anna.berg@contoso.com", isDisabled: true),
        ],
        reports: [.environmentOwnerDisabled]),
      RuleExample(
        "no user and no team",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", owner: "somebody"),
          .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
        ],
        reports: [.environmentOwnerDisabled]),
    ])
}
