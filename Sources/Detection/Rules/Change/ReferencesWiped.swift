import Solution

/// A flow's `connectionReferences` became empty while its actions need connections.
enum ReferencesWiped: ChangeRule {
  static let id = RuleID.referencesWiped
  static let repair: RepairKind? = .references

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.consumers.compactMap { pair in
      guard let before = pair.before, let after = pair.after, let instance = pair.instanceAfter,
        after.links.isEmpty, after.connectorUses > 0
      else { return nil }
      let named = Set(before.links.compactMap(\.reference)).sorted()
      guard !named.isEmpty else { return nil }
      return Finding(
        rule: id, severity: .error, confidence: .certain, solution: instance.uniqueName,
        summary: "'\(after.name)' lost all its references while its actions use connectors",
        before: named.map {
          Declaration(of: $0, comparison.declaredBefore.best(of: $0, for: instance))
        },
        consumers: [AffectedConsumer(after, naming: nil, state: .broken)],
        consequence: consequence, fix: fix,
        repair: repair(before, after, in: instance), discriminator: after.id,
        focus: Place(path: after.path, line: 1))
    }
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains(consumers: later.broken(finding) { $0.links.isEmpty && $0.connectorUses > 0 })
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension ReferencesWiped {
  /// The entries from before fit as long as the actions use no other ones.
  private static func repair(
    _ before: Consumer, _ after: Consumer, in instance: Instance
  ) -> RepairOffer? {
    let known = Set(before.links.map(\.alias))
    let isListed = after.usedAliases.allSatisfy(known.contains)
    return isListed && instance.form != .archive ? .back : nil
  }

  private static let consequence =
    "after the import the flow shows no connection at all, and cannot be turned on"

  private static let fix: [FixStep] = [
    "take the flow's file from the revision before, or open and save it in the designer, and export again"
  ]

  static let documentation = RuleDocumentation(
    title: "a flow lost all its references while its actions use connectors",
    severities: [.error],
    whatItDoes: """
      Reports a flow that named references before, whose connectionReferences are empty now, and \
      whose definition still has actions or triggers that use a connector.
      """,
    whyItIsBad: """
      Some tools write the flow back without its connectionReferences. The flow imports, shows no \
      connection, and cannot be turned on.
      """,
    fix: [
      "Take the file from the revision before: git restore --source=HEAD -- <the flow's file>.",
      "Or open the flow in the designer, choose the connections, save, export.",
    ],
    knownProblems: "None known.",
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/6886"],
    examples: [
      RuleExample(
        "wiped",
        before: [
          .reference("sales_Files", "Sales files", sharePoint),
          .flow("Archive", ["sales_Files"], connectorUses: 2),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint),
          .flow("Archive", [], connectorUses: 2),
        ],
        reports: [.referencesWiped]),
      RuleExample(
        "the last connector action was removed too",
        before: [
          .reference("sales_Files", "Sales files", sharePoint),
          .flow("Archive", ["sales_Files"], connectorUses: 2),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint),
          .flow("Archive", [], connectorUses: 0),
        ],
        reports: []),
    ])
}
