import Solution

/// A link whose reference is not declared any more, or a new link to one that is not declared.
enum LinkLost: ChangeRule {
  static let id = RuleID.linkLost
  static let repair: RepairKind? = .link

  static func findings(in comparison: Comparison) -> [Finding] {
    // The finding about a reference that is not listed has its new consumers.
    let reported = comparison.reportedNames.union(comparison.unlistedSuccessors)
    // A succession lists the consumers that it emptied itself.
    let inSuccession = Set(comparison.successions.flatMap { $0.predecessors.map(\.name) })
    // A release that remains where a newer one is deleted is as it was: it lost no entry.
    let withdrawn = Set(
      comparison.instances.lazy.filter(\.isWithdrawal).compactMap(\.before).map(
        ObjectIdentifier.init))
    let changed = comparison.consumers.flatMap { pair in
      findings(
        for: pair, reported: reported, inSuccession,
        isWithdrawn: pair.instanceBefore.map { withdrawn.contains(ObjectIdentifier($0)) } ?? false,
        in: comparison)
    }
    return changed + findingsInUnchangedSolutions(reported: reported, in: comparison)
  }

  private static func findings(
    for pair: ConsumerPair, reported: Set<LogicalName>, _ inSuccession: Set<LogicalName>,
    isWithdrawn: Bool, in comparison: Comparison
  ) -> [Finding] {
    guard let after = pair.after, let instance = pair.instanceAfter else { return [] }
    var findings: [Finding] = []
    var seen: Set<LogicalName> = []
    lazy var hadAll = foundAll(pair, in: comparison)
    for link in after.links {
      guard let name = link.reference,
        isNowhere(name, instance, hadAll: { hadAll }, in: comparison),
        !reported.contains(name), seen.insert(name).inserted,
        let severity = severity(of: name, in: pair, comparison)
      else { continue }
      let hadIt = pair.before?.names(name) ?? false
      findings.append(
        finding(
          name, consumer: after, instance: instance, severity: severity,
          isTakenBack: isTakenBack(name, pair, in: comparison),
          summary: "'\(after.name)' uses a reference that "
            + lacking(name, of: instance, anyMore: hadIt, in: comparison),
          in: comparison))
    }
    guard !isWithdrawn else { return findings }
    return findings
      + emptied(pair, after: after, instance: instance, excluding: inSuccession, in: comparison)
      + unlisted(pair, after: after, instance: instance, in: comparison)
  }

  /// An app's source declares nothing itself: what it uses is known to be in this repository where all
  /// that it used before is.
  ///
  /// - Parameter hadAll: whether it is.
  private static func isNowhere(
    _ name: LogicalName, _ instance: Instance, hadAll: () -> Bool, in comparison: Comparison
  ) -> Bool {
    switch comparison.declaredAfter.resolve(name, from: instance) {
    case .nothing: return true
    case .own, .sibling, .external: return false
    case .unknown:
      return comparison.declaredAfter.resolveGone(name, from: instance) == .nothing && hadAll()
    }
  }

  /// True where the consumer used references before, and each of them was found.
  private static func foundAll(_ pair: ConsumerPair, in comparison: Comparison) -> Bool {
    guard let before = pair.before, let former = pair.instanceBefore, !before.links.isEmpty
    else { return false }
    return before.links.compactMap(\.reference).allSatisfy {
      comparison.declaredBefore.resolve($0, from: former).isResolved
    }
  }

  /// Nil where nothing was lost: the link ended nowhere before, or the whole solution is new.
  private static func severity(
    of name: LogicalName, in pair: ConsumerPair, _ comparison: Comparison
  ) -> Severity? {
    if let before = pair.before, before.names(name), let instance = pair.instanceBefore {
      switch comparison.declaredBefore.resolve(name, from: instance) {
      case .own, .sibling: return .error
      case .external: return .note
      case .nothing, .unknown: return nil
      }
    }
    // Two forms of a solution in one folder are two instances: the folder is what was there before.
    let before =
      pair.instanceBefore
      ?? comparison.before.instances.first { $0.folder == pair.instanceAfter?.folder }
    return before == nil ? nil : .error
  }

