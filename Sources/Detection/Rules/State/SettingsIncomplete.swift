import Solution

/// The settings files of an environment do not bind each reference to one connection of its own.
enum SettingsIncomplete: StateRule {
  static let id = RuleID.settingsIncomplete
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .settingsMissing, .connectorChanged,
  ]

  static func findings(in state: State) -> [Finding] {
    guard !state.snapshot.settings.isEmpty else { return [] }
    let environments = EnvironmentSettings.all(
      in: state.snapshot.settings, by: state.conventions)
    let used = state.knowsEveryConsumer ? state.namesInUse : []
    let unbound = state.solutions.flatMap { instance in
      unboundReferences(
        of: instance, used: used,
        boundBy: environments.compactMap { environment in
          environment.anchor(of: instance, state.settingsOwners).map { (environment, $0) }
        }, state)
    }
    return unbound + environments.flatMap { wrongRows(in: $0, state) }
      + sharedConnections(in: environments, state)
  }

  /// Where an environment binds a solution, all of its references.
  private static func unboundReferences(
    of instance: Instance, used: Set<LogicalName>,
    boundBy binding: [(EnvironmentSettings, EnvironmentSettings.Anchor)], _ state: State
  ) -> [Finding] {
    guard !binding.isEmpty else { return [] }
    // An unused reference may stay unbound; one without any consumer here is used elsewhere.
    let needed = instance.references.filter {
      !$0.isStub && (used.isEmpty || used.contains($0.name))
    }
    return needed.flatMap { reference -> [Finding] in
      let gaps = binding.compactMap { environment, anchor in
        Gap(of: reference.name, in: environment, anchor, state)
      }
      let isNowhere =
        gaps.count { !$0.environment.isTemplate } == binding.count { !$0.0.isTemplate }
        && gaps.contains { !$0.environment.isTemplate }
        && gaps.allSatisfy { $0.binding != .placeholder }
      // Bound nowhere is one fact, in however many files.
      if isNowhere, !gaps.isEmpty {
        return [finding(reference, gaps, isNowhere: true, instance, state)]
      }
      return gaps.map { finding(reference, [$0], isNowhere: false, instance, state) }
    }
  }

  /// The row or connection that an environment lacks for a reference.
  private struct Gap {
    let environment: EnvironmentSettings
    let binding: EnvironmentSettings.Binding
    let rows: [AffectedRow]
    /// True where the files are not the solution's own.
    let isNearestAlone: Bool
    /// The text in the connection's place.
    let token: String?

    /// Nil where nothing is lacking. A placeholder is only for a release to mind.
    init?(
      of name: LogicalName, in environment: EnvironmentSettings,
      _ anchor: EnvironmentSettings.Anchor, _ state: State
    ) {
      binding = environment.binding(of: name)
      self.environment = environment
      isNearestAlone = anchor.claim == .nearest
      let found = environment.rows(of: name)
      token = found.compactMap(\.row.boundID).first
      // A template is to have the rows, and no connections.
      if environment.isTemplate, binding != .missing { return nil }
      switch binding {
      case .bound: return nil
      case .placeholder:
        guard state.conventions.isRelease else { return nil }
        // To call a name a placeholder as well hides what to write.
        let isName = found.contains { found in
          found.row.boundID.map { isLogicalName($0, in: found.row, state) } ?? false
        }
        if isName { return nil }
        rows = found.map { AffectedRow(place: $0.place, reference: name, state: .placeholder) }
      case .empty:
        rows = found.map { AffectedRow(place: $0.place, reference: name, state: .empty) }
      case .missing:
        rows = [AffectedRow(place: anchor.place, reference: name, state: .missing)]
      }
    }
  }

  private static func finding(
    _ reference: Reference, _ gaps: [Gap], isNowhere: Bool, _ instance: Instance,
    _ state: State
  ) -> Finding {
    let name = reference.name.spelling
    let gap = gaps[0]
    let title = gap.environment.title
    let (summary, predicate): (String, String) =
      if gaps.count > 1 {
        (
          "'\(name)' is bound in none of the \(gaps.count) settings files of its solution",
          "are bound in none of the \(gaps.count) settings files of their solution"
        )
      } else {
        switch gap.binding {
        case .missing: ("\(title) has no row for \(name)", "have no row in \(title)")
        case .placeholder:
          (
            "\(title) has a placeholder for the connection of \(name): \(gap.token ?? "")",
            "have a placeholder for their connection in \(title)"
          )
        case .empty, .bound:
          ("\(title) has no connection id for \(name)", "have no connection id in \(title)")
        }
      }
    let rows = gaps.flatMap(\.rows)
    let fix = gaps.contains { $0.binding == .missing } ? rowsToAdd : [idToWrite]
    return Finding(
      rule: id,
      severity: gap.isNearestAlone ? .note : state.conventions.severityBeforeRelease,
      confidence: gap.isNearestAlone ? .medium : .certain,
      solution: instance.uniqueName, summary: summary, after: [Declaration(reference)], rows: rows,
      remarks: gap.isNearestAlone
        ? ["no settings file binds \(instance.uniqueName); this is the nearest one"] : [],
      consequence: isNowhere ? unboundConsequence : consequence,
      fix: fix,
      discriminator: isNowhere
        ? unbound : "\(gap.binding) \(rows.first?.place.path ?? "")",
      theme: Theme(
        "reference", predicate,
        fix: fix),
      focus: rows.first?.place)
  }

  private static let idToWrite: FixStep = """
    write the id of a connection of that environment into the row; in the maker portal it is in \
    the address of the connection's page
    """

  private static let rowsToAdd: [FixStep] = [
    .command(
      "connref settings sync",
      purpose: "add the missing rows, then write the connection ids into them")
  ]

  /// A reference that no environment binds keeps flows off everywhere.
  static func section(of finding: Finding) -> AuditSection {
    if finding.isBoundNowhere { return .unbound }
    return finding.severity == .note ? .tidiness : section
  }
}

