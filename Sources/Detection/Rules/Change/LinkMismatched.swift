package import Solution

/// A link for one connector to a reference that is declared for another.
enum LinkMismatched: ChangeRule, StateRule {
  static let id = RuleID.linkMismatched
  static let repair: RepairKind? = .linkConnector
  static let section = AuditSection.unbound
  static let reportedBy: Set<RuleID> = [.linkMismatched, .connectorChanged, .referenceConflicting]

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.consumers.flatMap { pair -> [Finding] in
      guard let after = pair.after, let instance = pair.instanceAfter,
        let instanceBefore = pair.instanceBefore
      else { return [] }
      let former = pair.before.map {
        mismatches(of: $0, in: instanceBefore, comparison.declaredBefore)
      }
      let known = Set((former ?? []).map(\.reference.name))
      return mismatches(of: after, in: instance, comparison.declaredAfter).filter { mismatch in
        !known.contains(mismatch.reference.name) && !isUnchanged(mismatch, in: pair)
      }.map { finding($0, after, instance, severity: .error) }
    }
  }

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part in
      part.consumers.flatMap { consumer in
        mismatches(of: consumer, in: part.instance, state.declarations).map {
          finding($0, consumer, part.instance, severity: .warning)
        }
      }
    }
  }

  /// A link whose consumer states another connector than the declaration.
  fileprivate struct Mismatch {
    let reference: Reference
    let declared: Connector
    let stated: Connector
    let line: Int
    /// The entry that is for the declared connector, where only actions that use it state another one.
    let rightEntry: String?
  }

  /// One for each reference. The connector in an agent-made name is the reference's, and none that the link
  /// states.
  fileprivate static func mismatches(
    of consumer: Consumer, in instance: Instance, _ declarations: Declarations
  ) -> [Mismatch] {
    var seen: Set<LogicalName> = []
    lazy var uses = Dictionary(grouping: consumer.uses) { $0.alias.lowercased() }
    return consumer.links.compactMap { link in
      guard let name = link.reference, !seen.contains(name),
        let reference = declarations.best(of: name, for: instance),
        let declared = reference.connector, declared.isInternalID
      else { return nil }
      func isOther(_ connector: Connector?) -> Bool { connector?.contradicts(declared) ?? false }
      var found: (connector: Connector?, line: Int)?
      let isStated = consumer.kind != .agent || link.connector != name.agentConnector
      if isStated, isOther(link.connector) {
        found = (link.connector, link.line)
      } else if let use = uses[link.alias.lowercased()]?.first(where: { isOther($0.connector) }) {
        found = (use.connector, use.line)
      }
      guard let found, let stated = found.connector else { return nil }
      seen.insert(name)
      let isRight =
        isStated && link.connector.isSame(as: declared)
        || (uses[link.alias.lowercased()] ?? []).contains {
          $0.connector.isSame(as: declared)
        }
      return Mismatch(
        reference: reference, declared: declared, stated: stated, line: found.line,
        rightEntry: isRight && !isOther(link.connector) ? link.alias : nil)
    }
  }

  /// True where the consumer stated the same connector for the reference before: then the declaration
  /// is what changed.
  private static func isUnchanged(_ mismatch: Mismatch, in pair: ConsumerPair) -> Bool {
    pair.before?.links(to: mismatch.reference.name).contains { link in
      (link.connector.isSame(as: mismatch.stated)
        || (pair.before?.uses.contains {
          $0.alias == link.alias && $0.connector.isSame(as: mismatch.stated)
        } ?? false))
    } ?? false
  }

  /// References that a finding names as fitting.
  private static let namedLimit = 3

  private static func finding(
    _ mismatch: Mismatch, _ consumer: Consumer, _ instance: Instance, severity: Severity
  ) -> Finding {
    let name = mismatch.reference.name
    let references = instance.references
    var fitting: [Reference] = []
    // By position: to copy each of a thousand references costs more than to compare its connector.
    for position in references.indices
    where references[position].connector.isSame(as: mismatch.stated) {
      fitting.append(references[position])
      if fitting.count == namedLimit { break }
    }
    let affected = AffectedConsumer(consumer, naming: name, line: mismatch.line, state: .broken)
    let rightAlias = instance.rightAlias(of: name, for: consumer)
    // The entries of an app differ by keys that every export changes.
    let isRepairable =
      severity == .error && instance.form != .archive && !consumer.isApp
      && (mismatch.rightEntry == nil ? fitting.count == 1 : rightAlias != nil)
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(consumer.name)' uses \(name.spelling) for \(mismatch.stated.name), and it is for \(mismatch.declared.name)",
      after: [Declaration(mismatch.reference)],
      consumers: [affected],
      remarks: fitting.isEmpty
        ? ["no reference of \(instance.uniqueName) is for \(mismatch.stated.name)"]
        : rightAlias.map {
          ["the flow lists the entry '\($0.right)' for \(mismatch.stated.name)"]
        }
          ?? fitting.map { "for \(mismatch.stated.name) there is \($0.description)" },
      consequence: consequence(for: consumer),
      fix: [
        rightAlias.map {
          .text(
            (isRepairable ? "or by hand: " : "")
              + "write '\($0.right)' in the place of '\($0.wrong)' in "
              + "the actions of \(mismatch.stated.name)")
        } ?? fix(fitting, mismatch.stated, in: consumer)
      ],
      repair: isRepairable ? .back : nil,
      discriminator: consumer.id, focus: affected.place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofState(finding, by: self)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension LinkMismatched {
  /// By what the instance alone declares.
  fileprivate static func mismatches(of consumer: Consumer, in instance: Instance) -> [Mismatch] {
    mismatches(of: consumer, in: instance, Declarations(Snapshot(instances: [instance])))
  }
}

extension Instance {
  /// The only reference of this solution that is for the connector that `consumer` states for its link
  /// to `name`, with that connector; nil where the link is right, or none or several fit.
  package func replacement(
    of name: LogicalName, for consumer: Consumer
  ) -> (reference: Reference, connector: Connector)? {
    for mismatch in LinkMismatched.mismatches(of: consumer, in: self)
    where mismatch.reference.name == name && mismatch.rightEntry == nil {
      let fitting = references.filter { $0.connector.isSame(as: mismatch.stated) }
      return fitting.count == 1 ? (fitting[0], mismatch.stated) : nil
    }
    return nil
  }

  /// The only other entry of `consumer` that is for the connector of actions which use the entry for `name`,
  /// with that entry and the connector; nil where not the actions alone are wrong, or none or several fit.
  package func rightAlias(
    of name: LogicalName, for consumer: Consumer
  ) -> (wrong: String, right: String, connector: Connector)? {
    for mismatch in LinkMismatched.mismatches(of: consumer, in: self)
    where mismatch.reference.name == name {
      let fitting = consumer.links.filter { link in
        link.reference != nil && link.reference != name
          && link.connector.isSame(as: mismatch.stated)
      }
      guard let wrong = mismatch.rightEntry, fitting.count == 1 else { return nil }
      return (wrong, fitting[0].alias, mismatch.stated)
    }
    return nil
  }
}

extension LinkMismatched {
  private static func consequence(for consumer: Consumer) -> String {
    switch consumer.kind {
    case .agent: agentConsequence
    case .app, .codeApp: appConsequence
    case .flow, .desktopFlow, .component: flowConsequence
    }
  }

  private static let flowConsequence =
    "the actions call operations that a connection of the other connector does not have: the flow cannot be turned on, or fails when it runs"

  private static let agentConsequence =
    "the tool calls an operation that a connection of the other connector does not have, and fails"

  private static let appConsequence =
    "the app's data source needs a connection of its own connector, and has none"

  private static func fix(
    _ fitting: [Reference], _ connector: Connector, in consumer: Consumer
  ) -> FixStep {
    let choice =
      fitting.count == 1 ? fitting[0].name.spelling : "a reference for \(connector.name)"
    if consumer.isApp {
      return "add the data source to the app again, with \(choice)"
    }
    return consumer.kind == .agent
      ? "write \(choice) into the tool, or connect the tool again in the maker's environment and pull"
      : "open the flow in the maker's environment, choose \(choice), save, export"
  }

  static let documentation = RuleDocumentation(
    title: "a flow or an agent's tool uses a reference of another connector",
    severities: [.error("in a new or changed link"), .warning("in an unchanged link")],
    whatItDoes: """
      Compares the connector that a link states with the one that its reference is declared for: \
      the entry of the flow (api.name), each action that uses the entry (apiId), and the tool of an \
      agent (connectorId). The tail that a custom connector has in each environment does not count.
      """,
    whyItIsBad: """
      The reference exists, so the import succeeds, and the action calls an operation that the \
      connection does not have.
      """,
    fix: ["Choose a reference of the right connector in the flow, save, export."],
    knownProblems: "Most parts of agents state no connector, and are not checked.",
    sources: ["https://github.com/microsoft/power-platform-skills/issues/487"],
    examples: [
      RuleExample(
        "the link was put onto the reference of another connector",
        before: [
          .reference("sales_Files", "Sales files", sharePoint),
          .reference("sales_Mail", "Sales mail", outlook),
          .flow("Archive", ["sales_Files", "sales_Mail"]),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint),
          .reference("sales_Mail", "Sales mail", outlook),
          .link("Archive", "sales_Mail", connector: sharePoint),
        ],
        reports: [.linkMismatched]),
      RuleExample(
        "an unchanged link",
        state: [
          .reference("sales_Orders_Outlook", "Sales mail", outlook),
          .link("Archive", "sales_Orders_Outlook", connector: sharePoint),
        ],
        reports: [.linkMismatched]),
      RuleExample(
        "the custom connector of another environment",
        before: [.reference("sales_Rates", "Rates", "shared_rates-5f691c36f6fa56d15c")],
        after: [
          .reference("sales_Rates", "Rates", "shared_rates-5f691c36f6fa56d15c"),
          .link("Archive", "sales_Rates", connector: "shared_rates-5fa86a7a016182459a"),
        ],
        reports: []),
    ])
}
