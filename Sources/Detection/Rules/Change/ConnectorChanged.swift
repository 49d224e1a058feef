import Platform
import Solution

/// The same logical name, for another connector; or a custom connector that was re-created.
enum ConnectorChanged: ChangeRule {
  static let id = RuleID.connectorChanged
  static let repair: RepairKind? = .connector

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.instances.flatMap { pair -> [Finding] in
      guard let before = pair.before, let after = pair.after else { return [] }
      return references(pair, after, comparison)
        + connectorsMadeAgain(before, after, comparison)
    }
  }

  private static func references(
    _ pair: InstancePair, _ after: Instance, _ comparison: Comparison
  ) -> [Finding] {
    pair.altered.compactMap { was, now in
      guard let left = was.connector, let right = now.connector else { return nil }
      if left.name.lowercased() == right.name.lowercased() {
        return madeAgain(was, now, after, comparison.past)
      }
      return finding(was, now, isTail: left.isSame(as: right), after, comparison)
    }
  }

  /// The reference names another id of the same connector, and no file of the connector says so.
  private static func madeAgain(
    _ was: Reference, _ now: Reference, _ instance: Instance, _ past: Past
  ) -> Finding? {
    guard let left = was.connector?.customID, let right = now.connector?.customID, left != right,
      !instance.connectors.contains(where: { $0.id == right })
    else { return nil }
    let isReturn = past.isReturn(to: now, from: was, in: instance, by: haveSameCustomID)
    return Finding(
      rule: id, severity: isReturn ? .note : .warning, confidence: .strong,
      solution: instance.uniqueName,
      summary: "the custom connector of '\(now.displayName ?? now.name.spelling)' "
        + (isReturn ? "has its former id again" : "was re-created"),
      before: [Declaration(was)], after: [Declaration(now)], evidence: isReturn ? [.returned] : [],
      remarks: ["its id was \(left), and is \(right) now"], consequence: madeAgainConsequence,
      fix: isReturn ? returnFix : madeAgainFix, discriminator: right)
  }

  private static func haveSameCustomID(_ left: Reference, _ right: Reference) -> Bool {
    left.connector?.customID == right.connector?.customID
  }

  /// Custom connectors of one name whose GUID, which every environment shares, is another.
  private static func connectorsMadeAgain(
    _ before: Instance, _ after: Instance, _ comparison: Comparison
  ) -> [Finding] {
    let former = before.connectors.keyed { $0.name.lowercased() }
    let kept = Set(after.connectors.map(\.id))
    return after.connectors.compactMap { connector in
      guard let was = former[connector.name.lowercased()], was.id != connector.id,
        !kept.contains(was.id)
      else { return nil }
      let references = comparison.after.instances.flatMap(\.references).filter {
        $0.connector?.customID == was.id || $0.connector?.customID == connector.id
      }
      let isReturn = after.references.contains { now in
        now.connector?.customID == connector.id
          && before.references(named: now.name).contains {
            comparison.past.isReturn(to: now, from: $0, in: after, by: haveSameCustomID)
          }
      }
      return Finding(
        rule: id, severity: isReturn ? .note : .warning, confidence: .certain,
        solution: after.uniqueName,
        summary: "the custom connector '\(connector.displayName ?? connector.name)' "
          + (isReturn ? "has its former id again" : "was re-created"),
        after: references.map(Declaration.init), evidence: isReturn ? [.returned] : [],
        remarks: ["its id was \(was.id), and is \(connector.id) now"],
        consequence: madeAgainConsequence, fix: isReturn ? returnFix : madeAgainFix,
        discriminator: connector.id, focus: connector.place)
    }
  }

  private static func finding(
    _ was: Reference, _ now: Reference, isTail: Bool, _ instance: Instance,
    _ comparison: Comparison
  ) -> Finding {
    let isReturn = !isTail && isPutBack(was, now, instance, comparison)
    let consumers = instance.consumers(naming: now.name).map { consumer in
      // A link without a connector was written for the reference's former connector, and fits again.
      let isWrittenForOld = consumer.links.contains { link in
        link.reference == now.name
          && !(link.connector == nil ? isReturn : link.connector.isSame(as: now.connector))
      }
      return AffectedConsumer(
        consumer, naming: now.name, state: isTail || !isWrittenForOld ? .moved : .broken)
    }
    // A flow that was written anew for the other connector would not fit the reference as it was.
    let isFollowed = instance.consumers(naming: now.name).flatMap(\.links).contains { link in
      link.reference == now.name
        && link.connector.isSame(as: now.connector)
    }
    let rows = comparison.bindings.rows(binding: now.name, for: was.connector)
    let name = now.displayName ?? now.name.spelling
    let isHarmless =
      isTail || isReturn && rows.isEmpty && !consumers.contains { $0.state == .broken }
    return Finding(
      rule: id, severity: isHarmless ? .note : .error, confidence: .certain,
      solution: instance.uniqueName,
      summary: isTail
        ? "'\(name)' was exported from another environment: its custom connector has another tail"
        : isReturn
          ? "'\(name)' is for its former connector again"
          : "'\(name)' is for another connector now",
      before: [Declaration(was)], after: [Declaration(now)],
      evidence: isReturn ? [.returned] : [], consumers: isTail ? [] : consumers,
      rows: isTail ? [] : rows,
      consequence: isTail ? tailConsequence : consequence,
      fix: isTail ? [] : isHarmless ? returnFix : (isReturn ? followFix : fix) + rowFix(now, rows),
      repair: isHarmless || isReturn || isFollowed || instance.form == .archive ? nil : .back,
      discriminator: now.connector?.stableName ?? "")
  }

  /// True where an ancestor had the reference on the connector that it is for again.
  private static func isPutBack(
    _ was: Reference, _ now: Reference, _ instance: Instance, _ comparison: Comparison
  ) -> Bool {
    comparison.past.isReturn(to: now, from: was, in: instance) {
      $0.connector.isSame(as: $1.connector)
    }
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofConnectorChange(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.connectorOutcome(of: finding)
  }
}

