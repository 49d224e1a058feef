import Platform
import Solution

/// One connection for flows that should run under several identities.
enum EnvironmentOvershared: EnvironmentRule {
  static let id = RuleID.environmentOvershared
  static let section = AuditSection.identity

  static func findings(in live: LiveState) -> [Finding] {
    let conventions = live.state.conventions
    guard conventions.judgesSharing else { return [] }
    let bound = Dictionary(
      grouping: live.environment.references.filter {
        $0.isActive && live.isOwn($0.name) && !conventions.sharing.allows($0.name)
      }, by: { $0.connectionID?.lowercased() ?? "" })
    return bound.filter { $0.key != "" }.sorted { $0.key < $1.key }.compactMap {
      finding($0.key, $0.value, live)
    }
  }

  private static func finding(
    _ connection: String, _ references: [LiveEnvironment.Reference], _ live: LiveState
  ) -> Finding? {
    let conventions = live.state.conventions
    let flows = references.flatMap { live.users[$0.name] ?? [] }.uniqued(on: \.consumer.id)
    let groups = conventions.separateGroups(of: flows) { live.holds($0, $1) }
    let most = conventions.sharing.mostFlows
    guard !groups.isEmpty || most.map({ flows.count > $0 }) ?? false else { return nil }
    let title = live.environment.connections[connection]?.displayName ?? connection
    let names = references.map(\.name)
    let under =
      names.count == 1 ? names[0].spelling : "\(names.count) references"
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: live.owner(of: names[0]),
      summary: !groups.isEmpty
        ? "the connection '\(title)' under \(under) serves flows of several groups: \(groups.joined(separator: ", "))"
        : "the connection '\(title)' under \(under) serves \(flows.count) flows, and \(most ?? 0) are allowed",
      after: references.map { Declaration($0) },
      consumers: flows.map { flow in
        AffectedConsumer(
          flow.consumer,
          naming: flow.consumer.links.compactMap(\.reference).first { names.contains($0) },
          state: .naming)
      }, consequence: consequence, fix: fix(live), discriminator: "\(live.title) \(connection)")
  }

  private static func fix(_ live: LiveState) -> [FixStep] {
    [
      .text(
        "make a connection for each service identity: "
          + (live.portal("connections") ?? "maker portal, Connections") + ", New connection"),
      "bind the references of each group to its own, and write the ids into the settings file",
      "or list the references under identities, shared in .connref.yml, if all may use the connection",
    ]
  }
}

extension LiveState {
  /// True where a group of the configuration holds a flow: as git knows it, else by its name and id.
  fileprivate func holds(_ group: IdentityGroup, _ flow: LiveEnvironment.Flow) -> Bool {
    if let (consumer, instance) = flowsInGit[flow.consumer.id] {
      return group.holds(consumer, of: instance)
    }
    return group.ids.contains(flow.consumer.id)
      || group.flows.contains { $0.matchesIgnoringCase(flow.consumer.name) }
  }
}

extension EnvironmentOvershared {
  private static let consequence =
    "they act as one account, share its rights and its limits, and stop together when it does"

  static let documentation = RuleDocumentation(
    title: "one connection serves flows that should run under several identities",
    severities: [.warning("once .connref.yml has groups, or says how many flows may share")],
    whatItDoes: """
      Joins the environment's references by the connection that they are bound to. With groups under \
      identities in .connref.yml, reports a connection whose flows belong to several groups that no \
      group holds together; with most-flows, one that serves more flows than allowed.
      """,
    whyItIsBad: """
      One reference for each service identity separates nothing where all of them are bound to one \
      connection: git cannot see that, the environment can.
      """,
    fix: [
      "Make a connection for each service identity, and bind each group's references to its own.",
      "Or allow the sharing in .connref.yml.",
    ],
    knownProblems: "Flows outside of solutions are in no answer, and are not counted.",
    sources: [
      "https://community.dynamics.com/crm/b/crminthefield/posts/considerations-when-using-connection-references-with-power-automate-flows"
    ],
    examples: [
      RuleExample(
        "two references, one connection",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .reference("sales_Reports_SharePoint", "Reports", sharePoint),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Reports_SharePoint"]),
        ],
        conventions: Conventions(groups: [
          IdentityGroup(name: "billing", flows: [WildcardText("Bill*")]),
          IdentityGroup(name: "reporting", flows: [WildcardText("Report*")]),
        ]),
        live: [
          .reference("sales_Invoices_SharePoint"), .reference("sales_Reports_SharePoint"),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Reports_SharePoint"]),
        ],
        reports: [.environmentOvershared]),
      RuleExample(
        "a connection for each",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .reference("sales_Reports_SharePoint", "Reports", sharePoint),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Reports_SharePoint"]),
        ],
        conventions: Conventions(groups: [
          IdentityGroup(name: "billing", flows: [WildcardText("Bill*")]),
          IdentityGroup(name: "reporting", flows: [WildcardText("Report*")]),
        ]),
        live: [
          .reference("sales_Invoices_SharePoint"),
          .reference("sales_Reports_SharePoint", connection: "0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f"),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Reports_SharePoint"]),
        ],
        reports: []),
    ])
}