  /// Entries that had a name and are `"connection": {}` now. What one edit took from a consumer is one event.
  private static func emptied(
    _ pair: ConsumerPair, after: Consumer, instance: Instance,
    excluding inSuccession: Set<LogicalName>, in comparison: Comparison
  ) -> [Finding] {
    guard let before = pair.instanceBefore else { return [] }
    let emptied = pair.emptied.filter { !inSuccession.contains($0.name) }
    return Dictionary(grouping: emptied) {
      comparison.declaredBefore.resolve($0.name, from: before) != .nothing
    }.compactMap { wasFound, entries in
      guard let first = entries.first else { return nil }
      let places =
        after.kind == .agent
        ? (entries.count == 1 ? "an action has" : "actions have")
        : (entries.count == 1 ? "the entry " : "the entries ")
          + entries.map { "'\($0.link.alias)'" }.joined(separator: ", ")
          + (entries.count == 1 ? " has" : " have")
      var joined = finding(
        first.name, consumer: after, instance: instance, severity: wasFound ? .error : .note,
        // A name that nothing declared would be lost again.
        isTakenBack: wasFound, emptied: first.link,
        summary: "'\(after.name)' lost "
          + (entries.count == 1 ? "its reference" : "\(entries.count) references")
          + ": \(places) none any more",
        in: comparison)
      for entry in entries.dropFirst() {
        joined.absorb(
          finding(
            entry.name, consumer: after, instance: instance, severity: joined.severity,
            isTakenBack: wasFound, emptied: entry.link, summary: joined.summary, in: comparison))
      }
      let declared = entries.map(\.name).filter(comparison.declaredAfter.declares)
      if entries.count > 1, !after.isApp { joined.fix = emptiedFix(declared, in: after) }
      return joined
    }
  }

  /// Actions that use an alias that their flow does not list: the logical name itself, say.
  private static func unlisted(
    _ pair: ConsumerPair, after: Consumer, instance: Instance, in comparison: Comparison
  ) -> [Finding] {
    // Nothing is lost in a solution that is new as a whole, and a flow without any entry was emptied.
    guard pair.instanceBefore != nil, !after.links.isEmpty else { return [] }
    let known = Set((pair.before?.unlistedUses ?? []).map { $0.alias.lowercased() })
    let uses = after.unlistedUses.filter { !known.contains($0.alias.lowercased()) }
    // Entries that one edit removed are one event; those whose references are declared can be put back.
    let removed = uses.filter { use in
      pair.formerLink(of: use.alias) != nil
        && !after.names(LogicalName(use.alias))
    }
    let events =
      Dictionary(grouping: removed) { use in
        pair.formerLink(of: use.alias)?.reference.map(comparison.declaredAfter.declares) ?? false
      }.values + uses.filter { !removed.contains($0) }.map { [$0] }
    return events.compactMap { uses in
      let findings = uses.map { use in
        unlisted(use, of: uses.map(\.alias), pair, after: after, instance: instance, in: comparison)
      }
      return findings.dropFirst().reduce(into: findings.first) { $0?.absorb($1) }
    }
  }

  /// - Parameter aliases: all that the finding is about.
  private static func unlisted(
    _ use: ConnectorUse, of aliases: [String], _ pair: ConsumerPair, after: Consumer,
    instance: Instance, in comparison: Comparison
  ) -> Finding {
    let meant = after.links(to: LogicalName(use.alias)).map(\.alias)
    let former = meant.isEmpty ? pair.formerLink(of: use.alias) : nil
    let affected = AffectedConsumer(after, naming: nil, line: use.line, state: .broken)
    let declared =
      former == nil
      ? []
      : aliases.compactMap { pair.formerLink(of: $0)?.reference }
        .filter(comparison.declaredAfter.declares)
    let choice =
      declared.isEmpty ? "a connection" : declared.map(\.spelling).joined(separator: ", ")
    return Finding(
      rule: id, severity: .error, confidence: .certain, solution: instance.uniqueName,
      summary: (aliases.count == 1
        ? "an action of '\(after.name)' uses '\(use.alias)'"
        : "actions of '\(after.name)' use " + aliases.map { "'\($0)'" }.joined(separator: ", "))
        + ", which its flow does not list" + (former == nil ? "" : " any more"),
      consumers: [affected],
      remarks: meant.first.map {
        ["that is the logical name of a reference; the flow lists it under the alias '\($0)'"]
      } ?? (former.map { [lost($0, instance, in: comparison)] } ?? []) + [
        "the flow lists " + after.links.map { "'\($0.alias)'" }.joined(separator: ", ")
      ],
      consequence: unlistedConsequence,
      fix: meant.first.map {
        [
          "or by hand: write '\($0)' in its place",
          "an action uses the alias of an entry of connectionReferences, never the logical name",
        ]
      } ?? [
        .text(
          (declared.isEmpty || instance.form == .archive ? "open" : "or open")
            + " the flow in the maker's environment, choose \(choice) in "
            + (aliases.count == 1 ? "that action" : "these actions") + ", save, export")
      ],
      repair: instance.form != .archive && (meant.count == 1 || !declared.isEmpty) ? .back : nil,
      discriminator: "\(after.id) \(aliases.joined(separator: " "))", focus: affected.place)
  }

