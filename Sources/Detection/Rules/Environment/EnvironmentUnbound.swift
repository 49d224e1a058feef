import Platform
import Solution

/// A reference of an environment that has no connection.
enum EnvironmentUnbound: EnvironmentRule {
  static let id = RuleID.environmentUnbound
  static let section = AuditSection.unbound

  static func findings(in live: LiveState) -> [Finding] {
    live.environment.references.filter { $0.isActive && $0.connectionID == nil }
      .map { finding($0, live) }
  }

  private static func finding(
    _ reference: LiveEnvironment.Reference, _ live: LiveState
  ) -> Finding {
    let users = live.consumers(naming: reference.name)
    let isNeeded =
      !users.isEmpty || !live.environment.knowsAll(.flows) || live.isInGit(reference.name)
    let isByDesign = LiveState.isOfPlatform(reference.name) && !live.isInGit(reference.name)
    return Finding(
      rule: id,
      severity: live.isOwn(reference.name) && isNeeded && !isByDesign ? .warning : .note,
      confidence: .certain, solution: live.owner(of: reference.name),
      summary: "'\(reference.name.spelling)' has no connection in \(live.title)\(users.useItWords)",
      after: [Declaration(reference)], consumers: users,
      remarks: isByDesign
        ? ["a reference of the platform: it signs in on behalf of its user, and needs none"] : [],
      consequence: isByDesign ? "nothing, by design" : consequence,
      fix: isByDesign ? ["nothing: it is unbound by design"] : live.binding(of: reference) + rowFix,
      discriminator: live.title,
      theme: isByDesign
        ? Theme(
          "reference", "of the platform have no connection in \(live.title), by design",
          fix: ["nothing: they are unbound by design"])
        : Theme(
          "reference", "have no connection in \(live.title)",
          fix: [live.bindingInPortal(of: "each")] + rowFix))
  }
}

extension EnvironmentUnbound {
  private static let consequence = """
    its flows cannot be turned on (XrmConnectionReferenceMissingConnection), and those that are on \
    fail at their next run
    """

  private static let rowFix: [FixStep] = [
    "and write its row into the settings file, so that the next import keeps it"
  ]

  static let documentation = RuleDocumentation(
    title: "a reference of the environment has no connection",
    severities: [.warning, .note("for one that no solution here knows, or that nothing uses")],
    whatItDoes: """
      Reads the saved answer for connectionreferences. Reports each active reference without a \
      connection id, and lists the flows of the environment that use it.
      """,
    whyItIsBad: """
      A flow on it cannot be turned on. This is how a re-created reference looks, or one that an \
      import brought without a row in the settings file.
      """,
    fix: [
      "Bind it in the environment, then turn its flows on.",
      "Add its row to the settings file of that environment, so that the next import binds it.",
    ],
    knownProblems: """
      References of the platform's own solutions (msdyn_…) are unbound by design, since they sign \
      in on behalf of their users; they are notes. Others of first-party solutions may be so too.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/connectionreference"
    ],
    examples: [
      RuleExample(
        "no connection",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", connection: nil),
          .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        reports: [.environmentUnbound]),
      RuleExample(
        "unbound by design: a note",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .reference("msdyn_Dataverse", connection: nil),
        ],
        reports: [.environmentUnbound]),
      RuleExample(
        "bound",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        reports: []),
    ])
}
