import Platform
import Solution

/// Flows of an environment use a reference that it does not have.
enum EnvironmentLacks: EnvironmentRule {
  static let id = RuleID.environmentLacks
  static let section = AuditSection.unbound

  static func findings(in live: LiveState) -> [Finding] {
    guard live.environment.knowsAll(.references) else { return [] }
    return live.users.keys.filter { live.reference($0) == nil }.sorted().map {
      finding($0, live)
    }
  }

  private static func finding(_ name: LogicalName, _ live: LiveState) -> Finding {
    let users = live.consumers(naming: name).map { user in
      AffectedConsumer(
        kind: user.kind, id: user.id, name: user.name, place: user.place, reference: name,
        state: .broken)
    }
    let who = users.count == 1 ? "'\(users[0].name)' uses" : "\(users.count) flows use"
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: live.owner(of: name),
      summary: "\(who) \(name.spelling), which \(live.title) does not have",
      before: [Declaration(name: name)],
      consumers: users, consequence: consequence,
      fix: [
        "import the solution that declares \(name.spelling), or choose another reference in each flow"
      ], discriminator: live.title, focus: users.first?.place)
  }
}

extension EnvironmentLacks {
  private static let consequence =
    "the designer says 'the API connection reference could not be found', and the flow fails at its next run"

  static let documentation = RuleDocumentation(
    title: "flows of the environment use a reference that it does not have",
    severities: [.warning],
    whatItDoes: """
      Looks up each name in the definitions of the environment's flows (clientdata) among its \
      references. Silent where not all references were saved.
      """,
    whyItIsBad: """
      The reference was deleted, or re-created under another name, while flows still use the old \
      one.
      """,
    fix: [
      "Make the reference again with the old logical name: connref explain reference-recreated says how.",
      "Or choose a reference that is there in each flow.",
    ],
    knownProblems: "None known.",
    sources: ["https://learn.microsoft.com/power-automate/manage-flows-with-code"],
    examples: [
      RuleExample(
        "a name that is not there",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"),
          .flow("Archive", ["sales_Orders_SharePoint", "sales_Mail"]),
        ],
        reports: [.environmentLacks])
    ])
}
