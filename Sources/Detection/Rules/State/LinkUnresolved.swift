import Solution

/// Consumers name what nothing in the revision declares.
enum LinkUnresolved: StateRule {
  static let id = RuleID.linkUnresolved
  static let toldBy: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .referenceRemoved, .linkLost, .referenceRecased,
  ]

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part -> [Finding] in
      var ends: [LogicalName: Resolution] = [:]
      var users: [LogicalName: [AffectedConsumer]] = [:]
      for consumer in part.consumers {
        for name in Set(consumer.links.compactMap(\.reference)) {
          let end = ends[name] ?? state.declarations.resolve(name, from: part.instance)
          ends[name] = end
          if end == .nothing {
            users[name, default: []].append(
              AffectedConsumer(consumer, naming: name, state: .broken))
          }
        }
      }
      return users.sorted { $0.key < $1.key }.map { name, users in
        finding(name, users.sorted { $0.place < $1.place }, part.instance)
      }
    }
  }

  private static func finding(
    _ name: LogicalName, _ users: [AffectedConsumer], _ instance: Instance
  ) -> Finding {
    let unit = users.allSatisfy { $0.kind == .flow } ? "flows" : "consumers"
    let who = users.count == 1 ? "'\(users[0].name)' names" : "\(users.count) \(unit) name"
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: "\(who) \(name.spelling), which nothing declares",
      before: [Declaration(name: name, displayName: nil, connector: nil, place: nil)],
      consumers: users, consequence: consequence, fix: fix(name), focus: users.first?.place)
  }
}

extension LinkUnresolved {
  private static let consequence = """
    the import stops at a missing dependency, or the flow comes up without a connection and cannot \
    be turned on
    """

  private static func fix(_ name: LogicalName) -> [FixStep] {
    [
      "add \(name.spelling) to the solution (Add existing, More, Connection reference), and export",
      "or choose a reference that is there in each of them, save, export",
    ]
  }

  static let documentation = RuleDocumentation(
    title: "a flow, app or agent names a reference that nothing declares",
    severities: "warning",
    whatItDoes: """
      Follows each name: to the consumer's own solution, to the other solutions of the revision, to \
      the missing dependencies of its manifest. Speaks where it ends nowhere. In a check only links \
      that came in the change are told, and mostly link-lost tells them first.
      """,
    whyItIsBad: """
      Nothing brings the reference to the next environment. The import stops (0x80048033, some \
      dependencies are missing), or the flow has no connection there.
      """,
    fix: [
      "Add the reference to the solution, and export it again.",
      "Or choose a reference that exists in the flow, save, export.",
    ],
    knownProblems: """
      A solution that was exported in parts, or whose manifest was edited by hand, may rely on a \
      reference that every environment has. Patches, and flows without a declaration file beside \
      them, are not judged.
      """,
    sources: ["https://learn.microsoft.com/power-platform/alm/removing-dependencies"],
    examples: [
      RuleExample(
        "two flows name what nothing declares",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint", "sales_Mail"]),
          .flow("Remind", ["sales_Mail"]),
        ],
        speaks: [.linkUnresolved]),
      RuleExample(
        "the manifest says which solution brings it",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .external("base_Mail", .solution("Base (1.0.0.0)")),
          .flow("Archive", ["sales_Invoices_SharePoint", "base_Mail"]),
        ],
        speaks: []),
    ])
}
