import Platform
import Solution

/// A settings row now binds a connection that a person owns; before, no person owned it.
enum OwnerChanged: ChangeRule {
  static let id = RuleID.ownerChanged
  static let repair: RepairKind? = nil

  static func findings(in comparison: Comparison) -> [Finding] {
    let owners = comparison.conventions.owners
    let before = comparison.settingsBeforeAsNamedAfter.keyed(by: \.path)
    return comparison.after.settings.flatMap { file -> [Finding] in
      guard let former = before[file.path], former.rows != file.rows else { return [] }
      return file.rows.compactMap { row in
        guard let owner = row.owner, owners.kind(of: owner) == .person,
          let was = former.rows.first(where: {
            $0.reference == row.reference && $0.owner != nil && $0.list == row.list
          })?.owner, !was.isEmpty, owners.kind(of: was) != .person
        else { return nil }
        return finding(row, was: was, now: owner, in: file, comparison)
      }
    }
  }

  private static func finding(
    _ row: SettingsRow, was: String, now: String, in file: SettingsFile, _ comparison: Comparison
  ) -> Finding {
    let entry = comparison.declaredAfter.fullFirst(of: row.reference).first
    let place = Place(path: file.path, line: row.line)
    return Finding(
      rule: id, severity: .note, confidence: .certain,
      solution: entry?.instance.uniqueName ?? file.path,
      summary: "\(file.path) gives the connection of \(row.reference.spelling) to a person now",
      after: [Declaration(of: row.reference, entry?.reference, else: place)],
      rows: [AffectedRow(place: place, reference: row.reference, state: .personal)],
      remarks: ["the owner was \(was), and is \(now)"], consequence: consequence, fix: fix,
      discriminator: file.path, focus: place)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    Remains(rows: later.personalRows(finding))
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    .reverted
  }
}

extension OwnerChanged {
  private static let consequence =
    "the flows acted as an application, and act as that person now: with other rights, as long as the account lasts"

  private static let fix: [FixStep] = [
    "make the connection as the application again, and write its id and owner into the row"
  ]

  static let documentation = RuleDocumentation(
    title: "a settings row changed its owner to a person",
    severities: [.note],
    whatItDoes: """
      Compares the owner that a settings row names (ConnectionOwner, connectionreference.user.…) \
      on both sides. Reports a row that had an application, an id or a token and has a person's \
      address now.
      """,
    whyItIsBad: """
      A user made the connection under a personal account, mostly to get a deployment through. \
      From then on the flows act as that person.
      """,
    fix: ["Bind a connection of the service principal or service account again."],
    knownProblems: """
      An id may have been a person's too. owner-personal reports the person, since that is \
      so with any owner before.
      """,
    sources: [
      "https://learn.microsoft.com/power-platform/guidance/alm-accelerator/setup-data-deployment-configuration"
    ],
    examples: [
      RuleExample(
        "from an application to a person",
        before: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .row("sales_Invoices_SharePoint", owner: "5a2f6a3e-0b5e-4c5f-9c0e-3d1f5a7b9c11"),
        ],
        after: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .row("sales_Invoices_SharePoint", owner: "anna.berg@contoso.com"),
        ],
        reports: [.ownerChanged]),
      RuleExample(
        "from one person to another",
        before: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .row("sales_Invoices_SharePoint", owner: "ben.ode@contoso.com"),
        ],
        after: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .row("sales_Invoices_SharePoint", owner: "anna.berg@contoso.com"),
        ],
        reports: []),
    ])
}
