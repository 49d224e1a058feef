import Solution

/// A reference came in this change, and a settings file of its solution has no row for it.
enum SettingsMissing: ChangeRule {
  static let id = RuleID.settingsMissing

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.arrivals.flatMap { arrival -> [Finding] in
      guard let instance = arrival.pair.after else { return [] }
      return comparison.missingRows(for: arrival.reference, in: instance).map { row in
        finding(
          arrival.reference, instance, row,
          severity: comparison.conventions.isRelease ? .error : .warning)
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ instance: Instance, _ row: AffectedRow, severity: Severity
  ) -> Finding {
    let connector = reference.connector?.name ?? "<connector>"
    return Finding(
      rule: id, severity: severity, confidence: .certain, solution: instance.uniqueName,
      summary: "\(row.place.path) has no row for \(reference.name.spelling)",
      after: [Declaration(reference)], rows: [row], consequence: consequence,
      fix: [
        "then write the id of a connection into it; or add the row to \(row.place.path) by hand:",
        .text(
          #"{ "LogicalName": "\#(reference.name.spelling)", "ConnectionId": "<connection id>", "#
            + #""ConnectorId": "/providers/Microsoft.PowerApps/apis/\#(connector)" }"#),
      ], repair: .back, discriminator: row.place.path, focus: row.place)
  }
}

extension SettingsMissing {
  private static let consequence =
    "the reference comes up without a connection in that environment: its flows stay off, or the import asks"

  static let documentation = RuleDocumentation(
    title: "a reference came, and a settings file of its solution has no row for it",
    severities: "warning; error with --release",
    whatItDoes: """
      For each reference that no revision declared before: every deployment settings file that binds \
      other references of the same solution should bind it too.
      """,
    whyItIsBad: """
      An unattended import binds only what the settings file names. The rest stays without a \
      connection, and the flows that need it stay off.
      """,
    fix: ["Add the row, with the id of a connection of that environment."],
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
        speaks: [.settingsMissing]),
      RuleExample(
        "a new reference with its row",
        before: [.reference("sales_Files", "Sales files", sharePoint), .row("sales_Files")],
        after: [
          .reference("sales_Files", "Sales files", sharePoint), .row("sales_Files"),
          .reference("sales_Mail", "Sales mail", outlook), .row("sales_Mail"),
        ],
        speaks: []),
    ])
}
