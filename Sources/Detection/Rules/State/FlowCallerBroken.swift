import Platform
import Solution

/// A child flow takes its connections from its caller.
enum FlowCallerBroken: StateRule, ChangeRule {
  static let id = RuleID.flowCallerBroken
  static let section = AuditSection.unbound
  static let reportedBy: Set<RuleID> = [id]
  static let repair: RepairKind? = nil

  static func findings(in comparison: Comparison) -> [Finding] {
    guard comparison.consumers.contains(where: \.changesCalling) else { return [] }
    let states = comparison.states(knowsEveryConsumer: true)
    let known = Set(findings(in: states.before).map(\.discriminator))
    return findings(in: states.after).filter { !known.contains($0.discriminator) }
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofState(finding, by: self)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }

  static func findings(in state: State) -> [Finding] {
    let judged = Set(state.parts.flatMap { $0.consumers.map(\.path) })
    let instances = state.solutions
    var callers: [String: [Consumer]] = [:]
    for caller in instances.flatMap(\.consumers) {
      for child in caller.childFlows where child != caller.id {
        callers[child, default: []].append(caller)
      }
    }
    guard !callers.isEmpty else { return [] }
    return instances.flatMap { instance in
      instance.consumers.compactMap { child -> Finding? in
        guard let callers = callers[child.id],
          let link = child.links.first(where: { link in
            link.isInvoker && link.reference != nil
              && child.uses.contains { $0.alias == link.alias }
          }),
          ([child] + callers).contains(where: { judged.contains($0.path) })
        else { return nil }
        return finding(child, link, callers, instance)
      }
    }
  }

  private static func finding(
    _ child: Consumer, _ link: Link, _ callers: [Consumer], _ instance: Instance
  ) -> Finding {
    // A flow may be in several files: unmanaged and managed, a folder and a zip.
    let callers = callers.sorted { ($0.name, $0.path) < ($1.name, $1.path) }.uniqued(on: \.id)
    let who =
      callers.count == 1 ? "'\(callers[0].name)' runs" : "\(callers.count) flows run"
    let own = AffectedConsumer(child, naming: link.reference, line: link.line, state: .naming)
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(child.name)' takes its connections from its caller, and \(who) it as a child",
      consumers: [own] + callers.map { AffectedConsumer($0, naming: nil, state: .broken) },
      remarks: ["the entry '\(link.alias)' has runtimeSource invoker"], consequence: consequence,
      fix: fix, discriminator: child.id, focus: own.place)
  }
}

extension FlowCallerBroken {
  private static let consequence =
    "a child flow cannot use the connections of its caller: the parent flow fails to turn on, or at its next run"

  private static let fix: [FixStep] = [
    "open the child flow's details, Run only users, Edit: choose 'Use this connection' for each connection, export again"
  ]

  static let documentation = RuleDocumentation(
    title: "a child flow takes its connections from its caller",
    severities: [.warning],
    whatItDoes: """
      Reports a flow with an entry whose runtimeSource is invoker ("Provided by run-only user"), \
      while another flow of the revision runs it as a child (an action of type Workflow).
      """,
    whyItIsBad: """
      A flow that is run by a flow has no user who could provide a connection. The platform \
      refuses to turn the parent on.
      """,
    fix: ["Choose 'Use this connection' for the run-only users of the child flow."],
    knownProblems: "Flows that other repositories run as children are not seen.",
    sources: [
      "https://github.com/microsoft/coe-starter-kit/issues/10261",
      "https://learn.microsoft.com/power-automate/create-child-flows",
    ],
    examples: [
      RuleExample(
        "a parent runs it",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .link("Send mail", "sales_Orders_Outlook", isInvoker: true),
          .link("Approve", "sales_Orders_Outlook", children: ["Send mail"]),
        ],
        reports: [.flowCallerBroken]),
      RuleExample(
        "the child has its own connection",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .link("Send mail", "sales_Orders_Outlook"),
          .link("Approve", "sales_Orders_Outlook", children: ["Send mail"]),
        ],
        reports: []),
    ])
}
