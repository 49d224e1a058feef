import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"
private let outlook = "shared_office365"

/// Where links lead, and what they say of their connector.
@Suite struct LinkRuleTests {
  private func lines(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.severity) \($0.rule.rawValue): \($0.summary)" }
  }

  private func checked(
    _ before: [ExamplePart], _ after: [ExamplePart], conventions: Conventions = .standard
  ) -> [String] {
    let comparison = Comparison(
      from: before, to: after,
      conventions: conventions)
    return lines(RuleBook.findings(in: comparison))
  }

  private func audited(
    _ parts: [ExamplePart], conventions: Conventions = .standard
  ) -> [String] {
    lines(
      RuleBook.findings(in: State(RuleExample.snapshot(of: parts), conventions: conventions)))
  }

  private let base: [ExamplePart] = [
    .reference("sales_Orders_SharePoint", "Orders", sharePoint),
    .flow("Archive", ["sales_Orders_SharePoint"]),
  ]

  private var release: Conventions {
    var conventions = Conventions.standard
    conventions.isRelease = true
    return conventions
  }

  @Test func `what only the maker's environment has is an error before a release`() {
    let after = base + [.external("new_Mail", .active), .flow("Remind", ["new_Mail"])]
    let words = "'Remind' uses new_Mail, which no solution of this repository ships"
    #expect(checked(base, after) == ["warning link-unshipped: " + words])
    #expect(checked(base, after, conventions: release) == ["error link-unshipped: " + words])
    #expect(audited(after) == ["warning link-unresolved: " + words])
    #expect(audited(after, conventions: release) == ["error link-unresolved: " + words])
  }

  @Test func `what the team ships elsewhere is external`() {
    let after = base + [.external("new_Mail", .active), .flow("Remind", ["new_Mail"])]
    for text in ["new_Mail", "NEW_*", "Sales"] {
      var conventions = release
      conventions.shippedElsewhere = [WildcardText(text)]
      #expect(checked(base, after, conventions: conventions) == [])
      #expect(audited(after, conventions: conventions) == [])
    }
  }

  @Test func `a flow that finds the old one in the maker's environment alone was left behind`() {
    let before: [ExamplePart] = [
      .reference("sales_Mail_Outlook", "Mail", outlook), .flow("Remind", ["sales_Mail_Outlook"]),
      .flow("Greet", ["sales_Mail_Outlook"]),
    ]
    let after: [ExamplePart] = [
      .reference("new_Mail_1a2b3", "Mail", outlook), .flow("Remind", ["new_Mail_1a2b3"]),
      .flow("Greet", ["sales_Mail_Outlook"]), .external("sales_Mail_Outlook", .active),
    ]
    let comparison = Comparison(
      from: before, to: after)
    let findings = RuleBook.findings(in: comparison)
    #expect(findings.map(\.rule) == [.referenceRecreated])
    #expect(
      findings.flatMap { $0.consumers.map { "\($0.name) \($0.state.rawValue)" } }
        == ["Remind moved", "Greet left-behind"])
  }

  @Test func `a caller in two files is one caller`() {
    let state: [ExamplePart] = [
      .reference("sales_Orders_SharePoint", "Orders", sharePoint),
      .link("Child", "sales_Orders_SharePoint", id: "c1", isInvoker: true),
      .link("Parent", "sales_Orders_SharePoint", id: "p1", children: ["c1"]),
      .reference("sales_Orders_SharePoint", "Orders", sharePoint, solution: "Copy"),
      .link("Parent", "sales_Orders_SharePoint", id: "p1", children: ["c1"], solution: "Copy"),
    ]
    #expect(
      audited(state).filter { $0.contains("flow-caller-broken") } == [
        "warning flow-caller-broken: 'Child' takes its connections from its caller, and 'Parent' "
          + "runs it as a child"
      ])
  }

  @Test func `that others use what nothing ships or declares does not excuse a further link`() {
    let active = base + [.external("new_Mail", .active), .flow("Remind", ["new_Mail"])]
    #expect(
      checked(active, active + [.flow("Greet", ["new_Mail"])]) == [
        "warning link-unshipped: 'Greet' uses new_Mail, which no solution of this repository ships"
      ])
    let broken = base + [.flow("Remind", ["new_Mail"])]
    let lost = ["error link-lost: 'Greet' uses a reference that nothing declares"]
    #expect(checked(broken, broken + [.flow("Greet", ["new_Mail"])]) == lost)
    let name = "sales_Orders_SharePoint"
    #expect(
      checked(broken + [.flow("Greet", [name])], broken + [.flow("Greet", ["new_Mail"])]) == lost)
    #expect(checked(active, active) == [] && checked(broken, broken) == [])
  }

  @Test func `a solution that is here ships what it declares, and nothing else`() {
    let core: [ExamplePart] = [
      .reference("sales_Mail_Outlook", "Mail", outlook, solution: "Core"),
      .flow("Sync", ["sales_Mail_Outlook"], solution: "Core"),
    ]
    func borrowing(_ name: String) -> [ExamplePart] {
      base + core + [.external(name, .solution("Core")), .flow("Remind", [name])]
    }
    #expect(audited(borrowing("sales_Mail_Outlook")) == [])
    #expect(
      audited(borrowing("core_Gone")) == [
        "warning link-unresolved: 'Remind' uses core_Gone, which nothing declares"
      ])
    let elsewhere = base + [.external("core_Gone", .solution("Core")), .flow("F", ["core_Gone"])]
    #expect(audited(elsewhere) == [], "the solution is in another repository")
  }

  @Test func `a link is for the connector of its reference`() {
    let two = base + [.reference("sales_Orders_Outlook", "Mail", outlook)]
    let before = two + [.link("Publish", "sales_Orders_Outlook")]
    let after = two + [.link("Publish", "sales_Orders_SharePoint", connector: outlook)]
    let words =
      "'Publish' uses sales_Orders_SharePoint for shared_office365, and it is for shared_sharepointonline"
    #expect(checked(before, after) == ["error link-mismatched: " + words])
    #expect(checked(after, after + [.flow("Other", ["sales_Orders_SharePoint"])]) == [])
    #expect(audited(after).contains("warning link-mismatched: " + words))
    let comparison = Comparison(
      from: before, to: after)
    let finding = RuleBook.findings(in: comparison).first
    #expect(finding?.repair == .back)
    #expect(finding?.remarks.first?.contains("sales_Orders_Outlook") == true)
  }

  @Test func `where the declaration changed, the links that did not are no second finding`() {
    let after: [ExamplePart] = [
      .reference("sales_Orders_SharePoint", "Orders", outlook),
      .link("Archive", "sales_Orders_SharePoint", connector: sharePoint),
    ]
    #expect(
      checked(base, after).map { $0.prefix { $0 != ":" } } == ["error connector-changed"])
  }

  @Test func `an action of another connector than its entry's is reported at its line`() throws {
    func instance(_ use: String) -> Snapshot {
      let model = RuleExample.snapshot(of: base).instances[0]
      let flow = Consumer(
        kind: .flow, id: "archive", name: "Archive", path: "\(model.folder)/Workflows/Archive.json",
        links: model.consumers[0].links, connectorUses: 1,
        uses: [ConnectorUse(alias: "SHARED_X_0", connector: Connector(path: use), line: 31)])
      return Snapshot(instances: [
        Instance(
          folder: model.folder, uniqueName: model.uniqueName, form: .unpacked, publisherPrefix: nil,
          declarations: .read, references: model.references, externals: [], consumers: [flow],
          source: model.source)
      ])
    }
    let found = RuleBook.findings(in: State(instance("/apis/shared_teams")))
    #expect(found.map(\.rule) == [.linkMismatched])
    #expect(found.first?.place?.line == 31)
    #expect(RuleBook.findings(in: State(instance("/apis/shared_sharepointonline"))).isEmpty)
    #expect(RuleBook.findings(in: State(instance("@parameters('x')"))).isEmpty)
  }

  @Test func `a spelling of its own is an error where it is new`() {
    let after: [ExamplePart] = [base[0], .flow("Archive", ["sales_ORDERS_SharePoint"])]
    let words = "'Archive' spells sales_Orders_SharePoint as sales_ORDERS_SharePoint"
    #expect(checked(base, after) == ["error reference-recased: " + words])
    #expect(checked(after, after + [.flow("Other", [nil])]) == [])
    #expect(audited(after) == ["warning reference-recased: " + words])
  }

  @Test func `an action that uses what its flow does not list is reported at its line`() {
    let before = base + [.link("Read", "sales_Orders_SharePoint")]
    let after =
      base + [.link("Read", "sales_Orders_SharePoint", action: "sales_Orders_SharePoint")]
    let comparison = Comparison(
      from: before, to: after)
    let found = RuleBook.findings(in: comparison)
    #expect(
      lines(found) == [
        "error link-lost: an action of 'Read' uses 'sales_Orders_SharePoint', which its flow does not list"
      ])
    #expect(found.first?.place?.line == 20)
    #expect(found.first?.repair == .back)
    let other = base + [.link("Read", "sales_Orders_SharePoint", action: "shared_x_9")]
    #expect(checked(before, other).count == 1)
    #expect(checked(other, other + [.flow("More", [nil])]) == [])
  }
}

