import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"
private let outlook = "shared_office365"

/// What is said of the rows of settings files.
@Suite struct SettingsStateTests {
  private let base: [ExamplePart] = [
    .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", outlook),
    .flow("Archive", ["sales_A", "sales_B"]),
  ]
  private let conventions = Conventions(
    naming: NamingConvention(pattern: "{publisher}_{purpose}") ?? NamingConvention())

  private var testAndProd: Conventions {
    var conventions = conventions
    conventions.environments = ["test", "prod"].map {
      TargetEnvironment(name: $0, settings: [PathPattern("config/\($0).json")])
    }
    return conventions
  }

  private func reported(
    _ rows: [ExamplePart], conventions: Conventions? = nil
  ) -> [String] {
    let state = State(
      RuleExample.snapshot(of: base + rows), conventions: conventions ?? self.conventions)
    return RuleBook.findings(in: state).map { "\($0.severity): \($0.summary)" }
  }

  private func brought(_ before: [ExamplePart], _ after: [ExamplePart]) -> [String] {
    let comparison = Comparison(
      before: RuleExample.snapshot(of: base + before),
      after: RuleExample.snapshot(of: base + after))
    let states = comparison.states(knowsEveryConsumer: true)
    return RuleBook.findings(introducedBetween: states.before, and: states.after, excluding: [])
      .map { "\($0.severity): \($0.summary)" }
  }

  private func row(
    _ name: String, _ connection: String, in file: String = "prod"
  ) -> ExamplePart {
    .row(name, connection: connection, file: "config/\(file).json")
  }

