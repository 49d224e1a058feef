import Solution

/// A logical name that differs by letter case alone.
enum ReferenceRecased: ChangeRule, StateRule {
  static let id = RuleID.referenceRecased
  static let repair: RepairKind? = .spelling
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.referenceRecased]

  static func findings(in comparison: Comparison) -> [Finding] {
    let declared = declarations(in: comparison)
    let names = Set(declared.flatMap { $0.after.map(\.name) })
    let links = comparison.consumers.flatMap { pair -> [Finding] in
      // A solution that is new as a whole is judged as it is, not as a change for the worse.
      guard let after = pair.after, let instance = pair.instanceAfter, pair.instanceBefore != nil
      else { return [] }
      let known = Set((pair.before?.links ?? []).compactMap { $0.reference?.spelling })
      return recasedLinks(of: after, in: instance, comparison.declaredAfter).filter {
        !names.contains($0.link) && !known.contains($0.link.spelling)
      }.map { finding($0, after, instance, severity: .error) }
    }
    return declared + links
  }

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part in
      part.consumers.flatMap { consumer in
        recasedLinks(of: consumer, in: part.instance, state.declarations).map {
          finding($0, consumer, part.instance, severity: .warning)
        }
      }
    }
  }

  private typealias RecasedLink = (link: LogicalName, line: Int, reference: Reference)

  /// Links that spell a reference otherwise than every declaration of it; one for each reference.
  private static func recasedLinks(
    of consumer: Consumer, in instance: Instance, _ declarations: Declarations
  ) -> [RecasedLink] {
    var seen: Set<LogicalName> = []
    return consumer.links.compactMap { link in
      guard let name = link.reference, !seen.contains(name),
        let reference = declarations.best(of: name, for: instance),
        reference.name.differsByCaseAlone(from: name),
        !declarations.entries(of: name).contains(where: {
          $0.reference.name.spelling == name.spelling
        })
      else { return nil }
      seen.insert(name)
      return (name, link.line, reference)
    }
  }

  private static func finding(
    _ recased: RecasedLink, _ consumer: Consumer, _ instance: Instance, severity: Severity
  ) -> Finding {
    let affected = AffectedConsumer(
      consumer, naming: recased.link, line: recased.line, state: .broken)
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(consumer.name)' spells \(recased.reference.name.spelling) as \(recased.link.spelling)",
      before: [Declaration(recased.reference)],
      after: [Declaration(name: recased.link, place: affected.place)], consumers: [affected],
      consequence: consequence,
      fix: ["write the name as its declaration does: \(recased.reference.name.spelling)"],
      repair: severity == .error && instance.form != .archive ? .back : nil,
      discriminator: consumer.id, focus: affected.place)
  }

  private static func declarations(in comparison: Comparison) -> [Finding] {
    comparison.instances.flatMap { pair -> [Finding] in
      guard let after = pair.after else { return [] }
      return pair.altered.filter { $0.was.name.differsByCaseAlone(from: $0.now.name) }
        .map { finding($0.was, $0.now, after, comparison) }
    }
  }

  private static func finding(
    _ was: Reference, _ now: Reference, _ instance: Instance, _ comparison: Comparison
  ) -> Finding {
    let consumers = instance.consumers(naming: now.name).map { consumer in
      let link = consumer.links.first { $0.reference == now.name }
      let follows = link?.reference?.spelling == now.name.spelling
      return AffectedConsumer(consumer, naming: now.name, state: follows ? .moved : .leftBehind)
    }
    let rows = comparison.bindings.recasedRows(of: now.name)
    let isFollowed = rows.isEmpty && consumers.allSatisfy { $0.state == .moved }
    let isReturn = comparison.past.isReturn(to: now, from: was, in: instance) {
      $0.name.spelling == $1.name.spelling
    }
    let repair: RepairOffer? =
      isReturn ? isFollowed ? nil : .forward : isFollowed ? .back : .either
    let name = now.displayName ?? now.name.spelling
    return Finding(
      rule: id, severity: isReturn && isFollowed ? .note : .error, confidence: .certain,
      solution: instance.uniqueName,
      summary: isReturn
        ? "the logical name of '\(name)' has its former letter case again"
        : "'\(name)' changed the letter case of its logical name",
      before: [Declaration(was)], after: [Declaration(now)],
      evidence: isReturn ? [.returned] : [],
      consumers: consumers.sorted { $0.place < $1.place },
      rows: rows, consequence: consequence,
      fix: isReturn && isFollowed
        ? ["nothing, if the former spelling was restored on purpose"]
        : fix(isReturn ? now.name : was.name),
      repair: instance.form == .archive ? nil : repair)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofRecasing(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.recasingOutcome(of: finding)
  }
}

extension ReferenceRecased {
  private static let consequence = """
    some tools compare logical names with regard to case and some without: the import may fail to \
    find it although it is there
    """

  private static func fix(_ name: LogicalName) -> [FixStep] {
    ["keep one spelling, the one that the environments have: \(name.spelling)"]
  }

  static let documentation = RuleDocumentation(
    title: "a logical name changed its letter case and nothing else",
    severities: [
      .error, .warning("where a link was spelled so before"),
      .note("where it has its former spelling again"),
    ],
    whatItDoes: """
      Compares the spelling of each logical name that both sides declare, and the spelling of each link \
      with that of the declaration.
      """,
    whyItIsBad: """
      The reference was re-created, or a file was edited by hand. Environments keep the old spelling; \
      tools disagree whether it is the same name, and upgrades have failed because of it.
      """,
    fix: ["Go back to the spelling that the environments have."],
    knownProblems: "None known.",
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/1169"],
    examples: [
      RuleExample(
        "another case",
        before: [.reference("sales_FilesHTTP", "Files", sharePoint)],
        after: [.reference("sales_FilesHttp", "Files", sharePoint)],
        reports: [.referenceRecased]),
      RuleExample(
        "a flow in another case",
        before: [
          .reference("sales_FilesHTTP", "Files", sharePoint), .flow("Archive", ["sales_FilesHTTP"]),
        ],
        after: [
          .reference("sales_FilesHTTP", "Files", sharePoint), .flow("Archive", ["sales_FilesHttp"]),
        ],
        reports: [.referenceRecased]),
    ])
}
