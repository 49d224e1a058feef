import Solution

/// A reference whose logical name does not follow the team's pattern.
enum NameOffConvention: StateRule {
  static let id = RuleID.nameOffConvention
  static let toldBy: Set<RuleID> = [.referenceRecreated, .referenceReplaced, .referenceRecased]

  static func findings(in state: State) -> [Finding] {
    let naming = state.conventions.naming
    return state.parts.flatMap { part in
      part.instance.references.compactMap { reference in
        guard let isNew = state.isNew(reference), !reference.isStub, !reference.name.isAgentMade,
          // The prefix alone puts it off the pattern, and its own rule says why.
          !PublisherDefault.speaks(of: reference, in: part.instance),
          !naming.accepts(
            reference.name, publisher: part.instance.publisherPrefix,
            connector: reference.connector)
        else { return nil }
        return finding(reference, part.instance, state, isNew: isNew)
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ instance: Instance, _ state: State, isNew: Bool
  ) -> Finding {
    let naming = state.conventions.naming
    let example = naming.example(
      publisher: instance.publisherPrefix, purpose: "Purpose", connector: reference.connector)
    let advice = NamingAdvice(
      isNew: isNew,
      whenNew: "make it with the logical name "
        + (example.map { "\($0), 'Purpose' being what it is for" } ?? naming.pattern))
    return Finding(
      rule: id, severity: advice.severity, confidence: .certain, solution: instance.uniqueName,
      summary: "'\(reference.name.spelling)' does not follow \(naming.pattern)",
      after: [Declaration(reference)], consequence: consequence, fix: advice.fix,
      theme: Theme(
        "reference", "do not follow \(naming.pattern)",
        fix: NamingAdvice(
          isNew: isNew, whenNew: "make it with a name that follows the pattern"
        ).fix))
  }
}

extension NameOffConvention {
  private static let consequence =
    "nobody can tell from the name whose connection it is and what for, so the next one is made beside it"

  static let documentation = RuleDocumentation(
    title: "a new reference's name does not follow the team's pattern",
    severities: "warning; note in an audit, and in a solution that is new as a whole",
    whatItDoes: """
      Holds each logical name against the pattern under naming in .connref.yml, \
      {publisher}_{purpose}_{connector} by default: the publisher's prefix, a word for the purpose, a \
      word for the connector. A check judges only references that came in the change. Where \
      publisher-default speaks, that one alone does.
      """,
    whyItIsBad: """
      The maker portal makes up names like new_sharedsharepointonline_a1b2c. Nobody can tell two of \
      them apart, so a third is made, and one of them deleted some day.
      """,
    fix: [
      "Give the name when the reference is made; it cannot be changed afterwards.",
      "Never rename one that is deployed: that is deleting and making it again. Its display name may change.",
    ],
    knownProblems: """
      Names with a dot are made by agents and never judged. The words for a custom connector are not \
      known; any word passes until the team lists its own. An audit cannot tell a new name from one \
      that is deployed, and tells a note.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference"
    ],
    examples: [
      RuleExample(
        "a name that the portal made up",
        state: [
          .reference("sales_sharedsharepointonline_a1b2c", "SharePoint Sales", sharePoint),
          .flow("Archive", ["sales_sharedsharepointonline_a1b2c"]),
        ],
        speaks: [.nameOffConvention]),
      RuleExample(
        "publisher, purpose and connector",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
        ],
        speaks: []),
    ])
}
