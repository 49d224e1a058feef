import Solution

/// A settings row that binds what nothing declares or uses.
enum SettingsUnused: StateRule {
  static let id = RuleID.settingsUnused
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [
    .settingsStale, .referenceRecreated, .referenceReplaced, .referenceRemoved,
  ]

  static func findings(in state: State) -> [Finding] {
    // A file that was not read may declare or use it.
    guard state.knowsEveryConsumer, !state.snapshot.settings.isEmpty else { return [] }
    let isBound = state.snapshot.instances.contains {
      !$0.references.isEmpty || !$0.externals.isEmpty || !$0.consumers.isEmpty
    }
    return state.snapshot.settings.flatMap { file -> [Finding] in
      // With nothing to bind here, its solution is in another repository, unless one of this had the names.
      guard isBound || state.settingsOwners.belongsToOne(file.path) else { return [] }
      let coverage = state.coverage(of: file)
      let fix = coverage.isForeign ? foreignFix : fix
      return coverage.stale.sorted().map { name in
        finding(name, file.locatedRows.filter { $0.row.reference == name }, file, fix)
      }
    }
  }

  private static func finding(
    _ name: LogicalName, _ rows: [SettingsFile.LocatedRow], _ file: SettingsFile, _ fix: [FixStep]
  ) -> Finding {
    let affected = rows.map { AffectedRow(place: $0.place, reference: name, state: .stale) }
    return Finding(
      rule: id, severity: .note, confidence: .medium, solution: file.path,
      summary: "\(file.path) binds \(name.spelling), which nothing here declares or uses",
      after: [
        Declaration(
          name: name, displayName: nil, connector: rows[0].row.connector, place: affected[0].place)
      ],
      rows: affected, consequence: consequence, fix: fix, discriminator: file.path,
      theme: Theme("reference", "are bound in \(file.path), and nothing uses them", fix: fix),
      focus: affected[0].place)
  }
}

extension SettingsUnused {
  private static let consequence =
    "the import ignores the row; the reference that it was meant for may have another name by now"

  private static let fix: [FixStep] = [
    "remove the row, once no other repository and no environment needs it",
    .command("connref settings sync --remove-stale", purpose: "or all of them"),
  ]

  /// For a file of which no row is for a solution of this repository: `settings sync` removes none of them.
  private static let foreignFix: [FixStep] = [
    "remove the row, or the file, unless it is for a solution of another repository"
  ]

  static let documentation = RuleDocumentation(
    title: "a settings file binds a reference that nothing declares or uses",
    severities: [.note],
    whatItDoes: """
      Reports a row for a logical name that no solution of the revision declares or expects from \
      elsewhere and no flow, app or agent uses; `connref settings sync` calls it stale by the same \
      rule. Silent while a file could not be read.
      """,
    whyItIsBad: """
      The row looks as if something were bound. After a reference was re-created it is the trace of \
      the old name, and the new one may have no row.
      """,
    fix: ["Remove the row, or write the present name into it."],
    knownProblems: """
      A settings file may serve solutions of other repositories as well; their rows are reported.
      """,
    sources: ["https://learn.microsoft.com/power-platform/alm/conn-ref-env-variables-build-tools"],
    examples: [
      RuleExample(
        "the row of an old name",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]), .row("sales_Orders_Outlook"),
          .row("sales_Old", connection: "7c2e5d8f"),
        ],
        reports: [.settingsUnused]),
      RuleExample(
        "a managed solution brings it",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]), .row("sales_Orders_Outlook"),
          .external("base_Mail", .solution("Base")), .row("base_Mail", connection: "7c2e5d8f"),
        ],
        reports: []),
    ])
}
