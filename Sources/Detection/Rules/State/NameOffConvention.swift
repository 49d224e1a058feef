import Solution

/// A reference whose logical name does not follow the team's pattern.
enum NameOffConvention: StateRule {
  static let id = RuleID.nameOffConvention
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.referenceRecreated, .referenceReplaced, .referenceRecased]

  static func findings(in state: State) -> [Finding] {
    let naming = state.conventions.naming
    return state.misnamed { reference, instance in
      !reference.isStub && !reference.name.isAgentMade
        // The prefix alone puts it off the pattern, and its own rule says why.
        && !PublisherDefault.applies(to: reference, in: instance)
        && !naming.accepts(
          reference.name, publisher: instance.publisherPrefix, connector: reference.connector)
    }.map { finding($0, naming) }
  }

  private static func finding(
    _ misnamed: MisnamedReference, _ naming: NamingConvention
  ) -> Finding {
    let (reference, instance) = (misnamed.reference, misnamed.instance)
    let example = naming.example(
      publisher: instance.publisherPrefix, purpose: "<purpose>", connector: reference.connector)
    let faults = naming.faults(
      of: reference.name, publisher: instance.publisherPrefix, connector: reference.connector)
    let reason = faults.isEmpty ? "" : ": " + faults.joined(separator: ", ")
    let advice = NamingAdvice(
      isNew: misnamed.isNew,
      whenNew: "create it with the logical name "
        + (misnamed.proposal.map { "\($0), if that is what it is for" }
          ?? example ?? naming.pattern))
    return Finding(
      rule: id, severity: naming.isConfigured ? advice.severity : .note, confidence: .certain,
      solution: instance.uniqueName,
      summary: "'\(reference.name.spelling)' does not follow \(naming.pattern)\(reason)",
      after: [Declaration(reference)], consequence: consequence, fix: advice.fix,
      theme: Theme(
        "reference", "do not follow \(naming.pattern)\(reason)",
        fix: NamingAdvice(
          isNew: misnamed.isNew, whenNew: "create it with a name that follows the pattern"
        ).fix))
  }
}

extension NameOffConvention {
  private static let consequence =
    "the name does not show the owner and the purpose of the connection, so the next maker adds another one"

  static let documentation = RuleDocumentation(
    title: "a new reference's name does not follow the team's pattern",
    severities: [
      .note,
      .warning("in a check where .connref.yml has naming, and the solution is not new as a whole"),
    ],
    whatItDoes: """
      Compares each logical name with the pattern under naming in .connref.yml, \
      {publisher}_{purpose}_{connector} by default: the publisher's prefix, one word or several \
      for the purpose, a word for the connector. It says which part is wrong. A check reports only \
      references that the change adds. A reference that publisher-default reports is not reported \
      again.
      """,
    whyItIsBad: """
      The maker portal makes up names like new_sharedsharepointonline_a1b2c. Two of them look \
      alike, so a third is created, and one of them is deleted some day.
      """,
    fix: [
      "Choose the name when the reference is created; it cannot be changed afterwards.",
      "Never rename one that is deployed: that is deleting and re-creating it. Its display name may change.",
    ],
    knownProblems: """
      Names with a dot are made by agents and never reported. The words for a custom connector are \
      not known; any word passes until the team lists its own. An audit cannot see which names are \
      deployed already, and reports a note.
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
        reports: [.nameOffConvention]),
      RuleExample(
        "a purpose of several words",
        state: [
          .reference("sales_invoices_servicewriter_sharepoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_invoices_servicewriter_sharepoint"]),
        ],
        reports: []),
      RuleExample(
        "publisher, purpose and connector",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
        ],
        reports: []),
    ])
}
