import Solution

/// A settings row binds a reference that was removed, and no finding about the reference lists the row.
enum SettingsStale: ChangeRule {
  static let id = RuleID.settingsStale
  static let repair: RepairKind? = nil

  /// Findings about a re-created, replaced or removed reference list their stale rows themselves.
  /// The rest are references whose flows moved to one that existed before.
  static func findings(in comparison: Comparison) -> [Finding] {
    let reported = Set(
      comparison.successions.flatMap { $0.predecessors.map(\.name) }
        + comparison.removals.map(\.reference.name))
    var seen: Set<LogicalName> = []
    return comparison.changes.removed.flatMap { change -> [Finding] in
      guard !reported.contains(change.name), seen.insert(change.name).inserted,
        let instance = comparison.instances[change.pair].after
      else { return [] }
      let rows = Dictionary(
        grouping: comparison.bindings.staleRows(naming: change.name), by: \.place.path)
      return rows.sorted { $0.key < $1.key }.map { path, rows in
        finding(change.reference, instance, path, rows)
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ instance: Instance, _ path: String, _ rows: [AffectedRow]
  ) -> Finding {
    Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: "\(path) still has a row for \(reference.name.spelling), which this change removes",
      before: [Declaration(reference)], rows: rows, consequence: consequence,
      fix: [
        .command(
          "connref settings sync --remove-stale",
          purpose: "remove the row, once no environment needs it")
      ], discriminator: path, focus: rows.first?.place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains(rows: finding.before.flatMap { later.bindings.staleRows(naming: $0.name) })
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension SettingsStale {
  private static let consequence =
    "an import ignores a row for a name that the solution does not have, and the successor stays unbound"

  static let documentation = RuleDocumentation(
    title: "a settings file still has a row for a reference that this change removes",
    severities: [.warning],
    whatItDoes: """
      Looks through the deployment settings files of the revision, found by their shape, for rows \
      that bind a removed reference, and for tokens that hold its name, \
      #{connectionreference.<name>}#. Where another finding reports the reference itself, the rows \
      are part of that finding.
      """,
    whyItIsBad: """
      The import ignores the row, and the reference that replaced it has no \
      connection: its flows stay off, or the import asks.
      """,
    fix: [
      "Write the new logical name into the row. Keep the connection id only if the connector is the same."
    ],
    knownProblems: "A settings file that serves several repositories may bind a name on purpose.",
    sources: ["https://learn.microsoft.com/power-platform/alm/conn-ref-env-variables-build-tools"],
    examples: [
      RuleExample(
        "deleted and re-created, and the row was not changed",
        before: [
          .reference("sales_Files_a1b2c", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_a1b2c"]),
        ],
        after: [
          .reference("sales_Files_9d8e7", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_9d8e7"]),
        ],
        reports: [.referenceRecreated]),
      RuleExample(
        "flows moved to a reference that existed before, and the old row is left",
        before: [
          .reference("sales_Mail", "Sales mail", outlook), .row("sales_Mail"),
          .reference("new_sharedoffice365_1a2b3", "Office 365 Outlook", outlook),
          .row("new_sharedoffice365_1a2b3"),
          .flow("Notify", ["new_sharedoffice365_1a2b3"]), .flow("Remind", ["sales_Mail"]),
        ],
        after: [
          .reference("sales_Mail", "Sales mail", outlook), .row("sales_Mail"),
          .row("new_sharedoffice365_1a2b3"), .flow("Notify", ["sales_Mail"]),
          .flow("Remind", ["sales_Mail"]),
        ],
        reports: [.settingsStale]),
      RuleExample(
        "removed, and the row was not changed",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .row("sales_Files"),
          .reference("sales_Mail", "Sales mail", outlook), .row("sales_Mail"),
          .flow("Notify", ["sales_Mail"]),
        ],
        after: [
          .row("sales_Files"), .reference("sales_Mail", "Sales mail", outlook),
          .row("sales_Mail"), .flow("Notify", ["sales_Mail"]),
        ],
        reports: [.referenceRemoved]),
      RuleExample(
        "the row was changed too",
        before: [
          .reference("sales_Files_a1b2c", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_a1b2c"]),
        ],
        after: [
          .reference("sales_Files_9d8e7", "Sales files", sharePoint), .row("sales_Files_9d8e7"),
          .flow("Archive", ["sales_Files_9d8e7"]),
        ],
        reports: [.referenceRecreated]),
    ])
}