  @Test func `each file is an environment, and says what it lacks`() {
    #expect(
      reported([row("sales_A", "1a", in: "test"), row("sales_A", "2b"), row("sales_B", "3c")]) == [
        "warning: config/test.json has no row for sales_B"
      ])
    #expect(
      reported([row("sales_A", "2b"), row("sales_B", " ")]) == [
        "warning: config/prod.json has no connection id for sales_B"
      ])
  }

  @Test func `bound nowhere is one finding, in however many files`() {
    #expect(
      reported([row("sales_A", "1a", in: "test"), row("sales_A", "2b"), row("sales_B", "")]) == [
        "warning: 'sales_B' is bound in none of the 2 settings files of its solution"
      ])
  }

  @Test func `the files of an environment count together`() {
    let environment = TargetEnvironment(name: "prod", settings: [PathPattern("config/prod*.json")])
    var conventions = conventions
    conventions.environments = [environment]
    let rows = [row("sales_A", "1a", in: "prod-a"), row("sales_B", "2b", in: "prod-b")]
    #expect(reported(rows, conventions: conventions) == [])
    #expect(reported(rows).count == 2)
    #expect(reported([row("sales_A", "1a", in: "template")], conventions: conventions) == [])
  }

  private let first = "9b1d4c7e2f6a48b3a0c5d7e9f1a2b3c4"
  private let second = "7c2e5d8f3a6b49c4b1d6e8fa02b3c4d5"
  private let third = "5d3f6e9a4b7c4ad5c2e7f9ab13c4d5e6"

  @Test func `one connection under two references of two environments is one fact`() {
    #expect(
      reported([
        row("sales_A", first, in: "test"), row("sales_B", second, in: "test"),
        row("sales_A", second), row("sales_B", third),
      ]) == [
        "warning: 'sales_A' has the connection id in config/prod.json that sales_B has in config/test.json"
      ])
  }

  @Test func `only a reference that has it in several environments is said to have the same`() {
    #expect(
      reported([
        row("sales_A", first, in: "test"), row("sales_B", second, in: "test"),
        row("sales_A", second), row("sales_B", second),
      ]) == [
        "warning: config/prod.json gives one connection to references of 2 connectors",
        "warning: 'sales_B' has the same connection id in config/prod.json, config/test.json",
      ])
    #expect(
      reported([
        row("sales_A", first, in: "test"), row("sales_B", second, in: "test"),
        row("sales_A", third), row("sales_B", "8e4a7f0b5c8d4be6d3f80abc24d5e6f7"),
      ]) == [])
  }

  @Test(arguments: [
    "template.json", "settings.sample.json", "base.deploymentsettings.json", "SettingsExample.json",
  ])
  func `a template is asked for its rows and not for connections`(name: String) {
    func template(_ reference: String, _ connection: String) -> ExamplePart {
      .row(reference, connection: connection, file: "config/\(name)")
    }
    let prod = [row("sales_A", first), row("sales_B", second)]
    #expect(reported(prod + [template("sales_A", ""), template("sales_B", "#{b}#")]) == [])
    #expect(
      reported(prod + [template("sales_A", "")])
        == ["warning: config/\(name) has no row for sales_B"])
    #expect(
      reported(
        [row("sales_A", ""), template("sales_A", "")] + [
          row("sales_B", second), template("sales_B", ""),
        ])
        == ["warning: config/prod.json has no connection id for sales_A"])
  }

  @Test func `a file that binds something, or is called after an environment, is no template`() {
    let prod = [row("sales_A", first), row("sales_B", second)]
    #expect(
      reported(prod + [row("sales_A", third, in: "base"), row("sales_B", "", in: "base")])
        == ["warning: config/base.json has no connection id for sales_B"])
    #expect(
      reported(
        prod + [row("sales_A", "", in: "uat.template"), row("sales_B", "", in: "uat.template")]
      ).count == 2)
  }

  @Test func `a row that is emptied is brought, and one that is filled brings nothing`() {
    let full = [
      row("sales_A", "1a", in: "test"), row("sales_B", "2b", in: "test"), row("sales_A", "3c"),
      row("sales_B", "4d"),
    ]
    let half = Array(full[..<3]) + [row("sales_B", "")]
    let none = [full[0], row("sales_B", "", in: "test"), full[2], row("sales_B", "")]
    #expect(brought(full, half) == ["warning: config/prod.json has no connection id for sales_B"])
    #expect(
      brought(half, none) == [
        "warning: 'sales_B' is bound in none of the 2 settings files of its solution"
      ])
    #expect(brought(none, half) == [])
    #expect(brought(half, full) == [])
  }

  @Test func `a settings file that is moved brings nothing`() {
    let before = [row("sales_A", "1a"), row("sales_B", "")]
    let after = [row("sales_A", "1a", in: "live"), row("sales_B", "", in: "live")]
    #expect(brought(before, after) == [])
  }

  @Test(arguments: [
    ("/providers/Microsoft.PowerApps/apis/shared_x/connections/4f8c0d2e91b74a6c", "a path"),
    ("https://make.powerautomate.com/environments/7/connections?name=4f8c", "an address"),
    ("anna.berg@contoso.example", "an e-mail address"),
    ("sales_B", "the logical name of a reference"), ("sales_A", "the logical name of a reference"),
  ])
  func `what is no connection id is said to be what it is`(id: String, form: String) {
    let words =
      "warning: config/prod.json has \(form) instead of a connection id for sales_B"
    #expect(reported([row("sales_A", "1a"), row("sales_B", id)]).contains(words))
    let token = "/providers/Microsoft.PowerApps/apis/shared_x/connections/#{id}#"
    #expect(reported([row("sales_A", "1a"), row("sales_B", token)]) == [])
  }

  @Test(arguments: ["sales_A", "sales_B"])
  func `a name in place of an id is no placeholder beside`(name: String) {
    var release = conventions
    release.isRelease = true
    let rows = [row("sales_A", "1a"), row("sales_B", name)]
    #expect(
      reported(rows, conventions: release) == [
        "error: config/prod.json has the logical name of a reference instead of a connection id for "
          + "sales_B"
      ])
  }

  @Test func `a row with a connection says its connector`() {
    func reported(lacksConnector: Bool, connection: String?) -> [String] {
      let snapshot = Snapshot(
        instances: RuleExample.snapshot(of: [
          .reference("sales_A", "A", sharePoint), .flow("Archive", ["sales_A"]),
        ]).instances,
        settings: [
          SettingsFile(
            path: "config/prod.json",
            rows: [
              SettingsRow(
                reference: LogicalName("sales_A"), connectionID: connection, connector: nil,
                lacksConnector: lacksConnector, owner: nil, line: 4)
            ])
        ])
      return RuleBook.findings(in: State(snapshot, conventions: conventions)).map(\.summary)
    }
    #expect(
      reported(lacksConnector: true, connection: "1a") == [
        "config/prod.json has no connector for sales_A"
      ])
    #expect(reported(lacksConnector: false, connection: "1a") == [])
    #expect(
      reported(lacksConnector: true, connection: "") == [
        "config/prod.json has no connection id for sales_A"
      ])
  }

  @Test(arguments: [
    "#{connectionreference.sales_B}#", "{{REPLACE_WITH_ID}}", "$(conn2)", "%conn2%", "__id1__",
    "[Dataverse]", "REPLACE_ME", "<id 1>", "00000000-0000-0000-0000-000000000000",
    "11111111-1111-1111-1111-111111111111", "12345678-1234-1234-1234-123456789012",
    "your-connection-1", "My-Connection-ID-1", "XXXX1", "0-0", "-1-{", "ä1",
  ])
  func `a placeholder is for a release to mind`(placeholder: String) {
    let rows = [row("sales_A", "1a"), row("sales_B", placeholder)]
    #expect(reported(rows) == [])
    var release = conventions
    release.isRelease = true
    #expect(
      reported(rows, conventions: release) == [
        "error: config/prod.json has a placeholder for the connection of sales_B: \(placeholder)"
      ])
  }

  @Test(arguments: [
    "4f8c0d2e91b74a6c8e15d3a7b60f9c21", "shared-sharepointonl-1b2c3d4e-0000-1111-2222-333344445555",
    "1b2c3d4e-0000-1111-2222-333344445555", "4F8C0D2E91B74A6C8E15D3A7B60F9C21", " 1b2c3d4e\n",
  ])
  func `a connection's id is no placeholder`(id: String) {
    var release = conventions
    release.isRelease = true
    #expect(reported([row("sales_A", "1a"), row("sales_B", id)], conventions: release) == [])
  }

  @Test func `one connection is for one connector`() {
    #expect(
      reported([row("sales_A", "1a"), row("sales_B", "1A")]) == [
        "warning: config/prod.json gives one connection to references of 2 connectors"
      ])
    let state = State(
      RuleExample.snapshot(of: [
        .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", sharePoint),
        .flow("Archive", ["sales_A", "sales_B"]), row("sales_A", "1a"), row("sales_B", "1a"),
      ]), conventions: conventions)
    #expect(RuleBook.findings(in: state).map(\.severity) == [.note])
  }

  @Test func `a connection of another environment is reported where environments are known`() {
    let rows = [
      row("sales_A", "1a", in: "test"), row("sales_B", "2b", in: "test"), row("sales_A", "1a"),
      row("sales_B", "4d"),
    ]
    let words = "'sales_A' has the same connection id in config/prod.json, config/test.json"
    #expect(reported(rows, conventions: testAndProd) == ["warning: " + words])
    #expect(reported(rows) == ["warning: " + words], "their names say so")
    // Two files of one environment, perhaps.
    let nameless = [
      row("sales_A", "1a", in: "one"), row("sales_B", "2b", in: "one"),
      row("sales_A", "1a", in: "two"), row("sales_B", "4d", in: "two"),
    ]
    #expect(reported(nameless) == [])
  }

  @Test func `two rows are too many in one list, and not in two`() {
    func reported(list: Int) -> [String] {
      let snapshot = Snapshot(
        instances: RuleExample.snapshot(of: base).instances,
        settings: [
          SettingsFile(
            path: "config/prod.json",
            rows: [("sales_A", "1a", 0), ("sales_B", "2b", 0), ("sales_A", "1a", list)].map {
              SettingsRow(
                reference: LogicalName($0.0), connectionID: $0.1, connector: nil, owner: nil,
                line: 4, list: $0.2)
            })
        ])
      return RuleBook.findings(in: State(snapshot, conventions: conventions)).map(\.summary)
    }
    #expect(reported(list: 0) == ["config/prod.json has 2 rows for sales_A"])
    #expect(reported(list: 1) == [])
  }

  @Test func `the custom connector of another environment is noted`() {
    let tail = "shared_sales-5forders-5f0123456789abcdef"
    let parts: [ExamplePart] = [
      .reference("sales_A", "A", tail), .flow("Archive", ["sales_A"]),
      .row("sales_A", connection: "1a", connector: tail, file: "config/test.json"),
      .row("sales_A", connection: "2b", connector: tail),
    ]
    let state = State(RuleExample.snapshot(of: parts), conventions: testAndProd)
    #expect(
      RuleBook.findings(in: state).map(\.summary) == [
        "'sales_A' has the same custom connector id in config/prod.json, config/test.json"
      ])
  }

  @Test(arguments: ["#{account}#@contoso.example", "someone@[tenant].example", "@", "@contoso"])
  func `what only looks like an e-mail address is a placeholder`(id: String) {
    #expect(reported([row("sales_A", "1a"), row("sales_B", id)]) == [])
  }
}

