import Solution

/// A new link to a reference that only the maker's environment has.
enum LinkUnshipped: ChangeRule {
  static let id = RuleID.linkUnshipped
  static let repair: RepairKind? = nil

  static func findings(in comparison: Comparison) -> [Finding] {
    let reported = comparison.reportedNames
    return comparison.consumers.flatMap { pair -> [Finding] in
      // A solution that is new as a whole is judged as it is, not as a change for the worse.
      guard let after = pair.after, let instance = pair.instanceAfter, pair.instanceBefore != nil
      else { return [] }
      var seen: Set<LogicalName> = []
      return after.links.compactMap { link in
        guard let name = link.reference, !reported.contains(name), seen.insert(name).inserted,
          comparison.declaredAfter.resolve(name, from: instance) == .external(.active),
          isNew(name, in: pair, comparison)
        else { return nil }
        return finding(name, after, instance, comparison)
      }
    }
  }

  /// True where the link is new, or was shipped before.
  private static func isNew(
    _ name: LogicalName, in pair: ConsumerPair, _ comparison: Comparison
  ) -> Bool {
    guard let instance = pair.instanceBefore else { return false }
    let end = comparison.declaredBefore.resolve(name, from: instance)
    return pair.before?.names(name) != true || (end.isResolved && end != .external(.active))
  }

  private static func finding(
    _ name: LogicalName, _ consumer: Consumer, _ instance: Instance, _ comparison: Comparison
  ) -> Finding {
    let affected = AffectedConsumer(consumer, naming: name, state: .broken)
    return Finding(
      rule: id, severity: comparison.conventions.severityBeforeRelease,
      confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(consumer.name)' uses \(name.spelling), which no solution of this repository ships",
      before: [Declaration(name: name)],
      consumers: [affected],
      remarks: [
        "the manifest of \(instance.uniqueName) says that only the maker's environment has it "
          + "(solution=\"Active\")"
      ],
      consequence: consequence, fix: fix(name), discriminator: consumer.id, focus: affected.place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofUnshippedLinks(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension LinkUnshipped {
  static let consequence =
    "the import fails with a missing dependency in every environment that does not have it already"

  static func fix(_ name: LogicalName) -> [FixStep] {
    [
      "add \(name.spelling) to the solution (Add existing › More › Connection reference), and export again",
      "or, if another repository ships it, list it under shipped-elsewhere in .connref.yml",
    ]
  }

  static let documentation = RuleDocumentation(
    title: "a flow uses a reference that no solution ships",
    severities: [.warning, .error("with --release")],
    whatItDoes: """
      Reports a new or changed link to a reference that the manifest lists as a missing dependency of \
      the solution "Active", while no solution of the revision declares it. What was so before is \
      reported by link-unresolved in an audit.
      """,
    whyItIsBad: """
      "Active" is the maker's own environment. The reference exists there, in the default solution \
      perhaps, and nothing brings it to another environment: the import stops at a missing dependency.
      """,
    fix: [
      "Add the reference to the solution and export it again.",
      "Or list it under shipped-elsewhere in .connref.yml if another repository ships it.",
    ],
    knownProblems: """
      A solution that another repository ships is not known here until .connref.yml lists its \
      references.
      """,
    sources: [
      "https://github.com/microsoft/powerapps-tools/issues/564",
      "https://learn.microsoft.com/power-platform/alm/removing-dependencies",
    ],
    examples: [
      RuleExample(
        "a new flow uses a reference of the maker's environment",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
          .external("new_Mail", .active), .flow("Remind", ["new_Mail"]),
        ],
        reports: [.linkUnshipped]),
      RuleExample(
        "a managed solution ships it",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
          .external("base_Mail", .solution("Base")), .flow("Remind", ["base_Mail"]),
        ],
        reports: []),
    ])
}
