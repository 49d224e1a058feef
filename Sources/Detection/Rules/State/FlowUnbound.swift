import Solution

/// A flow whose actions need a connection that its file does not lead to.
enum FlowUnbound: StateRule {
  static let id = RuleID.flowUnbound
  static let section = AuditSection.unbound
  static let reportedBy: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .linkLost, .referencesWiped, .connectionEmbedded,
  ]

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part in
      part.consumers.compactMap { consumer in
        guard consumer.connectorUses > 0 else { return nil }
        return finding(consumer, part.instance)
      }
    }
  }

  private static func finding(_ consumer: Consumer, _ instance: Instance) -> Finding? {
    let used = Set(consumer.usedAliases.map { $0.lowercased() })
    if consumer.links.isEmpty {
      return finding(
        consumer, instance, line: 1,
        summary: "'\(consumer.name)' uses connectors and no connection reference",
        remarks: used.isEmpty ? [] : ["its actions use " + listed(consumer.usedAliases)],
        theme: "use connectors and no connection reference")
    }
    let empty = consumer.links.filter {
      $0.reference == nil && $0.embeddedConnection == nil && used.contains($0.alias.lowercased())
    }
    let unlisted = consumer.unlistedAliases
    guard let first = empty.first?.alias ?? unlisted.first else { return nil }
    return finding(
      consumer, instance, line: empty.first?.line ?? consumer.unlistedUses.first?.line ?? 1,
      summary: empty.isEmpty
        ? "an action of '\(consumer.name)' uses '\(first)', which its references do not list"
        : "'\(consumer.name)' uses no reference for '\(first)', which its actions use",
      remarks: (empty.count > 1 ? ["without a name are " + listed(empty.map(\.alias))] : [])
        + (unlisted.isEmpty || empty.isEmpty && unlisted.count == 1
          ? [] : ["used and not listed are " + listed(unlisted)]),
      theme: empty.isEmpty
        ? "use a connection that their references do not list"
        : "have an entry without a connection reference")
  }

  private static func listed(_ aliases: [String]) -> String {
    aliases.map { "'\($0)'" }.joined(separator: ", ")
  }

  private static func finding(
    _ consumer: Consumer, _ instance: Instance, line: Int, summary: String, remarks: [String],
    theme: String
  ) -> Finding {
    Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: summary,
      consumers: [
        AffectedConsumer(consumer, naming: nil, line: line, state: .broken)
      ], remarks: remarks, consequence: consequence, fix: fix, discriminator: consumer.id,
      theme: Theme("flow", theme, fix: fix))
  }
}

extension Consumer {
  /// Aliases that actions use and no entry has. A list of entries has no aliases.
  package var unlistedAliases: [String] {
    let isList = links.enumerated().allSatisfy { $0.element.alias == String($0.offset) }
    guard !isList else { return [] }
    let known = Set(links.map { $0.alias.lowercased() })
    return usedAliases.filter { !known.contains($0.lowercased()) }
  }

  /// The first action of each of them.
  var unlistedUses: [ConnectorUse] {
    let aliases = unlistedAliases
    guard !aliases.isEmpty else { return [] }
    let first = Dictionary(uses.map { ($0.alias, $0) }, uniquingKeysWith: { first, _ in first })
    return aliases.compactMap { first[$0] }
  }
}

extension FlowUnbound {
  private static let consequence =
    "after the import the flow has no connection there, which shows only when it is turned on"

  private static let fix: [FixStep] = [
    "open the flow in the maker's environment, choose a connection reference in each action, save, export"
  ]

  static let documentation = RuleDocumentation(
    title: "a flow uses a connector without a reference",
    severities: [.warning],
    whatItDoes: """
      Reports a flow whose actions or triggers use a connector while its connectionReferences are \
      empty, while the entry they use is "connection": {}, or while they use an alias that is not \
      listed.
      """,
    whyItIsBad: """
      The import succeeds, and the flow cannot be turned on, months later \
      perhaps. No settings file can bind what has no reference.
      """,
    fix: [
      "Open the flow in the designer, choose a connection reference in each action, save, export.",
      "Or delete the flow, if it is not needed.",
    ],
    knownProblems: """
      Drafts that were never finished are reported too. An alias that an expression makes up is \
      not followed.
      """,
    sources: [
      "https://github.com/microsoft/coe-starter-kit/issues/6886",
      "https://github.com/microsoft/powerapps-tools/issues/796",
    ],
    examples: [
      RuleExample(
        "connector actions and no reference at all",
        state: [.flow("Archive", [], connectorUses: 2)], reports: [.flowUnbound]),
      RuleExample(
        "an entry without a name",
        state: [.flow("Archive", [nil])], reports: [.flowUnbound]),
      RuleExample(
        "an alias that is used and not listed",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"], unlisted: ["shared_teams"]),
        ],
        reports: [.flowUnbound]),
      RuleExample(
        "no connector in use",
        state: [.flow("Add numbers", [], connectorUses: 0)], reports: []),
    ])
}
