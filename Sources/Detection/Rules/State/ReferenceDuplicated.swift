import Solution

/// Several references of a solution that look the same to a maker.
enum ReferenceDuplicated: StateRule {
  static let id = RuleID.referenceDuplicated
  static let section = AuditSection.tidiness
  static let reportedBy: Set<RuleID> = [.referenceRecreated, .referenceReplaced]

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part -> [Finding] in
      var alike: [Appearance: [Reference]] = [:]
      for reference in part.instance.references {
        guard let appearance = Appearance(reference) else { continue }
        alike[appearance, default: []].append(reference)
      }
      return alike.filter { Set($1.map(\.name)).count > 1 }
        .sorted { $0.value[0].place < $1.value[0].place }
        .map { finding($0, $1, part.instance) }
    }
  }

  /// The properties of a reference that a maker sees in the designer.
  private struct Appearance: Hashable {
    let displayName: String
    let connector: String

    /// Nil where there is nothing to see, or where an agent made the name.
    init?(_ reference: Reference) {
      guard let displayName = reference.displayName?.trimmingSpace.lowercased(),
        !displayName.isEmpty,
        let connector = reference.connector, !reference.isStub, !reference.name.isAgentMade
      else { return nil }
      self.displayName = displayName
      self.connector = connector.stableName
    }
  }

  private static func finding(
    _ appearance: Appearance, _ references: [Reference], _ instance: Instance
  ) -> Finding {
    let displayName = references[0].displayName ?? ""
    return Finding(
      rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
      summary:
        "\(references.count) references for \(appearance.connector) are called '\(displayName)'",
      after: references.map(Declaration.init), consequence: consequence,
      fix: [
        "give each a display name that says what it is for; the logical names stay as they are"
      ], discriminator: appearance.connector)
  }
}

extension ReferenceDuplicated {
  private static let consequence =
    "makers cannot tell them apart: they edit the wrong one, or delete the one that is in use"

  static let documentation = RuleDocumentation(
    title: "references of one connector have the same display name",
    severities: [.note],
    whatItDoes: """
      Reports a solution that declares several references of the same connector with the same \
      display name. Names that an agent made are left out.
      """,
    whyItIsBad: """
      In the designer they look alike. Flows end up on either, the import asks for each of them, \
      and some day the wrong one is deleted.
      """,
    fix: [
      "Give each its own display name. That may change at any time; the logical name may not.",
      "If one is enough: move the flows to it first, and remove the other in a later release.",
    ],
    knownProblems: "The portal's stock names, such as SharePoint, are reported like any other.",
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/1783"],
    examples: [
      RuleExample(
        "two that look alike",
        state: [
          .reference("sales_Invoices_SharePoint", "SharePoint", sharePoint),
          .reference("sales_Orders_SharePoint", "SharePoint ", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint", "sales_Orders_SharePoint"]),
        ],
        reports: [.referenceDuplicated]),
      RuleExample(
        "another connector",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .reference("sales_Orders_Outlook", "Orders", outlook),
          .flow("Archive", ["sales_Orders_SharePoint", "sales_Orders_Outlook"]),
        ],
        reports: []),
    ])
}
