import Solution

/// A settings row binds what went in this change.
enum SettingsStale: ChangeRule {
  static let id = RuleID.settingsStale

  static func findings(in comparison: Comparison) -> [Finding] {
    let told = comparison.successions.filter { !$0.isReturn }
    let gone =
      told.flatMap { succession in succession.gone.map { ($0, succession.instance, succession) } }
      .map { (reference: $0.0, instance: $0.1, heirs: $0.2.come) }
      + comparison.departures.map {
        (reference: $0.reference, instance: $0.instance, heirs: [Reference]())
      }
    return gone.flatMap { entry in
      let rows = Dictionary(
        grouping: comparison.bindings.staleRows(naming: entry.reference.name), by: \.place.path)
      return rows.sorted { $0.key < $1.key }.map { path, rows in
        finding(entry.reference, entry.heirs, entry.instance, path, rows)
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ heirs: [Reference], _ instance: Instance, _ path: String,
    _ rows: [AffectedRow]
  ) -> Finding {
    let heir = heirs.count == 1 ? heirs.first : nil
    return Finding(
      rule: id, severity: .warning, confidence: .certain, solution: instance.uniqueName,
      summary: "\(path) still binds \(reference.name.spelling), which went in this change",
      before: [Declaration(reference)], rows: rows, consequence: consequence,
      fix: [
        heir.map {
          "or by hand: write \($0.name.spelling) in its place; the connection id may stay, the connector is the same"
        } ?? "remove the row, once no environment needs it"
      ], repair: heir == nil ? nil : .back, discriminator: path, focus: rows.first?.place)
  }
}

extension SettingsStale {
  private static let consequence =
    "a row for a name that the solution does not have is ignored, and what came instead stays unbound"

  static let documentation = RuleDocumentation(
    title: "a settings file still binds a reference that went in this change",
    severities: "warning",
    whatItDoes: """
      Looks through the deployment settings files of the revision, found by their shape, for rows \
      that name what went, and for tokens that hold its name, #{connectionreference.<name>}#.
      """,
    whyItIsBad: """
      The import ignores the row, and the reference that took its place comes up without a \
      connection: its flows stay off, or the import asks.
      """,
    fix: [
      "Write the new logical name into the row. Keep the connection id only if the connector is the same."
    ],
    knownProblems: "A settings file that serves several repositories may bind a name on purpose.",
    sources: ["https://learn.microsoft.com/power-platform/alm/conn-ref-env-variables-build-tools"],
    examples: [
      RuleExample(
        "made again, the row was not changed",
        before: [
          .reference("sales_Files_a1b2c", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_a1b2c"]),
        ],
        after: [
          .reference("sales_Files_9d8e7", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_9d8e7"]),
        ],
        speaks: [.referenceRecreated, .settingsStale]),
      RuleExample(
        "the row followed",
        before: [
          .reference("sales_Files_a1b2c", "Sales files", sharePoint), .row("sales_Files_a1b2c"),
          .flow("Archive", ["sales_Files_a1b2c"]),
        ],
        after: [
          .reference("sales_Files_9d8e7", "Sales files", sharePoint), .row("sales_Files_9d8e7"),
          .flow("Archive", ["sales_Files_9d8e7"]),
        ],
        speaks: [.referenceRecreated]),
    ])
}
