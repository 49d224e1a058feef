import Platform
import Solution

/// The custom connector of a reference is in no solution any more.
enum ConnectorLost: ChangeRule, StateRule {
  static let id = RuleID.connectorLost
  static let repair: RepairKind? = nil
  static let section = AuditSection.nextImport
  static let reportedBy: Set<RuleID> = [.connectorLost, .connectorChanged]

  static func findings(in comparison: Comparison) -> [Finding] {
    let lost = comparison.lostConnectors
    guard !lost.isEmpty else { return [] }
    let former = comparison.before.instances.flatMap(\.connectors).keyed(by: \.id)
    // An older release beside a newer one does not bring a connector, and lost none.
    return references(in: comparison.after.withoutOlderReleases.instances)
      .filter { lost.contains($0.connector) }
      .map { finding($0, former[$0.connector], severity: .error) }
  }

  static func findings(in state: State) -> [Finding] {
    references(in: state.parts.map(\.instance), of: state.snapshot).map {
      finding($0, nil, severity: .warning)
    }
  }

  private typealias Open = (reference: Reference, connector: String, instance: Instance)

  /// References whose custom connector no file of the revision declares, and no manifest expects from
  /// elsewhere. Only the classic forms hold connectors as files.
  private static func references(
    in instances: [Instance], of snapshot: Snapshot? = nil
  ) -> [Open] {
    let all = snapshot?.instances ?? instances
    let declared = Set(all.flatMap(\.connectors).map(\.id))
    let expected = all.reduce(into: Set<String>()) { $0.formUnion($1.missingConnectors) }
    return instances.filter { $0.form == .unpacked || $0.form == .plain || $0.form == .archive }
      .flatMap { instance in
        instance.references.compactMap { reference in
          guard let connector = reference.connector, let id = connector.customID,
            !declared.contains(id), !expected.contains(id),
            !expected.contains(where: { connector.isCalled($0) })
          else { return nil }
          return (reference, id, instance)
        }
      }
  }

  private static func finding(
    _ open: Open, _ connector: CustomConnector?, severity: Severity
  ) -> Finding {
    let name = open.reference.name
    let users = open.instance.consumers(naming: name)
    let title = connector.map { "'\($0.displayName ?? $0.name)'" } ?? open.connector
    return Finding(
      rule: id, severity: severity, confidence: severity == .error ? .certain : .strong,
      solution: open.instance.uniqueName,
      summary: severity == .error
        ? "the custom connector \(title) of \(name.spelling) is in no solution any more"
        : "the custom connector of \(name.spelling) is in no solution",
      after: [Declaration(open.reference)],
      consumers: users.affected(naming: name, .broken),
      remarks: ["its id is \(open.connector)"]
        + (connector.map { ["it was in \($0.place.path)"] } ?? [])
        + ["no manifest lists it as a missing dependency"],
      consequence: consequence, fix: fix, discriminator: open.connector)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofState(finding, by: self)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.customConnectorOutcome(of: finding)
  }
}

extension Connector {
  /// True where a custom connector's schema name, `pay_5Fgateway`, is that of this connector,
  /// `shared_pay-5fgateway-5f0123456789abcdef`.
  fileprivate func isCalled(_ schemaName: String) -> Bool {
    let plain = schemaName.lowercased().replacing("_5f", with: "-5f").replacing("_", with: "-5f")
    let own = stableName.hasPrefix("shared_") ? stableName.dropFirst(7) : stableName[...]
    return own == plain || own == schemaName.lowercased()
  }
}

extension ConnectorLost {
  private static let consequence =
    "the import is refused, or an upgrade deletes the connector and with it what its connections can do"

  private static let fix: [FixStep] = [
    "add the custom connector to the solution again (Add existing › Automation › Custom connector), and export",
    "if the unpacked files lack it: take its files from the revision before, and update the tool that unpacks",
  ]

  private static let rates = "shared_rates-5f691c36f6fa56d15c"

  static let documentation = RuleDocumentation(
    title: "the custom connector of a reference is in no solution",
    severities: [.error("where it was there before"), .warning("otherwise")],
    whatItDoes: """
      Reports a reference with the id of a custom connector (customconnectorid) that no file of \
      the revision declares, while no manifest lists the connector among its missing dependencies, \
      by id or by schema name.
      """,
    whyItIsBad: """
      An unpack may leave a connector out without a word. The solution that is built from such \
      files cannot be imported, or its upgrade deletes the connector.
      """,
    fix: ["Add the custom connector to the solution again, and export."],
    knownProblems: """
      A connector that another repository ships is reported unless the manifest lists it as a \
      missing dependency. Connectors of Git integration's form are not looked for.
      """,
    sources: ["https://github.com/microsoft/powerplatform-build-tools/issues/882"],
    examples: [
      RuleExample(
        "the connector's file is removed",
        before: [
          .declaration("sales_Rates", "Rates", rates, customID: "5b0f1f0e"),
          .connector("sales_5frates", id: "5b0f1f0e"), .flow("Archive", ["sales_Rates"]),
        ],
        after: [
          .declaration("sales_Rates", "Rates", rates, customID: "5b0f1f0e"),
          .flow("Archive", ["sales_Rates"]),
        ],
        reports: [.connectorLost]),
      RuleExample(
        "another solution has it",
        before: [
          .declaration("sales_Rates", "Rates", rates, customID: "5b0f1f0e"),
          .connector("sales_5frates", id: "5b0f1f0e"), .flow("Archive", ["sales_Rates"]),
        ],
        after: [
          .declaration("sales_Rates", "Rates", rates, customID: "5b0f1f0e"),
          .connector("sales_5frates", id: "5b0f1f0e", solution: "Base"),
          .flow("Archive", ["sales_Rates"]),
        ],
        reports: []),
    ])
}
