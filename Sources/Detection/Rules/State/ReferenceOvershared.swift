import Solution

/// One reference for flows that should run under several identities.
enum ReferenceOvershared: StateRule {
  static let id = RuleID.referenceOvershared
  static let section = AuditSection.identity
  static let reportedBy: Set<RuleID> = []

  static func findings(in state: State) -> [Finding] {
    let conventions = state.conventions
    // What a team might agree on is no matter of one change.
    guard conventions.judgesSharing || state.additions == nil, state.knowsEveryConsumer else {
      return []
    }
    var users: [LogicalName: [Use]] = [:]
    var seen: Set<[String]> = []
    for instance in state.solutions {
      for consumer in instance.consumers {
        for name in Set(consumer.links.compactMap(\.reference))
        where !conventions.sharing.allows(name) && seen.insert([name.key, consumer.id]).inserted {
          users[name, default: []].append(Use(consumer: consumer, instance: instance))
        }
      }
    }
    guard conventions.judgesSharing else { return suggestion(users, in: state).map { [$0] } ?? [] }
    return users.sorted { $0.key < $1.key }.compactMap { name, users in
      guard let owner = state.declarations.fullFirst(of: name).first else { return nil }
      return finding(owner, users, conventions)
    }
  }

  private struct Use {
    let consumer: Consumer
    let instance: Instance
  }

  private static func finding(
    _ owner: Declarations.Entry, _ users: [Use], _ conventions: Conventions
  ) -> Finding? {
    let groups = conventions.separateGroups(of: users) { $0.holds($1.consumer, of: $1.instance) }
    let most = conventions.sharing.mostFlows
    guard !groups.isEmpty || most.map({ users.count > $0 }) ?? false else { return nil }
    let name = owner.reference.name
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: owner.instance.uniqueName,
      summary: !groups.isEmpty
        ? "'\(name.spelling)' is shared by flows of several groups: \(groups.joined(separator: ", "))"
        : "'\(name.spelling)' is shared by \(users.count) flows, and \(most ?? 0) are allowed",
      after: [Declaration(owner.reference)],
      consumers: users.map(\.consumer).affected(naming: name, .naming),
      consequence: consequence,
      fix: [
        "give each group a reference of its own, and move its flows to it one by one",
        "or list \(name.spelling) under identities, shared in .connref.yml, if all may use it",
      ])
  }
}

extension Conventions {
  /// True where the team said who may share a reference, or how many.
  package var judgesSharing: Bool { !groups.isEmpty || sharing.mostFlows != nil }
}

extension ReferenceOvershared {
  private static let consequence =
    "who rebinds it for one flow rebinds it for all: they then act as that account, with its rights and limits"

  static let documentation = RuleDocumentation(
    title: "flows that should not share a reference do",
    severities: [
      .warning("once .connref.yml has groups, or says how many flows may share"),
      .note("in an audit before that, where several flows of several kinds share one"),
    ],
    whatItDoes: """
      With groups under identities in .connref.yml, a reference is for the flows of one group. \
      Reports one where its flows belong to several groups and no group holds them all, or where \
      more flows than allowed use it. Flows of no group are not counted as one. \
      Before there are groups, an audit proposes some by what the operations of flows are called: \
      reporting for flows that only read, service for those that write, customer-facing for those \
      that send messages, bulk for those that administer environments.
      """,
    whyItIsBad: """
      A reference is one connection, so one identity. Binding it to another account for \
      one flow changes all of them, and all share the limits of that account.
      """,
    fix: [
      "Make a reference for each service identity, and move the flows one by one; keep the old one until nothing uses it.",
      "Or allow the sharing in .connref.yml.",
    ],
    knownProblems: "Consumers outside the repository are not counted.",
    sources: [
      "https://community.dynamics.com/crm/b/crminthefield/posts/considerations-when-using-connection-references-with-power-automate-flows"
    ],
    examples: [
      RuleExample(
        "two groups, one reference",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Invoices_SharePoint"]),
        ],
        conventions: Conventions(groups: [
          IdentityGroup(name: "billing", flows: [WildcardText("Bill*")]),
          IdentityGroup(name: "reporting", flows: [WildcardText("Report*")]),
        ]),
        reports: [.referenceOvershared]),
      RuleExample(
        "no groups are configured",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Bill customer", ["sales_Invoices_SharePoint"]),
          .flow("Report week", ["sales_Invoices_SharePoint"]),
        ],
        reports: []),
    ])
}

extension ReferenceOvershared {
  /// Groups to begin with, in one note; nil where no reference has two flows of each of two kinds.
  private static func suggestion(_ users: [LogicalName: [Use]], in state: State) -> Finding? {
    let shared = users.compactMap { name, users -> (owner: Declarations.Entry, words: String)? in
      let works = Dictionary(grouping: users.compactMap(\.consumer.work), by: { $0 })
      guard works.count(where: { $0.value.count > 1 }) > 1,
        let owner = state.declarations.fullFirst(of: name).first
      else { return nil }
      let words = works.sorted { $0.key < $1.key }
        .map { "\($0.value.count) \(IdentityProposal.name(of: $0.key))" }
      return (owner, "\(name.spelling): \(words.joined(separator: ", ")) flows")
    }.sorted { $0.owner.reference.name < $1.owner.reference.name }
    guard let first = shared.first else { return nil }
    let subject =
      shared.count == 1
      ? "'\(first.owner.reference.name.spelling)' is" : "\(shared.count) references are"
    let line = IdentityProposal(state.solutions).line
    return Finding(
      rule: id, severity: .note, confidence: .medium,
      solution: first.owner.instance.uniqueName,
      summary: "\(subject) shared by flows that do different work", remarks: shared.map(\.words),
      consequence: consequence,
      fix: [
        line.count <= 500
          ? .command(line, purpose: "agree on groups in .connref.yml, for instance")
          : .command(
            "connref config --init --output /dev/stdout",
            purpose: "agree on groups in .connref.yml; print a proposal"),
        .command("connref list --format mermaid", purpose: "see which flows share a reference"),
      ], discriminator: "groups", focus: first.owner.reference.place)
  }
}
