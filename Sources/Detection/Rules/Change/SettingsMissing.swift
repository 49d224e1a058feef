import Solution

/// A settings file has no rows for references that this change adds.
enum SettingsMissing: ChangeRule {
  static let id = RuleID.settingsMissing
  static let repair: RepairKind? = .missingRows

  /// One finding for each settings file, however many references it lacks. A reference that took the
  /// place of another is reported with that one.
  static func findings(in comparison: Comparison) -> [Finding] {
    let successors = Set(
      comparison.successions.filter { !$0.isReturn }.flatMap { $0.successors.map(\.name) })
    var missing: [String: [(reference: Reference, solution: String, row: AffectedRow)]] = [:]
    var seen: Set<AffectedRow> = []
    for addition in comparison.additions where !successors.contains(addition.reference.name) {
      guard let instance = addition.pair.after else { continue }
      for row in comparison.missingRows(for: addition.reference, in: instance)
      where seen.insert(row).inserted {
        missing[row.place.path, default: []].append((addition.reference, instance.uniqueName, row))
      }
    }
    return missing.sorted { $0.key < $1.key }.map { path, entries in
      // An unused reference may stay unbound.
      let isNeeded = entries.contains {
        !comparison.declaredAfter.consumers(naming: $0.reference.name).isEmpty
      }
      let severity: Severity = comparison.conventions.isRelease && isNeeded ? .error : .warning
      let entries = entries.sorted { $0.reference.name < $1.reference.name }
      return finding(
        path, entries.map(\.reference), entries.map(\.row),
        solution: entries.map(\.solution).min() ?? "", severity: severity,
        ConsumerWords(
          entries.flatMap { entry in
            comparison.declaredAfter.consumers(naming: entry.reference.name).map {
              AffectedConsumer($0.0, naming: entry.reference.name, state: .naming)
            }
          }))
    }
  }

  private static func finding(
    _ path: String, _ references: [Reference], _ rows: [AffectedRow], solution: String,
    severity: Severity, _ consumers: ConsumerWords
  ) -> Finding {
    let subject =
      references.count == 1
      ? references[0].name.spelling : "\(references.count) new references"
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: solution,
      summary: "\(path) has no row for \(subject)",
      after: references.map(Declaration.init), rows: rows,
      consequence: "the reference has no connection in that environment: "
        + "\(consumers.ownFailing), or the import asks",
      fix: [
        .command("connref settings sync", purpose: "add the rows to every settings file"),
        "fill in the connection ids that it leaves empty",
      ], repair: .back, discriminator: path, focus: rows.first?.place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains(rows: later.owedRows(finding))
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.owingOutcome(of: finding)
  }
}

extension SettingsMissing {
  static let documentation = RuleDocumentation(
    title: "a settings file has no row for a new reference",
    severities: [.warning, .error("with --release where something uses it")],
    whatItDoes: """
      For the references that no revision declared before: every deployment settings file of their \
      solution should bind them. One finding lists all that a file lacks.
      """,
    whyItIsBad: """
      An unattended import binds only what the settings file lists. The rest stays without a \
      connection, and the flows that need it stay off.
      """,
    fix: [
      .command("connref settings sync", purpose: "Add the rows"),
      "Fill in the ids of connections of that environment.",
    ],
    knownProblems: "A settings file may leave a reference out on purpose.",
    sources: ["https://learn.microsoft.com/power-platform/alm/conn-ref-env-variables-build-tools"],
    examples: [
      RuleExample(
        "a new reference without a row",
        before: [.reference("sales_Files", "Sales files", sharePoint), .row("sales_Files")],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .row("sales_Files"),
          .reference("sales_Mail", "Sales mail", outlook),
        ],
        reports: [.settingsMissing]),
      RuleExample(
        "a new reference with its row",
        before: [.reference("sales_Files", "Sales files", sharePoint), .row("sales_Files")],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .row("sales_Files"),
          .reference("sales_Mail", "Sales mail", outlook), .row("sales_Mail"),
        ],
        reports: []),
    ])
}