/// Whose settings file it is.
@Suite struct SettingsOwnerTests {
  private func missing(
    _ parts: [ExamplePart], former: [(name: String, solution: String, isUse: Bool)] = [],
    serving solutions: [String]? = nil
  ) -> [String] {
    var names = FormerNames()
    for entry in former {
      let instance = RuleExample.snapshot(of: [
        entry.isUse
          ? .flow("F", [entry.name], solution: entry.solution)
          : .reference(entry.name, "X", sharePoint, solution: entry.solution)
      ])
      names.formUnion(FormerNames(of: [LogicalName(entry.name)], in: instance))
    }
    var conventions = Conventions()
    if let solutions {
      conventions.environments = [
        TargetEnvironment(
          name: "prod", settings: [PathPattern("config/prod.json")],
          solutions: solutions.map { WildcardText($0) })
      ]
    }
    let state = State(RuleExample.snapshot(of: parts), conventions: conventions, former: names)
    return RuleBook.findings(in: state).filter { $0.rule == .settingsIncomplete }
      .map { "\($0.severity): \($0.summary)" }
  }

  private let sales: [ExamplePart] = [
    .reference("sales_Files", "Files", sharePoint), .flow("Archive", ["sales_Files"]),
  ]
  private let base: [ExamplePart] = [
    .reference("base_Files", "Files", sharePoint, solution: "Base"),
    .flow("Copy", ["base_Files"], solution: "Base"),
  ]
  private let lacks = "config/prod.json has no row for sales_Files"