  /// The entry that the flow had for an alias.
  private static func lost(
    _ link: Link, _ instance: Instance, in comparison: Comparison
  ) -> String {
    guard let name = link.reference else { return "the entry '\(link.alias)' was removed" }
    let declared = comparison.declaredAfter.best(of: name, for: instance)
    return "the entry '\(link.alias)' was removed; it used \(name.spelling)"
      + (declared.map {
        " ('\($0.displayName ?? name.spelling)', \($0.place.path):\($0.place.line))"
      }
        ?? ", which nothing declares any more")
  }

  /// Consumers of solutions that did not change, or only have the reference as a member, where it was
  /// removed from another solution.
  private static func findingsInUnchangedSolutions(
    reported: Set<LogicalName>, in comparison: Comparison
  ) -> [Finding] {
    let changed = Set(comparison.instances.compactMap(\.after?.folder))
    let lost = Set(comparison.instances.flatMap { $0.removed.map(\.name) })
      .filter { !comparison.declaredAfter.definesNow($0) && !reported.contains($0) }
    guard !lost.isEmpty else { return [] }
    return lost.sorted().flatMap { name -> [Finding] in
      let wasDefined = comparison.declaredBefore.definesNow(name)
      return comparison.declaredAfter.consumers(naming: name).compactMap { consumer, instance in
        // A solution that only has it as a member does not bring it, changed or not.
        let isMember = wasDefined && instance.declares(name)
        guard isMember || !changed.contains(instance.folder),
          comparison.declaredBefore.resolve(name, from: instance).isResolved,
          (isMember
            ? comparison.declaredAfter.resolveGone(name, from: instance)
            : comparison.declaredAfter.resolve(name, from: instance)) == .nothing
        else { return nil }
        return finding(
          name, consumer: consumer, instance: instance, severity: .error,
          isTakenBack: isRestored(name, in: comparison),
          summary: "'\(consumer.name)' uses a reference that "
            + lacking(name, of: instance, anyMore: true, in: comparison),
          in: comparison)
      }
    }
  }

  /// What is said of a name that a link does not find: a copy of the solution may still declare it.
  private static func lacking(
    _ name: LogicalName, of instance: Instance, anyMore: Bool, in comparison: Comparison
  ) -> String {
    let isCopied = !comparison.declaredAfter.copies(of: instance, declaring: name).isEmpty
    return (isCopied ? "its solution does not declare" : "nothing declares")
      + (anyMore ? " any more" : "")
  }

  private static func finding(
    _ name: LogicalName, consumer: Consumer, instance: Instance, severity: Severity,
    isTakenBack: Bool, emptied: Link? = nil, summary: String, in comparison: Comparison
  ) -> Finding {
    let was = comparison.declaredBefore.best(of: name, for: instance)
    let affected =
      emptied.map {
        AffectedConsumer(consumer, naming: nil, line: $0.line, state: .broken)
      } ?? AffectedConsumer(consumer, naming: name, state: .broken)
    let isKnown = was != nil || comparison.past.declared(name)
    let candidate = instance.nearest(to: name, of: consumer)
    let unlisted = emptied == nil ? UnlistedMember(name, of: instance) : nil
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: instance.uniqueName,
      summary: unlisted == nil
        ? summary : "'\(consumer.name)' uses a reference that its solution does not list",
      before: [Declaration(of: name, was)], consumers: [affected],
      remarks: (candidate.map { ["nearest in the solution: \($0.description)"] } ?? [])
        + (emptied == nil ? comparison.remarksOnCopies(of: instance, declaring: [name]) : []),
      consequence: emptied == nil
        ? unlisted?.statement ?? consumer.kind.consequenceOfLostLink
        : consumer.isApp
          ? emptiedAppConsequence
          : consumer.kind == .agent ? emptiedAgentConsequence : emptiedConsequence,
      fix: emptied == nil
        ? unlisted.map { [.text($0.addition)] }
          ?? fix(name, for: consumer, of: instance, isKnown: isKnown)
        : emptiedFix([name].filter(comparison.declaredAfter.declares), in: consumer),
      // An entry of an app, and an action, have no place for the name any more.
      repair: emptied != nil && (consumer.isApp || consumer.kind == .agent)
        ? nil
        : repair(
          instance, isTakenBack: isTakenBack,
          isNear: emptied == nil && instance.successor(of: name, for: consumer) != nil),
      discriminator: consumer.id,
      focus: affected.place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofLostLinks(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.lostLinkOutcome(of: finding)
  }
}

extension LinkLost {
  private static let unlistedConsequence =
    "the platform finds no such connection in the flow, and refuses to save or to turn it on"

