import Solution

/// A full declaration that says no connector.
enum DeclarationIncomplete: StateRule {
  static let id = RuleID.declarationIncomplete
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.connectorChanged]

  static func findings(in state: State) -> [Finding] {
    state.parts.filter { $0.instance.form != .clone }.flatMap { part in
      part.instance.references.filter { !$0.isStub && $0.connector == nil }.map {
        finding($0, part.instance)
      }
    }
  }

  private static func finding(_ reference: Reference, _ instance: Instance) -> Finding {
    let users = instance.consumers(naming: reference.name)
    let stated = users.flatMap(\.links).filter { $0.reference == reference.name }
      .compactMap { $0.connector?.name }
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: "the declaration of \(reference.name.spelling) says no connector",
      after: [Declaration(reference)],
      consumers: users.affected(naming: reference.name, .broken),
      remarks: Set(stated).sorted().map { "flows use it for \($0)" }, consequence: consequence,
      fix: fix, theme: Theme("reference", "are declared without a connector", fix: fix))
  }
}

extension DeclarationIncomplete {
  private static let consequence =
    "the import is refused, or the reference cannot be bound to any connection"

  private static let fix: [FixStep] = [
    "export the solution again; if the file was written by hand, add the connectorid of the reference"
  ]

  static let documentation = RuleDocumentation(
    title: "a declaration says no connector",
    severities: [.warning],
    whatItDoes: """
      Reports a declaration with a display name or other parts and neither connectorid nor \
      customconnectorid. A declaration without any part is a stub, which another solution defines.
      """,
    whyItIsBad: """
      A reference is a pointer to a connection of one connector. Without the connector nothing can be \
      bound; a merge or an edit by hand lost it.
      """,
    fix: ["Export the solution again, or restore the connectorid."],
    knownProblems: "None known.",
    sources: [
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/connectionreference"
    ],
    examples: [
      RuleExample(
        "no connector",
        state: [
          .declaration("sales_Orders_Files", "Orders", nil),
          .flow("Archive", ["sales_Orders_Files"]),
        ],
        reports: [.declarationIncomplete]),
      RuleExample(
        "a stub",
        state: [
          .stub("sales_Orders_SharePoint"),
          .reference("sales_Orders_SharePoint", "Orders", sharePoint, solution: "SalesBase"),
          .flow("Archive", ["sales_Orders_SharePoint"]),
        ],
        reports: []),
    ])
}
