import Solution

/// A reference may no longer be customized.
enum ReferenceLocked: ChangeRule {
  static let id = RuleID.referenceLocked
  static let repair: RepairKind? = nil

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.instances.flatMap { pair -> [Finding] in
      guard let before = pair.before, let after = pair.after, !pair.keepsReferences else {
        return []
      }
      let open = Set(before.references.filter { $0.isCustomizable == true }.map(\.name))
      return after.references.compactMap { reference in
        // References that an agent makes are always locked.
        guard reference.isCustomizable == false, open.contains(reference.name),
          !reference.name.isAgentMade
        else { return nil }
        let users = after.consumers(naming: reference.name)
        guard !users.isEmpty else { return nil }
        return finding(reference, users, after)
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ users: [Consumer], _ instance: Instance
  ) -> Finding {
    Finding(
      rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(reference.displayName ?? reference.name.spelling)' may no longer be customized",
      after: [Declaration(reference)],
      consumers: users.affected(naming: reference.name, .naming),
      consequence: consequence, fix: fix)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains()
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension ReferenceLocked {
  private static let consequence =
    "where the solution is managed, the reference cannot be given another connection by hand"

  private static let fix: [FixStep] = [
    "if that is not meant: turn on Allow customizations in the reference's managed properties, export again"
  ]

  static let documentation = RuleDocumentation(
    title: "a reference may no longer be customized",
    severities: [.note],
    whatItDoes: """
      Reports a reference that is used and whose iscustomizable changed from 1 to 0. References \
      that an agent made (names with a dot) are always locked and are not reported.
      """,
    whyItIsBad: """
      In a target where the solution is managed, the connection is then set by the import alone: \
      one that expired cannot be replaced.
      """,
    fix: ["Turn on Allow customizations in the managed properties of the reference."],
    knownProblems: "A team may lock its references on purpose.",
    sources: [
      "https://reshmee.netlify.app/posts/azuredevops-powerplatform-deployment-alm-connectionreferences"
    ],
    examples: [
      RuleExample(
        "the permission was taken away",
        before: [
          .declaration("sales_Files", "Sales files", sharePoint, isCustomizable: true),
          .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .declaration("sales_Files", "Sales files", sharePoint, isCustomizable: false),
          .flow("Archive", ["sales_Files"]),
        ],
        reports: [.referenceLocked]),
      RuleExample(
        "nothing uses it",
        before: [.declaration("sales_Files", "Sales files", sharePoint, isCustomizable: true)],
        after: [.declaration("sales_Files", "Sales files", sharePoint, isCustomizable: false)],
        reports: []),
      RuleExample(
        "it was locked before",
        before: [.declaration("sales_Files", "Sales files", sharePoint, isCustomizable: false)],
        after: [
          .declaration("sales_Files", "Sales files", sharePoint, isCustomizable: false),
          .flow("Archive", ["sales_Files"]),
        ],
        reports: []),
    ])
}
