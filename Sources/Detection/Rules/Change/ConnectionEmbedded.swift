import Solution

/// A connection named directly, where a reference belongs.
enum ConnectionEmbedded: ChangeRule, StateRule {
  static let id = RuleID.connectionEmbedded
  static let repair: RepairKind? = nil
  static let section = AuditSection.unbound
  static let reportedBy: Set<RuleID> = [.connectionEmbedded]

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.consumers.compactMap { pair in
      guard let after = pair.after, let instance = pair.instanceAfter,
        instance.form != .flowPackage
      else { return nil }
      let known = Set((pair.before?.embeddedLinks ?? []).compactMap(\.embeddedConnection))
      let links = after.embeddedLinks.filter { link in
        link.embeddedConnection.map { !known.contains($0) } ?? false
      }
      if after.isApp {
        // That an app uses a connection is nothing to stop for; that it used a reference before is.
        let lost = links.compactMap { link in
          pair.formerReference(of: link).map { (link: link, name: $0) }
        }
        guard let first = lost.first else { return nil }
        return finding(
          first.link, lost.count, after, instance, severity: .error, former: first.name)
      }
      guard let first = links.first else { return nil }
      // A solution that was never here before is reported as a state, not as a change for the
      // worse.
      return finding(
        first, links.count, after, instance,
        severity: pair.instanceBefore == nil ? .warning : .error,
        former: pair.formerReference(of: first))
    }
  }

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part in
      part.consumers.compactMap { consumer in
        let links = consumer.embeddedLinks
        return links.first.map {
          finding(
            $0, links.count, consumer, part.instance,
            severity: consumer.isApp ? .note : .warning)
        }
      }
    }
  }

  private static func finding(
    _ link: Link, _ count: Int, _ consumer: Consumer, _ instance: Instance,
    severity: Severity, former: LogicalName? = nil
  ) -> Finding {
    let isFlow = !consumer.isApp
    let fix =
      !isFlow ? appFix(former) : instance.form == .flowPackage ? packageFix : flowFix(former)
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: instance.uniqueName,
      summary: former.map {
        "'\(consumer.name)' uses a connection instead of \($0.spelling), which it used before"
      } ?? "'\(consumer.name)' uses a connection instead of a connection reference",
      consumers: [
        AffectedConsumer(consumer, naming: nil, line: link.line, state: .broken)
      ],
      remarks: [
        "the entry '\(link.alias)' names \(link.embeddedConnection ?? "")"
          + (count > 1 ? ", and \(count - 1) more do the like" : "")
      ],
      consequence: consequence, fix: fix, discriminator: consumer.id,
      theme: Theme(
        isFlow ? "flow" : "app", "use a connection instead of a connection reference", fix: fix))
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains(consumers: later.broken(finding) { !$0.embeddedLinks.isEmpty })
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension Consumer {
  /// Entries that name a connection and no reference.
  var embeddedLinks: [Link] {
    (links + openEntries).filter { $0.embeddedConnection != nil }
  }
}

extension ConnectionEmbedded {
  private static let consequence =
    "the connection exists in one environment alone; no settings file can bind it elsewhere"
  static func appFix(_ former: LogicalName?) -> [FixStep] {
    [
      former.map { "add the data source again with the connection reference \($0.spelling)" }
        ?? "add the data source again with a connection reference of the solution",
      "for a code app: pac code add-data-source takes the logical name of the reference (-cr)",
    ]
  }

  private static func flowFix(_ former: LogicalName?) -> [FixStep] {
    let reference = former?.spelling ?? "a connection reference"
    return [
      "open the flow in the designer, remove the connection, choose \(reference), save, export"
    ]
  }

  /// A package has connections alone: the flow has to be in a solution before it can use a reference.
  private static let packageFix: [FixStep] = [
    "add the flow to a solution (Add existing › Automation › Cloud flow), choose connection references in the designer, and export that solution in the place of the package"
  ]

  static let documentation = RuleDocumentation(
    title: "a flow or an app uses a connection directly and no connection reference",
    severities: [
      .error("in a new or changed link of a flow, and where an app used a reference before"),
      .warning("in a new solution, and in an unchanged link"),
      .note("in an unchanged link of an app"),
    ],
    whatItDoes: """
      Reports an entry of a flow's connectionReferences that has connectionName or connection.name \
      and no connectionReferenceLogicalName: in a check where it had none before, in an audit \
      wherever it is so. The same for an entry of a canvas app or a code app with a \
      sharedConnectionId and no reference: an error where the entry of the same data source used a \
      reference before.
      """,
    whyItIsBad: """
      The connection belongs to one environment and mostly to one person. In the next environment \
      the flow has no connection, and no deployment settings file can bind it.
      """,
    fix: ["In the designer choose a connection reference for each action, save, export."],
    knownProblems: "None known.",
    sources: [
      "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference"
    ],
    examples: [
      RuleExample(
        "a direct connection",
        before: [.reference("sales_Files", "Sales files", sharePoint)],
        after: [
          .reference("sales_Files", "Sales files", sharePoint),
          .embedded("Archive", connection: "shared-sharepointonl-1b2c"),
        ],
        reports: [.connectionEmbedded])
    ])
}
