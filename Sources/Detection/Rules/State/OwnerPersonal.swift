import Solution

/// A settings row says that a person owns the connection.
enum OwnerPersonal: StateRule {
  static let id = RuleID.ownerPersonal
  static let section = AuditSection.identity
  /// A row that follows its reference to another name had its owner before.
  static let reportedBy: Set<RuleID> = [.referenceRecreated, .referenceReplaced]

  static func findings(in state: State) -> [Finding] {
    state.snapshot.settings.flatMap { file -> [Finding] in
      let rows = file.locatedRows.filter { placed in
        placed.row.owner.map { state.conventions.owners.kind(of: $0) == .person } ?? false
      }
      return Dictionary(grouping: rows, by: \.row.reference).sorted { $0.key < $1.key }
        .map { finding($0, $1, file, state) }
    }
  }

  private static func finding(
    _ name: LogicalName, _ rows: [SettingsFile.LocatedRow], _ file: SettingsFile, _ state: State
  ) -> Finding {
    let entry = state.declarations.fullFirst(of: name).first
    let owners = Set(rows.compactMap(\.row.owner)).sorted().joined(separator: ", ")
    let affected = rows.map { AffectedRow(place: $0.place, reference: name, state: .personal) }
    return Finding(
      rule: id, severity: .warning, confidence: .strong,
      solution: entry?.instance.uniqueName ?? file.path,
      summary: "\(file.path) gives the connection of \(name.spelling) to a person, \(owners)",
      after: [Declaration(of: name, entry?.reference, else: affected[0].place)],
      rows: affected, consequence: consequence, fix: fix, discriminator: file.path,
      theme: Theme(
        "reference", "have a connection of \(owners) in \(file.path)", fix: fix),
      focus: affected[0].place)
  }
}

extension OwnerPersonal {
  private static let consequence =
    "every flow on it acts as that person, and stops when the account is closed or its password changes"

  private static let fix: [FixStep] = [
    "make the connection as a service account or a service principal, and write its id and owner into the row",
    "keep the reference itself: only the connection changes",
  ]

  static let documentation = RuleDocumentation(
    title: "a settings file gives a reference's connection to a person",
    severities: [.warning],
    whatItDoes: """
      Reads the owner that settings files of the ALM Accelerator name (ConnectionOwner, \
      connectionreference.user.…). An address is a person's unless .connref.yml lists it under \
      owners as a service principal's; a GUID or a token may be either, and is not reported.
      """,
    whyItIsBad: """
      The flows act with one person's rights, for everybody. When the person leaves or the \
      password changes, all of them stop at once.
      """,
    fix: [
      "Make the connection as a service principal or a service account, and bind that one.",
      "List service accounts under owners in .connref.yml, so that they are known.",
    ],
    knownProblems: """
      Most settings files name no owner, and git alone does not show the account of a connection: \
      without a finding the owner is unknown. A service account looks like a person until it is \
      listed.
      """,
    sources: [
      "https://learn.microsoft.com/power-platform/guidance/alm-accelerator/setup-data-deployment-configuration"
    ],
    examples: [
      RuleExample(
        "an address",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
          .row("sales_Invoices_SharePoint", owner: "anna.berg@contoso.com"),
        ],
        reports: [.ownerPersonal]),
      RuleExample(
        "an id, which may be an application's",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint"]),
          .row("sales_Invoices_SharePoint", owner: "5a2f6a3e-0b5e-4c5f-9c0e-3d1f5a7b9c11"),
        ],
        reports: []),
    ])
}