  @Test func `a file whose rows are all out of date is its solution's`() {
    let parts = sales + [.row("sales_Old")]
    #expect(missing(parts) == ["note: " + lacks], "no file says whose it is")
    #expect(missing(parts, former: [("sales_Old", "Sales", false)]) == ["warning: " + lacks])
    #expect(
      missing(parts + base, former: [("sales_Old", "Sales", false)]) == [
        "warning: " + lacks, "note: config/prod.json has no row for base_Files",
      ], "and not the other's")
  }

  @Test func `a solution whose flows used the row of another is asked for its own`() {
    let parts = sales + base + [.row("base_Files")]
    #expect(missing(parts, former: [("base_Files", "Sales", true)]) == ["warning: " + lacks])
    #expect(missing(parts) == ["note: " + lacks])
  }

  @Test func `a solution with a file of its own is not asked for rows in another's`() {
    let parts =
      sales + base + [.row("base_Files"), .row("sales_Files", file: "config/sales.json")]
    #expect(missing(parts, former: [("base_Files", "Sales", true)]) == [])
  }

  @Test func `the configuration gives a file to a solution`() {
    let parts = sales + base + [.row("base_Files")]
    let lacks = "warning: environment 'prod' has no row for sales_Files"
    #expect(missing(parts, serving: ["Sal*"]) == [lacks])
    #expect(
      missing(parts + [.row("sales_Files", connection: "7c2e5d8f")], serving: ["Sal*", "Base"])
        == [])
  }
}
