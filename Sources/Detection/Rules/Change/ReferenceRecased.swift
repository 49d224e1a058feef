import Solution

/// A logical name that differs by letter case alone.
enum ReferenceRecased: ChangeRule {
  static let id = RuleID.referenceRecased

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.instances.flatMap { pair -> [Finding] in
      guard let before = pair.before, let after = pair.after else { return [] }
      let former = Dictionary(
        before.references.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      return after.references.compactMap { reference in
        guard let was = former[reference.name],
          was.name.differsByCaseAlone(from: reference.name)
        else { return nil }
        return finding(was, reference, after, comparison)
      }
    }
  }

  private static func finding(
    _ was: Reference, _ now: Reference, _ instance: Instance, _ comparison: Comparison
  ) -> Finding {
    let consumers = instance.consumers.filter { $0.names(now.name) }.map { consumer in
      let link = consumer.links.first { $0.reference == now.name }
      let follows = link?.reference?.spelling == now.name.spelling
      return AffectedConsumer(consumer, naming: now.name, state: follows ? .moved : .leftBehind)
    }
    let rows = comparison.bindings.recasedRows(of: now.name)
    let isFollowed = rows.isEmpty && consumers.allSatisfy { $0.state == .moved }
    return Finding(
      rule: id, severity: .error, confidence: .certain, solution: instance.uniqueName,
      summary:
        "'\(now.displayName ?? now.name.spelling)' changed the letter case of its logical name",
      before: [Declaration(was)], after: [Declaration(now)],
      consumers: consumers.sorted { $0.place < $1.place },
      rows: rows, consequence: consequence, fix: fix(was.name),
      repair: instance.form == .archive ? nil : isFollowed ? .back : .either)
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
    severities: "error",
    whatItDoes: "Compares the spelling of each logical name that both sides declare.",
    whyItIsBad: """
      The reference was made again, or a file was edited by hand. Environments keep the old spelling; \
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
        speaks: [.referenceRecased])
    ])
}