extension Finding {
  /// True where no environment binds the reference: flows that name it are off everywhere.
  package var isBoundNowhere: Bool {
    rule == .settingsIncomplete && discriminator == SettingsIncomplete.unbound
  }
}

extension SettingsIncomplete {
  /// The discriminator of a reference that is bound nowhere, the same for any files.
  fileprivate static let unbound = "unbound"

  private static let consequence =
    "an unattended import leaves it without a connection in that environment, and its flows stay off"

  private static let unboundConsequence =
    "every unattended import leaves it without a connection: flows that use it stay off"

  static let documentation = RuleDocumentation(
    title: "a settings file does not bind what its solution needs",
    severities: [
      .warning, .error("with --release"),
      .note(
        "where one connection serves several references, and where the solution has no settings file of its own"
      ),
    ],
    whatItDoes: """
      Reads the deployment settings files of each environment, as .connref.yml groups them; \
      without it each file is an environment. A solution's files are those that .connref.yml gives \
      it, those that bind a name that it declares or declared earlier, and those that bind a name \
      that its flows use or used; a solution with none of these is compared with the nearest \
      files. Reports a reference in use without a row, a row without a connection id or without a \
      connector, a connection id that is a path, an address or a logical name, two rows for one \
      reference, a row for another connector than the reference has, one connection id under \
      references of different connectors, and the connection id or the custom connector's id of \
      another environment. A file that is called template, sample, example, base, blank or skeleton, and \
      binds nothing, is no environment: it is asked for its rows alone. A placeholder (#{…}#, {{…}}, [Dataverse], a GUID of zeros) is reported \
      with --release only.
      """,
    whyItIsBad: """
      An unattended import binds what the settings file names, and nothing else. The rest has no \
      connection, and its flows stay off without a message. A prompting behaviour of 1 in the \
      solution silences the question at import, and binds nothing.
      """,
    fix: [
      "Write the id of a connection of that environment into the row; add the row where there is none (connref settings sync).",
      "Keep one row for each reference, with the connector that the solution declares.",
    ],
    knownProblems: """
      A file that serves a part of a solution on purpose is reported as well. Whether an id leads \
      to a connection that exists cannot be seen in git. Without .connref.yml two files belong to \
      different environments only where their paths say so (test, prod, uat, …).
      """,
    sources: ["https://learn.microsoft.com/power-platform/alm/conn-ref-env-variables-build-tools"],
    examples: [
      RuleExample(
        "no row in one of two files",
        state: [
          .reference("sales_Orders_SharePoint", "Orders", sharePoint),
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_SharePoint", "sales_Orders_Outlook"]),
          .row("sales_Orders_SharePoint", file: "config/test.json"),
          .row("sales_Orders_Outlook", connection: "9b1d4c7e", file: "config/test.json"),
          .row("sales_Orders_SharePoint", connection: "7c2e5d8f"),
        ],
        reports: [.settingsIncomplete]),
      RuleExample(
        "a row for another connector",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .row("sales_Orders_Outlook", connector: sharePoint),
        ],
        reports: [.settingsIncomplete]),
      RuleExample(
        "the path of a connection instead of its id",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .row(
            "sales_Orders_Outlook",
            connection: "/providers/Microsoft.PowerApps/apis/shared_office365/connections/7c2e5d8f"),
        ],
        reports: [.settingsIncomplete]),
      RuleExample(
        "the connection of another environment",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .row("sales_Orders_Outlook", file: "config/test.json"), .row("sales_Orders_Outlook"),
        ],
        reports: [.settingsIncomplete]),
      RuleExample(
        "a token, without --release",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .row("sales_Orders_Outlook", connection: "#{connectionreference.sales_Orders_Outlook}#"),
        ],
        reports: []),
      RuleExample(
        "a token in a release",
        state: [
          .reference("sales_Orders_Outlook", "Mail", outlook),
          .flow("Archive", ["sales_Orders_Outlook"]),
          .row("sales_Orders_Outlook", connection: "#{connectionreference.sales_Orders_Outlook}#"),
        ],
        conventions: Conventions(isRelease: true), reports: [.settingsIncomplete]),
    ])
}
