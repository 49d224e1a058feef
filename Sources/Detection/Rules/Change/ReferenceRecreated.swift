import Solution

/// A reference was deleted and re-created: the same display name, another identity.
enum ReferenceRecreated: ChangeRule {
  static let id = RuleID.referenceRecreated
  static let repair: RepairKind? = .identity

  static func findings(in comparison: Comparison) -> [Finding] {
    let emptied = EmptiedConsumers(comparison)
    return comparison.successions.filter { $0.kind == .recreated }.map { succession in
      let report = SuccessionReport(succession, comparison, emptied)
      return report.finding(
        rule: id, severity: severity(of: succession, report), summary: summary(of: succession),
        consequence: succession.isReturn
          ? returnConsequence : consequence(for: report.words),
        fix: report.listing + fix(for: succession, report))
    } + exportFindings(in: comparison)
  }

  private static func severity(of succession: Succession, _ report: SuccessionReport) -> Severity {
    if succession.isReturn {
      return report.leftBehind.isEmpty ? report.hasStaleRows ? .warning : .note : .error
    }
    return succession.isUnused ? .warning : .error
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofSuccession(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.successionOutcome(of: finding)
  }
}

// Another GUID under the same logical name.
extension ReferenceRecreated {
  private static func exportFindings(in comparison: Comparison) -> [Finding] {
    ExportComparison(before: comparison.before, after: comparison.after).changes.map {
      finding($0, in: comparison)
    }
  }

  private static func finding(
    _ change: ExportComparison.Change, in comparison: Comparison
  ) -> Finding {
    let (was, now, export) = (change.was, change.now, change.export)
    let owner = comparison.declaredAfter.entries(of: now.name).first?.instance.uniqueName
    let consumers = comparison.declaredAfter.consumers(naming: now.name).map {
      AffectedConsumer($0.0, naming: now.name, state: .moved)
    }
    let words = ConsumerWords(consumers)
    return Finding(
      rule: id, severity: .warning, confidence: change.isOfProvenEnvironment ? .certain : .strong,
      solution: owner ?? export.path,
      summary:
        "'\(now.displayName ?? now.name.spelling)' was deleted and re-created under the same logical name",
      before: [declaration(was, in: export)], after: [declaration(now, in: export)],
      evidence: [.otherGUID], consumers: consumers.sorted { $0.place < $1.place },
      remarks: ["its id was \(was.id), and is \(now.id) now"]
        + (change.isOfProvenEnvironment
          ? []
          : [
            "no file shows that both ids are from one environment; if they are not, nothing changed"
          ]),
      consequence: """
        the files still agree, but that environment has a new reference: it has no connection \
        until it is bound again, and the \(words.failing(" that use it"))
        """,
      fix: ["bind \(now.name.spelling) in that environment, and \(words.trial)"],
      discriminator: export.path)
  }

  private static func declaration(
    _ entry: EnvironmentExport.Entry, in export: EnvironmentExport
  ) -> Declaration {
    Declaration(
      name: entry.name, displayName: entry.displayName, connector: entry.connector,
      place: Place(path: export.path, line: entry.line))
  }
}

extension ReferenceRecreated {
  private static func summary(of succession: Succession) -> String {
    let name =
      succession.predecessors.first?.displayName ?? succession.predecessors.first?.name.spelling
      ?? ""
    if succession.isReturn { return "'\(name)' is back under a logical name it had before" }
    return "'\(name)' was deleted and re-created under another logical name"
  }

  private static func consequence(for consumers: ConsumerWords) -> String {
    """
    every environment binds the old name: the new one has no connection there, the \
    \(consumers.failing(" that use it")), and an upgrade is refused while something still depends on \
    the old one
    """
  }

  private static let returnConsequence = """
    an environment that bound the name in between has to bind this one again, and what still uses \
    the name in between has no connection
    """

  private static func fix(for succession: Succession, _ report: SuccessionReport) -> [FixStep] {
    let old = succession.predecessors.map(\.name.spelling).joined(separator: ", ")
    if succession.isReturn {
      let new = succession.successors.map(\.name.spelling).joined(separator: ", ")
      var steps: [FixStep] = []
      if !report.leftBehind.isEmpty {
        steps.append("choose \(new) in what still uses \(old), save, export")
      }
      if report.hasStaleRows { steps.append("write \(new) into the rows that still bind \(old)") }
      guard steps.isEmpty else { return steps }
      return ["nothing, if the old name was restored on purpose"]
    }
    if succession.instance.form == .archive {
      return [
        "do not commit this export; keep the old logical name \(old)",
        .command(
          "connref explain reference-recreated",
          purpose:
            "in the maker's environment create the reference again under that name, and export"),
      ]
    }
    if succession.isBeforeLookBack {
      let new = succession.successors.map(\.name.spelling).joined(separator: ", ")
      return [
        .command(
          "connref explain reference-recreated",
          purpose: "create the reference again as \(old), or bind \(new) in every environment")
      ]
    }
    guard report.isTakenBack else {
      return [
        .command(
          "connref explain reference-recreated", purpose: "make the maker's environment agree")
      ]
    }
    return ["then make the maker's environment agree (the command prints the steps)"]
  }