/// An app's entry, before and after.
@Suite struct AppEntryTests {
  private func link(_ alias: String, reference: String?, connection: String? = nil) -> Link {
    Link(
      alias: alias, reference: reference.map { LogicalName($0) }, embeddedConnection: connection,
      connector: Connector(path: sharePoint), line: 9, sources: ["orders"])
  }

  private func snapshot(_ links: [Link], open: [Link] = []) -> Snapshot {
    let model = RuleExample.snapshot(of: [
      .reference("sales_Orders_SharePoint", "Orders", sharePoint)
    ]).instances[0]
    let app = Consumer(
      kind: .codeApp, id: "power.config.json", name: "Board", path: "power.config.json",
      links: links, openEntries: open)
    var pool = FolderPool()
    let content = ContentID([UInt8](repeating: UInt8(links.count + 2 * open.count), count: 20))
    let source = pool.folder(
      files: [
        Folder.File(
          name: "power.config.json", content: content, kind: .regular, role: .codeApp)
      ], children: [])
    return Snapshot(instances: [
      Instance(
        folder: "", uniqueName: "Board", form: .codeApp, publisherPrefix: nil,
        declarations: .absent, references: [], externals: [], consumers: [app],
        source: source ?? model.source), model,
    ])
  }

  private func reported(_ before: Snapshot, _ after: Snapshot) -> [String] {
    RuleBook.findings(in: Comparison(before: before, after: after)).map {
      "\($0.severity) \($0.rule.rawValue): \($0.summary)"
    }
  }