extension ConnectorChanged {
  private static let consequence = """
    each environment binds the name to a connection of the old connector: the import is refused, or \
    the actions of the flows no longer fit
    """
  private static let tailConsequence =
    "nothing, as long as every settings file has the connector id of its own environment"

  private static let madeAgainConsequence = """
    every environment that has the solution knows the connector by its old id: the import brings a \
    second one of the same name, and the connections and references that people made stay with the \
    first
    """

  private static let madeAgainFix: [FixStep] = [
    "take the connector's files from the revision before, and update the connector instead",
    "or plan it: connections and references must be made for the new one in every environment",
  ]

  private static let returnFix: [FixStep] = [
    "nothing, if the former connector was restored on purpose"
  ]

  private static let followFix: [FixStep] = [
    "choose a reference of the right connector in what is still written for the other one, save, export"
  ]

  private static let fix: [FixStep] = [
    "keep the reference as it was, and add a second one for the new connector",
    "move the flows to it one by one",
  ]

  private static func rowFix(_ now: Reference, _ rows: [AffectedRow]) -> [FixStep] {
    guard !rows.isEmpty, let connector = now.connector else { return [] }
    return [
      "or, if it is meant, write \(connector.name) and the id of such a connection into the rows"
    ]
  }

  static let documentation = RuleDocumentation(
    title: "a reference is for another connector now, or its custom connector was re-created",
    severities: [
      .error, .warning("where a custom connector was re-created"),
      .note(
        """
        where only the part of a custom connector's id that differs between environments changed, or \
        it is for its former connector again
        """),
    ],
    whatItDoes: """
      Compares the connector of each reference that both sides declare. The tail that a custom \
      connector gets in each environment (-5f and 16 digits) is no difference worth an error. \
      Custom connectors of the same name are compared by id too: it is equal in every environment, \
      unless a connector was deleted and re-created.
      """,
    whyItIsBad: """
      Environments that know the reference have it bound to a connection of the old connector. \
      Actions written for one connector do not run on another.
      """,
    fix: [
      "Keep the reference, add a second one for the new connector, move the flows one by one."
    ],
    knownProblems: """
      A re-created custom connector is reported at its own file; where the solution holds the \
      reference alone, by the id that the reference names.
      """,
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/7381"],
    examples: [
      RuleExample(
        "another connector",
        before: [.reference("sales_Data", "Sales data", "shared_commondataservice")],
        after: [.reference("sales_Data", "Sales data", dataverse)],
        reports: [.connectorChanged]),
      RuleExample(
        "the custom connector of another environment",
        before: [.reference("sales_Rates", "Rates", "shared_rates-5f691c36f6fa56d15c")],
        after: [.reference("sales_Rates", "Rates", "shared_rates-5fa86a7a016182459a")],
        reports: [.connectorChanged]),
      RuleExample(
        "filled in where it was a stub",
        before: [.stub("sales_Data")],
        after: [.reference("sales_Data", "Sales data", dataverse)],
        reports: []),
    ])
}
