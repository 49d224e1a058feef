import Solution

/// A reference that nothing uses.
enum ReferenceUnused: StateRule {
  static let id = RuleID.referenceUnused
  static let section = AuditSection.tidiness
  static let reportedBy: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .linkLost, .referencesWiped,
  ]

  static func findings(in state: State) -> [Finding] {
    // A consumer that was not read may use it.
    guard state.knowsEveryConsumer else { return [] }
    let named = state.namesInUse
    // Consumers that live elsewhere are not seen: with none at all here, that is where they live.
    guard state.snapshot.instances.contains(where: { !$0.consumers.isEmpty }) else { return [] }
    // A cloned agent lists what it uses, and nothing else.
    return state.judgedDeclarers.filter { $0.form != .clone }.flatMap { instance in
      instance.references.filter { !$0.isStub && !named.contains($0.name) }.map {
        finding($0, instance)
      }
    }
  }

  private static func finding(_ reference: Reference, _ instance: Instance) -> Finding {
    Finding(
      rule: id, severity: .note, confidence: .medium, solution: instance.uniqueName,
      summary: "nothing in this repository uses '\(reference.name.spelling)'",
      after: [Declaration(reference)], consequence: consequence, fix: fix,
      theme: Theme("reference", "are used by nothing in this repository", fix: fix))
  }
}

extension ReferenceUnused {
  private static let consequence =
    "each import asks for a connection that nothing uses"

  private static let fix: [FixStep] = [
    "look for dependencies in every environment (Advanced, Show dependencies); where there are none, remove it"
  ]

  static let documentation = RuleDocumentation(
    title: "nothing uses a reference",
    severities: [.note],
    whatItDoes: """
      Reports a declared reference that no flow, app, agent or other component of the revision \
      uses. Reports nothing where a file could not be read, and where the revision has no consumer \
      at all.
      """,
    whyItIsBad: """
      Every environment still has to bind it, and it looks like one that is needed: makers \
      choose it, or make a third.
      """,
    fix: [
      "Show its dependencies in every environment, and remove it from the solution where there are none.",
      "Or say in its description what needs it.",
    ],
    knownProblems: """
      Consumers in other repositories, in unmanaged layers and in the default solution are not \
      seen, nor are canvas apps that were exported without their metadata.
      """,
    sources: ["https://github.com/Azure/azure-sdk-tools/issues/5677"],
    examples: [
      RuleExample(
        "one of two is named",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
        ],
        reports: [.referenceUnused]),
      RuleExample(
        "no consumer in the repository",
        state: [.reference("sales_Invoices_SharePoint", "Invoices", sharePoint)], reports: []),
    ])
}