  @Test func `a data source that loses its reference is an error`() {
    let before = snapshot([link("1", reference: "sales_Orders_SharePoint")])
    #expect(
      reported(before, snapshot([], open: [link("2", reference: nil)])) == [
        "error link-lost: 'Board' lost its reference: the entry '2' has none any more"
      ])
    #expect(
      reported(
        before, snapshot([], open: [link("2", reference: nil, connection: "/connections/1a")]))
        == [
          "error connection-embedded: 'Board' uses a connection instead of sales_Orders_SharePoint, which it used before"
        ])
  }

  @Test func `a removed data source, or one without a reference, is no finding`() {
    let with = snapshot([link("1", reference: "sales_Orders_SharePoint")])
    let without = snapshot([], open: [link("2", reference: nil)])
    #expect(reported(with, snapshot([])) == [])
    #expect(reported(without, with) == [])
    #expect(
      reported(without, snapshot([], open: [link("3", reference: nil, connection: "/c/1a")])) == [])
  }

  @Test func `an app's own connection in an unchanged link is a note`() {
    let state = State(
      snapshot([], open: [link("3", reference: nil, connection: "/connections/1a")]))
    let found = RuleBook.findings(in: state).filter { $0.rule == .connectionEmbedded }
    #expect(found.map(\.severity) == [.note])
  }
}
