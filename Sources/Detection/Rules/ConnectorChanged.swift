import Solution

/// The same logical name, for another connector.
enum ConnectorChanged: Rule {
  static let id = RuleID.connectorChanged

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.instances.flatMap { pair -> [Finding] in
      guard let before = pair.before, let after = pair.after else { return [] }
      let former = Dictionary(
        before.references.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      return after.references.compactMap { reference in
        guard let was = former[reference.name], let left = was.connector,
          let right = reference.connector, left.name.lowercased() != right.name.lowercased()
        else { return nil }
        return finding(was, reference, isTail: left.isSame(as: right), after, comparison)
      }
    }
  }

  private static func finding(
    _ was: Reference, _ now: Reference, isTail: Bool, _ instance: Instance,
    _ comparison: Comparison
  ) -> Finding {
    let consumers = instance.consumers.filter { $0.names(now.name) }.map {
      AffectedConsumer($0, naming: now.name, state: isTail ? .moved : .broken)
    }
    let name = now.displayName ?? now.name.spelling
    return Finding(
      rule: id, severity: isTail ? .note : .error, confidence: .certain,
      solution: instance.uniqueName,
      summary: isTail
        ? "'\(name)' was exported from another environment: its custom connector has another tail"
        : "'\(name)' is for another connector now",
      before: [Declaration(was)], after: [Declaration(now)], consumers: isTail ? [] : consumers,
      consequence: isTail ? tailConsequence : consequence, remedy: isTail ? [] : remedy,
      discriminator: now.connector?.stableName ?? "")
  }
}

extension ConnectorChanged {
  private static let consequence = """
    each environment binds the name to a connection of the old connector: the import is refused, or \
    the actions of the flows no longer fit
    """
  private static let tailConsequence =
    "nothing, as long as every settings file names the connector as its own environment does"

  private static let remedy = [
    "keep the reference as it was, and add a second one for the new connector",
    "move the flows to it one by one",
  ]

  static let documentation = RuleDocumentation(
    title: "a reference keeps its logical name and is for another connector now",
    severities: "error; note where only a custom connector's environment tail differs",
    whatItDoes: """
      Compares the connector of each reference that both sides declare. The tail that a custom \
      connector gets in each environment (-5f and 16 digits) is no difference worth an error.
      """,
    whyItIsBad: """
      Environments that know the reference have it bound to a connection of the old connector. \
      Actions written for one connector do not run on another.
      """,
    wayOut: [
      "Keep the reference, add a second one for the new connector, move the flows one by one."
    ],
    knownProblems: "None known.",
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/7381"],
    examples: [
      RuleExample(
        "another connector",
        before: [.reference("sales_Data", "Sales data", "shared_commondataservice")],
        after: [.reference("sales_Data", "Sales data", dataverse)],
        speaks: [.connectorChanged]),
      RuleExample(
        "the custom connector of another environment",
        before: [.reference("sales_Rates", "Rates", "shared_rates-5f691c36f6fa56d15c")],
        after: [.reference("sales_Rates", "Rates", "shared_rates-5fa86a7a016182459a")],
        speaks: [.connectorChanged]),
      RuleExample(
        "filled in where it was a stub",
        before: [.stub("sales_Data")],
        after: [.reference("sales_Data", "Sales data", dataverse)],
        speaks: []),
    ])
}
