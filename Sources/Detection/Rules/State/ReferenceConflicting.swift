import Solution

/// Two solutions declare one logical name for two connectors.
enum ReferenceConflicting: StateRule {
  static let id = RuleID.referenceConflicting
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.connectorChanged]

  static func findings(in state: State) -> [Finding] {
    var declared: [LogicalName: [Declarations.Entry]] = [:]
    for instance in state.solutions {
      for reference in instance.references where reference.connector?.isInternalID == true {
        declared[reference.name, default: []].append(
          Declarations.Entry(reference: reference, instance: instance))
      }
    }
    let judged = Set(state.parts.map { $0.instance.solutionKey })
    return declared.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .compactMap { _, entries in
        guard let first = entries.first,
          let other = entries.first(where: { differs($0, from: first) }),
          entries.contains(where: { judged.contains($0.instance.solutionKey) })
        else { return nil }
        return finding(first, other)
      }
  }

  /// A copy of the solution is of another day.
  private static func differs(_ entry: Declarations.Entry, from first: Declarations.Entry) -> Bool {
    guard let left = first.reference.connector, let right = entry.reference.connector else {
      return false
    }
    return !entry.instance.isSameSolution(as: first.instance)
      && entry.instance.patchedSolution == nil && !left.isSame(as: right)
  }

  private static func finding(
    _ first: Declarations.Entry, _ other: Declarations.Entry
  ) -> Finding {
    let name = first.reference.name.spelling
    let words = [first, other].map {
      "\($0.reference.connector?.name ?? "") in \($0.instance.uniqueName)"
    }.joined(separator: ", and for ")
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: first.instance.uniqueName,
      summary: "\(name) is declared for \(words)",
      after: [Declaration(first.reference), Declaration(other.reference)],
      consequence: consequence, fix: fix)
  }
}

extension ReferenceConflicting {
  private static let consequence =
    "an environment has one reference of that name: the second import changes it for the flows of the first, or is refused"

  private static let fix: [FixStep] = [
    "give one of them a reference of its own name for its connector, and move its flows to it"
  ]

  static let documentation = RuleDocumentation(
    title: "two solutions declare one reference for two connectors",
    severities: [.warning],
    whatItDoes: """
      Compares the connectors of all full declarations of one logical name in solutions of \
      different unique names. The tail that a custom connector has in each environment does not \
      count.
      """,
    whyItIsBad: """
      On import the logical name is the identity. Both solutions in one environment share one \
      reference, and it can be for one connector only.
      """,
    fix: ["Give one of the two solutions a reference of another name."],
    knownProblems: "Solutions that never meet in one environment are reported as well.",
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/439"],
    examples: [
      RuleExample(
        "two connectors",
        state: [
          .reference("sales_Orders_Dataverse", "Orders", "shared_commondataservice"),
          .link("Archive", "sales_Orders_Dataverse", connector: "shared_commondataservice"),
          .reference("sales_Orders_Dataverse", "Orders", dataverse, solution: "SalesReturns"),
        ],
        reports: [.referenceConflicting]),
      RuleExample(
        "one connector",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .reference("sales_Orders_Outlook", "Mail", outlook, solution: "SalesReturns"),
        ],
        reports: []),
    ])
}
