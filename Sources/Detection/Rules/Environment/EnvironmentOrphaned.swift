import Platform
import Solution

/// A reference of an environment is bound to a connection that does not exist there.
enum EnvironmentOrphaned: EnvironmentRule {
  static let id = RuleID.environmentOrphaned
  static let section = AuditSection.unbound

  static func findings(in live: LiveState) -> [Finding] {
    guard live.environment.knowsAll(.connections) else { return [] }
    return live.environment.references.compactMap { reference in
      guard reference.isActive, let connection = reference.connectionID,
        live.connection(of: reference) == nil
      else { return nil }
      return finding(reference, connection, live)
    }
  }

  private static func finding(
    _ reference: LiveEnvironment.Reference, _ connection: String, _ live: LiveState
  ) -> Finding {
    let users = live.consumers(naming: reference.name)
    return Finding(
      rule: id, severity: live.isOwn(reference.name) ? .warning : .note, confidence: .certain,
      solution: live.owner(of: reference.name),
      summary:
        "'\(reference.name.spelling)' is bound to a connection that \(live.title) does not have\(users.useItWords)",
      after: [Declaration(reference)], consumers: users,
      remarks: ["its connection id is \(connection)"], consequence: consequence,
      fix: live.binding(of: reference) + rowFix, discriminator: live.title,
      theme: Theme(
        "reference", "are bound to connections that \(live.title) does not have",
        fix: [live.bindingInPortal(of: "each")] + rowFix))
  }
}

extension EnvironmentOrphaned {
  private static let consequence =
    "its flows fail with ConnectionNotFound, though the reference looks bound"

  private static let rowFix: [FixStep] = [
    "and correct the connection id in the settings file, or the next import brings the old one back"
  ]

  static let documentation = RuleDocumentation(
    title: "a reference of the environment is bound to a connection that does not exist",
    severities: [.warning, .note("for one that no solution here knows")],
    whatItDoes: """
      Holds the connection ids of the references against the environment's connections, as the \
      service for administrators lists them. Silent where that list was not saved whole.
      """,
    whyItIsBad: """
      The connection was deleted, or a settings file names one of another environment. The \
      reference looks bound, and its flows fail.
      """,
    fix: [
      "Bind the reference to a connection that is there.",
      "Write that connection's id into the settings file of the environment.",
    ],
    knownProblems: """
      The list of connections needs rights of an administrator; an inventory that was fetched \
      without them says that connections are unknown, and this rule is silent.
      """,
    sources: [
      "https://learn.microsoft.com/power-platform/admin/powerapps-powershell",
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/connectionreference",
    ],
    examples: [
      RuleExample(
        "its connection is not there",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .connection("0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f"),
        ],
        reports: [.environmentOrphaned]),
      RuleExample(
        "connections were not saved",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        reports: []),
    ])
}
