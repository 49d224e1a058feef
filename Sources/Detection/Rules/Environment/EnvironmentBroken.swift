import Platform
import Solution

/// A connection of an environment that its references are bound to does not work.
enum EnvironmentBroken: EnvironmentRule {
  static let id = RuleID.environmentBroken
  static let section = AuditSection.unbound

  static func findings(in live: LiveState) -> [Finding] {
    let bound = Dictionary(
      grouping: live.environment.references.filter(\.isActive),
      by: { live.connection(of: $0)?.id ?? "" })
    return live.environment.connections.values.filter(\.isBroken)
      .sorted { $0.id < $1.id }.compactMap { connection in
        guard let references = bound[connection.id], !references.isEmpty else { return nil }
        return finding(connection, references, live)
      }
  }

  private static func finding(
    _ connection: LiveEnvironment.Connection, _ references: [LiveEnvironment.Reference],
    _ live: LiveState
  ) -> Finding {
    let names = references.map(\.name)
    // A flow on two of its references is one flow.
    let users = names.flatMap { live.consumers(naming: $0) }.uniqued(on: \.id)
    let isOwn = names.contains { live.isOwn($0) }
    let title = connection.displayName ?? connection.id
    return Finding(
      rule: id, severity: isOwn ? .warning : .note, confidence: .medium,
      solution: live.owner(of: names[0]),
      summary: "the connection '\(title)' does not work in \(live.title)"
        + (connection.reason.map { ": \($0)" } ?? ""),
      after: references.map { Declaration($0) }, consumers: users,
      remarks: [
        "its id is \(connection.id)",
        "the status may be old: it is renewed when the connection is used",
      ] + live.creatorRemark(of: connection),
      consequence: consequence, fix: fix(connection, live),
      discriminator: "\(live.title) \(connection.id)")
  }

  private static func fix(
    _ connection: LiveEnvironment.Connection, _ live: LiveState
  ) -> [FixStep] {
    [
      .text(
        "sign in again: \(live.portal("connections") ?? "maker portal, Connections"), "
          + "the connection, Fix connection"),
      "or bind its references to another connection: maker portal, Solutions, Connection references, Edit",
    ]
  }
}

extension LiveState {
  /// The creator of a connection, as far as it is known.
  func creatorRemark(of connection: LiveEnvironment.Connection) -> [String] {
    let creator = connection.creator
    let user = user(inDirectory: creator.directoryID)
    let name =
      creator.name ?? user.map(\.title)
      ?? creator.directoryID.map { "the account \($0) of the directory" }
    return name.map { ["it was made by \($0)"] } ?? []
  }
}

extension EnvironmentBroken {
  private static let consequence =
    "flows on it fail at their next run if it is still so, all references on it at once"

  static let documentation = RuleDocumentation(
    title: "a connection that references are bound to does not work",
    severities: [.warning, .note("for one that no solution here uses")],
    whatItDoes: """
      Reads the status of each connection, as the service for administrators lists it. Reports \
      those with status Error to which a reference is bound, with the service's reason, and lists \
      the references and the flows on it.
      """,
    whyItIsBad: """
      A password was changed, a token was revoked, a secret expired or an account was closed. \
      Every flow on the connection fails until a user signs in again.
      """,
    fix: [
      "Sign in again in the maker portal: Connections, the connection, Fix connection.",
      "Prefer connections of service principals, which no password change breaks.",
    ],
    knownProblems: """
      The status is that of the last use: it may be old, and flows may still run. Connections \
      that no reference is bound to are not reported.
      """,
    sources: ["https://learn.microsoft.com/power-automate/fix-flow-failures"],
    examples: [
      RuleExample(
        "its token was revoked",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .connection(fault: "Unauthorized: AADSTS50173"),
        ],
        reports: [.environmentBroken]),
      RuleExample(
        "it works",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .connection(),
        ],
        reports: []),
    ])
}
