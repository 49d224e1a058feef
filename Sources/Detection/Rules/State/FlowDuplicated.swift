import Solution

/// One flow in two files of a solution.
enum FlowDuplicated: StateRule {
  static let id = RuleID.flowDuplicated
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = []

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part -> [Finding] in
      let flows = part.instance.consumers.filter { $0.kind == .flow }
      guard Set(flows.map(\.id)).count < flows.count else { return [] }
      return Dictionary(grouping: flows, by: \.id).filter { Set($0.value.map(\.path)).count > 1 }
        .sorted { $0.key < $1.key }.map { finding($0.value, part.instance) }
    }
  }

  private static func finding(_ files: [Consumer], _ instance: Instance) -> Finding {
    let files = files.sorted { $0.path < $1.path }
    let names = Set(files.map { "'\($0.name)'" }).sorted().joined(separator: " and ")
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: "the flow \(names) is in \(files.count) files",
      consumers: files.map { AffectedConsumer($0, naming: nil, state: .naming) },
      remarks: ["its id is \(files[0].id)"], consequence: consequence, fix: fix,
      discriminator: files[0].id)
  }
}

extension FlowDuplicated {
  private static let consequence =
    "which of the files is packed is left to the tool, so an old version of the flow may be deployed"

  private static let fix: [FixStep] = [
    "keep the file that has the flow's present name, and remove the other with its .data.xml",
    "unpack into an empty folder: an unpack does not delete the files of a flow that was renamed",
  ]

  static let documentation = RuleDocumentation(
    title: "one flow is in two files of a solution",
    severities: [.warning],
    whatItDoes: "Reports files of one solution that have the same WorkflowId.",
    whyItIsBad: """
      A flow that was renamed has another file name. An unpack writes the new file and leaves the old \
      one, with outdated references; which of them is packed is not defined.
      """,
    fix: ["Remove the file of the old name, with its metadata."],
    knownProblems: "None known.",
    sources: ["https://github.com/microsoft/powerplatform-build-tools/issues/1073"],
    examples: [
      RuleExample(
        "the file of the old name was left behind",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .link("Archive", "sales_Orders_SharePoint", id: "a1"),
          .link("Archive order", "sales_Orders_SharePoint", id: "a1"),
        ],
        reports: [.flowDuplicated]),
      RuleExample(
        "two flows",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .link("Archive", "sales_Orders_SharePoint", id: "a1"),
          .link("Archive order", "sales_Orders_SharePoint", id: "a2"),
        ],
        reports: []),
    ])
}