  static let documentation = RuleDocumentation(
    title: "a connection reference was deleted and re-created under another logical name",
    severities: [
      .error, .warning("where nothing uses it"),
      .note("where an earlier name is restored, and no settings file binds the other"),
    ],
    whatItDoes: """
      Compares the references that were removed from a solution with those that were added. Two \
      are taken to be the same when they are for the same connector and have the same display name \
      (a random suffix that the portal appended is ignored), or when flows moved from the one to \
      the other and the logical names differ in their random suffix alone. Flows that still use \
      the old name, and settings rows that still bind it, are listed in the finding.
      """,
    whyItIsBad: """
      The logical name is the identity of a reference. Each environment binds that name to a \
      connection, and the deployment settings refer to it. A re-created reference has another \
      logical name behind the same display name: the export looks consistent, and after the import \
      the new reference has no connection (XrmConnectionReferenceMissingConnection), its flows \
      stay off, and a managed upgrade is refused because something still depends on the old one.
      """,
    fix: [
      """
      Not deployed yet: connref repair ID --apply, with the id of the finding, puts the old name \
      back in all files. The maker's environment must agree, or its next export brings the change \
      back. Create the reference there again under its old name; the portal cannot, the Web API \
      can:
        POST [organisation]/api/data/v9.2/connectionreferences
        MSCRM.SolutionUniqueName: <solution>
        {"connectionreferencelogicalname": "<old name>", "connectionreferencedisplayname": "…",
         "connectorid": "/providers/Microsoft.PowerApps/apis/<connector>",
         "connectionid": "<connection>"}
      Point each flow back to it, delete the new one, export: git should show no difference.
      """,
      "Only a better name was wanted: change the display name and nothing else.",
      "Only the account changes: keep the reference, change the connection id in the settings file.",
      """
      It must change: declare both, bind both in every environment's settings file, move the flows \
      one by one, remove the old one in a later release, when nothing depends on it in any \
      environment.
      """,
      """
      In production already: add a row for the new name to every settings file (connref repair ID \
      --forward does, and moves the flows that were left behind), import again with the settings \
      file, share the connection with the deploying principal, turn the flows on.
      """,
    ],
    knownProblems: """
      A planned renaming that keeps the display name looks the same, and breaks the same things. A \
      stub is defined elsewhere and never taken to be new. Without the earlier commits (a shallow \
      clone) a restored name looks like a new one.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference",
      "https://github.com/microsoft/coe-starter-kit/issues/8114",
    ],
    examples: [
      RuleExample(
        "re-created, flows repointed",
        before: [
          .reference("new_sharedsharepointonline_a1b2c", "SharePoint Sales", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_a1b2c"]),
        ],
        after: [
          .reference("new_sharedsharepointonline_9d8e7", "SharePoint Sales", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_9d8e7"]),
        ],
        reports: [.referenceRecreated]),
      RuleExample(
        "the portal's suffix is in the display name too",
        before: [
          .reference("new_sharedsharepointonline_b8f0b", "SharePoint Sales-b8f0b", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_b8f0b"]),
        ],
        after: [
          .reference("new_sharedsharepointonline_8ee74", "SharePoint Sales-8ee74", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_8ee74"]),
        ],
        reports: [.referenceRecreated]),
      RuleExample(
        "re-created under the wrong publisher, and nothing uses it",
        before: [.reference("sales_Files", "Sales files", sharePoint)],
        after: [.reference("new_Files", "Sales files", sharePoint)],
        reports: [.referenceRecreated]),
      RuleExample(
        "only the display name changed",
        before: [
          .reference("new_sharedsharepointonline_a1b2c", "SharePoint", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_a1b2c"]),
        ],
        after: [
          .reference("new_sharedsharepointonline_a1b2c", "Sales files", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_a1b2c"]),
        ],
        reports: []),
      RuleExample(
        "a look-alike was added that no flow moved to",
        before: [
          .reference("new_sharedsharepointonline_a1b2c", "SharePoint", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_a1b2c"]),
        ],
        after: [
          .reference("new_sharedsharepointonline_a1b2c", "SharePoint", sharePoint),
          .reference("new_sharedsharepointonline_9d8e7", "SharePoint", sharePoint),
          .flow("Approve order", ["new_sharedsharepointonline_a1b2c"]),
        ],
        reports: []),
    ])
}

/// For examples: short names of well-known connectors.
let sharePoint = "shared_sharepointonline"
let dataverse = "shared_commondataserviceforapps"
let outlook = "shared_office365"
