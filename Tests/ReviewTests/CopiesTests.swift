import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Zips and agents that no folder has: they are solutions, and no copies.
@Suite struct CopiesTests {
  private func zip(
    _ name: String, _ references: [Sales.Reference], _ flows: [Sales.Flow] = [],
    version: String = "1.0.0.0"
  ) -> [String: TestFile] {
    let solution = Sales(references, flows, name: name, version: version)
    let files = solution.files(.plain, in: "").sorted { $0.key < $1.key }
    return ["out/\(name).zip": TestFile(bytes: storedZip(files.map { ($0.key, $0.value.bytes) }))]
  }

  private func app(
    _ references: [Sales.Reference], _ flows: [Sales.Flow], expecting name: String? = nil,
    _ form: Sales.Form = .classic
  ) -> [String: TestFile] {
    var app = Sales(references, flows, name: "App")
    if let name { app.externals = [(name, "Base (1.0.0.0)")] }
    return app.files(form)
  }

  private func audit(_ fixture: TestRepository) throws -> [String] {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: "HEAD").reported.filter { !$0.hasPrefix("note") }
  }

  private func errors(_ fixture: TestRepository, to after: String) throws -> [Finding] {
    let findings = try fixture.check(from: "base", to: after).findings.filter {
      $0.severity > .note
    }
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incidents = try scan.outcome().history.incidents.filter { $0.finding.severity > .note }
    #expect(incidents.map(\.finding.id) == findings.map(\.id))
    #expect(incidents.map(\.outcome) == findings.map(\.outcome))
    return findings
  }

  @Test(arguments: Sales.Form.allCases)
  func `a reference moves from a folder to a zip of another solution`(form: Sales.Form) throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        app([Sales.old, Sales.other], [Sales.approve(Sales.old)], form)
          .merging(zip("Base", [Sales.new])) { $1 })
      Commit(
        "moved",
        app([Sales.old, Sales.other], [Sales.approve(Sales.old)], form)
          .becoming(app([Sales.other], [Sales.approve(Sales.old)], form))
          .merging(zip("Base", [Sales.new, Sales.old], version: "1.0.0.1")) { $1 })
    }
    #expect(try errors(fixture, to: "moved").isEmpty)
    #expect(try audit(fixture).isEmpty)
  }

  @Test func `a zip drops what a manifest expects of it`() throws {
    let app = app([], [Sales.approve(Sales.old)], expecting: Sales.old.name)
    let fixture = try TestRepository {
      Commit("base", app.merging(zip("Base", [Sales.old, Sales.other])) { $1 })
      Commit("dropped", zip("Base", [Sales.other], version: "1.0.0.1"))
    }
    let finding = try #require(try errors(fixture, to: "dropped").first)
    #expect(finding.rule == .referenceRemoved && finding.severity == .error)
    #expect(finding.consumers.map(\.name) == ["Approve order"] && finding.outcome == .open)
  }

  @Test func `a file binds what a zip re-created, beside another solution`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        app([Sales.other], [Sales.archive(Sales.other)]).merging(
          zip("Base", [Sales.old], [Sales.approve(Sales.old)])
        ) { $1 }.merging(["base/prod.json": Sales.settings([Sales.old])]) { $1 })
      Commit("again", zip("Base", [Sales.new], [Sales.approve(Sales.new)], version: "1.0.0.1"))
    }
    #expect(try errors(fixture, to: "again").map(\.rule) == [.referenceRecreated])
    #expect(
      try audit(fixture).contains { $0.hasPrefix("warning settings-incomplete") })
  }

  @Test func `an agent that no solution has is audited beside a solution`() throws {
    let agent: [String: TestFile] = [
      "desk/agent.mcs.yml": "kind: GptComponentMetadata\n",
      "desk/connectionreferences.mcs.yml": """
      connectionReferences:
        - connectionReferenceLogicalName: desk_mail
          connectorId: /providers/Microsoft.PowerApps/apis/shared_office365

      """,
      "desk/topics/Mail.mcs.yml": """
      kind: AdaptiveDialog
      actions:
        - kind: InvokeConnectorAction
          connectionReference: desk_invented
          operationId: Send

      """,
    ]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(agent) { $1 })
    }
    #expect(try audit(fixture) == ["warning link-unresolved: desk_invented -> "])
    // Where the solution declares a reference of the agent too, the agent is a copy of what it has.
    let mail = Sales.Reference("desk_mail", "Mail", "shared_office365")
    let copy = try TestRepository {
      Commit(
        "base",
        Sales([Sales.old, mail], [Sales.approve(Sales.old)]).files().merging(agent) { $1 })
    }
    #expect(try audit(copy).isEmpty)
  }

  @Test func `a code app uses what only a zip that did not change declares`() throws {
    func app(_ name: String) -> [String: TestFile] {
      [
        "app/power.config.json": TestFile(
          """
          {"appDisplayName": "App", "connectionReferences": {
            "2a1b2c3d-1111-2222-3333-444455556666": {
              "id": "/providers/Microsoft.PowerApps/apis/\(Sales.old.connector)",
              "xrmConnectionReferenceLogicalName": "\(name)"}}}
          """)
      ]
    }
    let fixture = try TestRepository {
      Commit("base", zip("Base", [Sales.old]).merging(app(Sales.old.name)) { $1 })
      Commit("invented", app("sales_invented"))
      Commit("right again", app(Sales.old.name))
    }
    #expect(
      try fixture.check(from: "base", to: "invented").findings.filter { $0.severity > .note }
        .map(\.rule) == [.linkLost])
    #expect(
      try fixture.check(from: "invented", to: "right again").findings
        .filter { $0.severity > .note }.isEmpty)
  }
}
