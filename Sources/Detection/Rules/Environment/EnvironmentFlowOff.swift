import Platform
import Solution

/// A flow of an environment that is off, or that the platform has suspended.
enum EnvironmentFlowOff: EnvironmentRule {
  static let id = RuleID.environmentFlowOff
  static let section = AuditSection.unbound

  static func findings(in live: LiveState) -> [Finding] {
    live.environment.flows.filter { $0.state != .on }.map { finding($0, live) }
  }

  private static func finding(_ flow: LiveEnvironment.Flow, _ live: LiveState) -> Finding {
    let consumer = flow.consumer
    let names = Set(consumer.links.compactMap(\.reference)).sorted()
    let reasons = names.compactMap { name -> String? in
      guard let reference = live.reference(name) else {
        return live.environment.knowsAll(.references)
          ? "it uses \(name.spelling), which is not there" : nil
      }
      return reference.connectionID == nil
        ? "it uses \(name.spelling), which has no connection there" : nil
    }
    let suspension = flow.suspension.map { ["the platform says: \($0)"] } ?? []
    let state = flow.state == .suspended ? "suspended" : "off"
    return Finding(
      rule: id, severity: live.isOwn(flow) ? .warning : .note, confidence: .certain,
      solution: live.owner(of: flow), summary: "'\(consumer.name)' is \(state) in \(live.title)",
      consumers: [
        AffectedConsumer(
          consumer, naming: names.first, state: reasons.isEmpty ? .naming : .broken)
      ],
      remarks: suspension + reasons, consequence: consequence, fix: fix,
      discriminator: "\(live.title) \(consumer.id)",
      theme: Theme(
        "flow",
        "are \(state) in \(live.title)"
          + (reasons.isEmpty ? "" : ", with a reference that is unbound or not there"),
        fix: fix))
  }
}

extension EnvironmentFlowOff {
  private static let consequence = "the flow does not run, and no message says so"

  private static let fix: [FixStep] = [
    "bind its references first, then turn it on: maker portal, Solutions, Cloud flows, Turn on",
    "or delete it if it is not needed",
  ]

  static let documentation = RuleDocumentation(
    title: "a flow is off in the environment",
    severities: [.warning, .note("for one that no solution here knows")],
    whatItDoes: """
      Reads the saved answer for workflows. Reports each cloud flow that is off (statecode 0) or \
      suspended (2), and says which of its references is unbound or not there.
      """,
    whyItIsBad: """
      An import leaves a flow off when one of its references has no connection, or when the \
      account that imports does not own the connections. The import itself is reported as a \
      success.
      """,
    fix: [
      "Bind what is unbound, share the connections with the account that deploys, turn the flow on."
    ],
    knownProblems: """
      A flow that is off on purpose is reported too. Flows outside solutions are not in these answers.
      """,
    sources: [
      "https://learn.microsoft.com/power-automate/manage-flows-with-code",
      "https://github.com/microsoft/powerplatform-actions/issues/214",
    ],
    examples: [
      RuleExample(
        "off, since its reference is unbound",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", connection: nil),
          .flow("Archive", ["sales_Orders_SharePoint"], isOn: false),
        ],
        reports: [.environmentUnbound, .environmentFlowOff]),
      RuleExample(
        "suspended, and the platform says why",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"),
          .flow("Archive", ["sales_Orders_SharePoint"], suspension: "CompanyDlpViolation"),
        ],
        reports: [.environmentFlowOff]),
    ])
}
