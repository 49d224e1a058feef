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

  private func told(
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
    return RuleBook.findings(broughtBetween: states.before, and: states.after, besides: [])
      .map { "\($0.severity): \($0.summary)" }
  }

  private func row(
    _ name: String, _ connection: String, in file: String = "prod"
  ) -> ExamplePart {
    .row(name, connection: connection, file: "config/\(file).json")
  }

  @Test func `each file is an environment, and tells what it lacks`() {
    #expect(
      told([row("sales_A", "1a", in: "test"), row("sales_A", "2b"), row("sales_B", "3c")]) == [
        "warning: config/test.json has no row for sales_B"
      ])
    #expect(
      told([row("sales_A", "2b"), row("sales_B", " ")]) == [
        "warning: config/prod.json has no connection id for sales_B"
      ])
  }

  @Test func `bound nowhere is one finding, whatever each file lacks`() {
    #expect(
      told([row("sales_A", "1a", in: "test"), row("sales_A", "2b"), row("sales_B", "")]) == [
        "warning: 'sales_B' is bound in none of the 2 settings files of its solution"
      ])
  }

  @Test func `the files of an environment count together`() {
    let environment = TargetEnvironment(name: "prod", settings: [PathPattern("config/prod*.json")])
    var conventions = conventions
    conventions.environments = [environment]
    let rows = [row("sales_A", "1a", in: "prod-a"), row("sales_B", "2b", in: "prod-b")]
    #expect(told(rows, conventions: conventions) == [])
    #expect(told(rows).count == 2)
    #expect(told([row("sales_A", "1a", in: "template")], conventions: conventions) == [])
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
    "#{connectionreference.sales_B}#", "{{REPLACE_WITH_ID}}", "$(conn2)", "%conn2%", "__id1__",
    "[Dataverse]", "REPLACE_ME", "<id 1>", "00000000-0000-0000-0000-000000000000",
  ])
  func `a placeholder is for a release to mind`(placeholder: String) {
    let rows = [row("sales_A", "1a"), row("sales_B", placeholder)]
    #expect(told(rows) == [])
    var release = conventions
    release.isRelease = true
    #expect(
      told(rows, conventions: release) == [
        "error: config/prod.json has a placeholder for the connection of sales_B: \(placeholder)"
      ])
  }

  @Test(arguments: [
    "4f8c0d2e91b74a6c8e15d3a7b60f9c21", "shared-sharepointonl-1b2c3d4e-0000-1111-2222-333344445555",
    "1b2c3d4e-0000-1111-2222-333344445555",
  ])
  func `a connection's id is no placeholder`(id: String) {
    var release = conventions
    release.isRelease = true
    #expect(told([row("sales_A", "1a"), row("sales_B", id)], conventions: release) == [])
  }

  @Test func `one connection is for one connector`() {
    #expect(
      told([row("sales_A", "1a"), row("sales_B", "1A")]) == [
        "warning: config/prod.json gives one connection to references of 2 connectors"
      ])
    let state = State(
      RuleExample.snapshot(of: [
        .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", sharePoint),
        .flow("Archive", ["sales_A", "sales_B"]), row("sales_A", "1a"), row("sales_B", "1a"),
      ]), conventions: conventions)
    #expect(RuleBook.findings(in: state).map(\.severity) == [.note])
  }

  @Test func `a connection of another environment is told where environments are known`() {
    let rows = [
      row("sales_A", "1a", in: "test"), row("sales_B", "2b", in: "test"), row("sales_A", "1a"),
      row("sales_B", "4d"),
    ]
    let words = "'sales_A' has the same connection id in config/prod.json, config/test.json"
    #expect(told(rows) == [])
    #expect(told(rows, conventions: testAndProd) == ["warning: " + words])
  }

  @Test func `two rows are too many in one list, and not in two`() {
    func told(list: Int) -> [String] {
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
    #expect(told(list: 0) == ["config/prod.json has 2 rows for sales_A"])
    #expect(told(list: 1) == [])
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
}