  private static let emptiedConsequence =
    "after the import the flow shows no connection there, and cannot be turned on"

  private static let emptiedAppConsequence =
    "the app asks each of its users for a connection, or has none in an environment that lacks it"

  private static let emptiedAgentConsequence = "the agent's tool has no connection, and fails"

  /// - Parameter names: those that are still declared.
  private static func emptiedFix(_ names: [LogicalName], in consumer: Consumer) -> [FixStep] {
    guard !consumer.isApp else { return ConnectionEmbedded.appFix(names.first) }
    let choice =
      names.isEmpty
      ? "a reference of the solution"
      : names.map(\.spelling).joined(separator: ", ") + " again"
    return consumer.kind == .agent
      ? [
        "put the line connectionReference back where it was",
        "or open the agent in the maker's environment, choose a connection for the tool, export or pull",
      ] : ["open the flow in the maker's environment, choose \(choice), save, export"]
  }

  private static func fix(
    _ name: LogicalName, for consumer: Consumer, of instance: Instance, isKnown: Bool
  ) -> [FixStep] {
    // A cloned agent is pulled, and in no solution that could be exported.
    if instance.form == .clone {
      return [consumer.kind.choosingReference]
        + (isKnown ? [.text("or put the entry of \(name.spelling) back")] : [])
    }
    return [
      consumer.kind.choosingReference,
      """
      or add \(name.spelling) to the solution\(isKnown ? " again" : ""): \
      Add existing › Connection reference
      """,
    ]
  }

  static let documentation = RuleDocumentation(
    title: "a flow uses a reference that nothing declares",
    severities: [
      .error, .note("where it was an external dependency, or others use it already"),
    ],
    whatItDoes: """
      Reports a link that was found before and is found nowhere after: not in the flow's solution, \
      not in another one of the revision, not among the manifest's missing dependencies. New and \
      changed links are held to the same, and so is an entry that had a name and has none now: of \
      a flow, of an app whose data source stays, or of an agent whose action stays. An action that uses what its flow does not \
      list as an alias is reported at its line.
      """,
    whyItIsBad: """
      The import stops at a missing dependency, or the flow is imported without a connection and \
      cannot be turned on. After a merge it is the usual trace of two branches, one of which made \
      the reference again.
      """,
    fix: [
      "Choose a reference that exists in the flow, save, export.",
      "Or bring the reference back into the solution.",
    ],
    knownProblems: """
      References that live in another repository and are not listed as missing dependencies look \
      lost when a flow begins to name them.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference"
    ],
    examples: [
      RuleExample(
        "a new flow uses a reference that nothing declares",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
          .flow("Restore", ["sales_OldFiles"]),
        ],
        reports: [.linkLost]),
      RuleExample(
        "an action uses the logical name instead of the alias",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .link("Archive", "sales_Files"),
        ],
        after: [
          .reference("sales_Files", "Sales files", sharePoint),
          .link("Archive", "sales_Files", action: "sales_Files"),
        ],
        reports: [.linkLost]),
      RuleExample(
        "an entry lost its name",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [.reference("sales_Files", "Sales files", sharePoint), .flow("Archive", [nil])],
        reports: [.linkLost]),
      RuleExample(
        "a link to a missing dependency",
        before: [.external("base_Files", .solution("Base (1.0.0.0)"))],
        after: [
          .external("base_Files", .solution("Base (1.0.0.0)")), .flow("Archive", ["base_Files"]),
        ],
        reports: []),
      RuleExample(
        "the whole solution was deleted",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [], reports: []),
    ])
}
