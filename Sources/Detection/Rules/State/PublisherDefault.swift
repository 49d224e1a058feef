import Solution

/// A new reference under a default publisher's prefix, where the solution's publisher has its own.
enum PublisherDefault: StateRule {
  static let id = RuleID.publisherDefault
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.referenceRecreated, .referenceReplaced, .referenceRecased]

  static func findings(in state: State) -> [Finding] {
    state.misnamed(applies).map { finding($0, state.conventions.naming) }
  }

  /// True for a full declaration with the prefix of a default publisher in a solution of another.
  static func applies(to reference: Reference, in instance: Instance) -> Bool {
    guard let own = instance.publisherPrefix?.lowercased(), !isDefault(own[...]) else {
      return false
    }
    return !reference.isStub && !reference.name.isAgentMade
      && reference.name.key.contains("_") && isDefault(reference.name.prefix)
  }

  /// `new`, of the environment's default publisher, or `cr` and three letters or digits, of the
  /// Common Data Service default publisher; one of the three is a digit or they are hexadecimal.
  private static func isDefault(_ prefix: Substring) -> Bool {
    if prefix == "new" { return true }
    guard prefix.utf8.count == 5, prefix.hasPrefix("cr") else { return false }
    let tail = prefix.dropFirst(2)
    return tail.allSatisfy(\.isHexDigit)
      || tail.contains(where: \.isNumber) && tail.allSatisfy { $0.isLetter || $0.isNumber }
  }

  private static func finding(
    _ misnamed: MisnamedReference, _ naming: NamingConvention
  ) -> Finding {
    let (reference, instance) = (misnamed.reference, misnamed.instance)
    let own = instance.publisherPrefix ?? ""
    let example = naming.example(
      publisher: own, purpose: "<purpose>", connector: reference.connector)
    let advice = NamingAdvice(
      isNew: misnamed.isNew,
      whenNew: "make it from within the solution, so that its name begins with \(own)_"
        + (misnamed.proposal.map { ": \($0), if that is what it is for" }
          ?? example.map { ": \($0)" } ?? ""))
    return Finding(
      rule: id, severity: advice.severity, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(reference.name.spelling)' has a default publisher's prefix; the solution's is \(own)",
      after: [Declaration(reference)], consequence: consequence, fix: advice.fix,
      theme: Theme(
        "reference", "have a default publisher's prefix, where the solution's is \(own)",
        fix: NamingAdvice(
          isNew: misnamed.isNew, whenNew: "make it from within the solution"
        ).fix))
  }
}

extension PublisherDefault {
  private static let consequence =
    "it was created outside the solution; the same reference re-created inside it has another name"

  static let documentation = RuleDocumentation(
    title: "a new reference has a default publisher's prefix",
    severities: [.warning, .note("in an audit, and in a solution that is new as a whole")],
    whatItDoes: """
      Reports a logical name that begins with new_ or with cr and three characters, as cr1a2_, \
      where the solution's publisher has a prefix of its own. A check reports only references that \
      the change adds.
      """,
    whyItIsBad: """
      The reference was made in the default solution, by the flow designer for example, and \
      belongs to no publisher of the team. Sooner or later it is re-created properly, and every \
      environment has to be bound again.
      """,
    fix: [
      "Before anything is deployed: make the reference from within the solution, choose it in the flows, delete the other.",
      "Where it is deployed already: keep it. Its display name may change, its logical name cannot.",
    ],
    knownProblems: """
      A team whose own prefix looks like a default one, cr and three characters, is never \
      reported. An audit cannot see which names are deployed already, and reports a note.
      """,
    sources: [
      "https://learn.microsoft.com/power-platform/alm/solution-concepts-alm#solution-publisher"
    ],
    examples: [
      RuleExample(
        "made outside the solution",
        state: [
          .reference("new_sharedsharepointonline_a1b2c", "SharePoint Sales", sharePoint),
          .flow("Archive", ["new_sharedsharepointonline_a1b2c"]),
        ],
        reports: [.publisherDefault]),
      RuleExample(
        "the solution's own prefix",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
        ],
        reports: []),
    ])
}
