import Detection
import Review
import Solution
import TestSupport
import Testing

@Suite struct SettingsSyncTests {
  @Test func `each file gets what its solution declares and it does not bind`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging([
          "config/prod.json": settings(row(Sales.old, "#{connectionreference.\(Sales.old.name)}#")),
          "config/test.json": settings(row(Sales.mail), row(Sales.old)),
          "package.json": "{}",
        ]) { $1 })
    }
    let plan = try fixture.sync()
    #expect(plan.reported == ["config/prod.json +\(Sales.mail.name)", "config/test.json"])
    try fixture.write(plan)
    let token = { (name: String) in "#{connectionreference.\(name)}#" }
    #expect(
      try fixture.contents(of: "config/prod.json")
        == settings(
          row(Sales.old, token(Sales.old.name)), row(Sales.mail, token(Sales.mail.name))
        ).bytes)
    #expect(try fixture.git("status", "--short") == " M config/prod.json")
    #expect(try !fixture.sync().isChanged)
  }

  @Test func `a reference from elsewhere has its row elsewhere`() throws {
    var sales = Sales(
      [Sales.old, .stub(Sales.mail.name)], [Sales.approve(Sales.old), Sales.remind(Sales.sql)])
    sales.externals = [(Sales.sql.name, "Base (1.0.0.0)")]
    let fixture = try TestRepository {
      Commit("base", sales.files().merging(["prod.json": settings(row(Sales.old))]) { $1 })
    }
    #expect(try fixture.sync().reported == ["prod.json"])
    try fixture.write(
      settings(row(Sales.old), row(Sales.mail), row(Sales.sql), row(Sales.other)), to: "prod.json")
    #expect(
      try fixture.sync { $0.removesStale = true }.reported == ["prod.json -\(Sales.other.name)"])
  }

  @Test func `a file is for the solutions whose references it binds, or those that lie nearest`()
    throws
  {
    let sales = Sales([Sales.old, Sales.other], [])
    let orders = SolutionFixture([Sales.mail, Sales.sql], [], name: "Orders")
    let files = sales.files(in: "Sales/src").merging(orders.files(in: "Orders/src")) { $1 }
    let empty = TestFile("{\"EnvironmentVariables\": [], \"ConnectionReferences\": []}")
    let fixture = try TestRepository {
      Commit(
        "base",
        files.merging([
          "Sales/config/prod.json": empty,
          "all/prod.json": empty,
          "all/Orders-test.json": empty,
          "all/one.json": settings(row(Sales.mail)),
          "all/foreign.json": settings(row("abc_x", "1", "shared_sql")),
          "all/by-solution.json": TestFile(
            "{\"Orders\": {\"EnvironmentVariables\": [], \"ConnectionReferences\": []}}"),
        ]) { $1 })
    }
    let (a, b) = (Sales.mail.name, Sales.sql.name)
    let (c, d) = (Sales.old.name, Sales.other.name)
    let plan = try fixture.sync()
    #expect(
      plan.reported == [
        "Sales/config/prod.json +\(c) +\(d)", "all/Orders-test.json +\(a) +\(b)",
        "all/by-solution.json +\(a) +\(b)", "all/foreign.json ?abc_x", "all/one.json +\(b)",
        "all/prod.json +\(a) +\(c) +\(b) +\(d)",
      ])
    #expect(plan.leftOut.isEmpty)
    let chosen = try fixture.sync {
      $0.file = "all/one.json"
      $0.solutions = ["sales"]
    }
    #expect(chosen.reported == ["all/one.json +\(c) +\(d)"])
    #expect(try fixture.sync { $0.file = "all/one.json" }.leftOut == ["Sales"])
    #expect(throws: SettingsRefusal.self) { try fixture.sync { $0.solutions = ["Nope"] } }
  }

  @Test func `a reference of only one copy of a solution is reported, not added`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.two.files(in: "new").merging(Sales([Sales.old], []).files(in: "old")) { $1 }
          .merging(["prod.json": settings(row(Sales.old))]) { $1 })
    }
    let plan = try fixture.sync()
    #expect(plan.reported == ["prod.json"])
    #expect(plan.sheets.flatMap(\.lists).flatMap(\.uncertain) == [LogicalName(Sales.mail.name)])
  }

  @Test func `rows of another repository are never taken out`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging(["prod.json": settings(row("abc_x", "1", "shared_sql"))]) { $1 })
    }
    let plan = try fixture.sync { $0.removesStale = true }
    #expect(plan.reported == ["prod.json ?abc_x"])
    #expect(plan.sheets.flatMap(\.lists).map(\.isForeign) == [true])
  }

  @Test func `nothing is stale while a file cannot be read`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging([
          "prod.json": settings(row(Sales.old), row(Sales.mail), row(Sales.other)),
          "Second/Other/Customizations.xml": "not xml",
        ]) { $1 })
    }
    let plan = try fixture.sync { $0.removesStale = true }
    #expect(plan.reported == ["prod.json"])
    #expect(plan.problems.map(\.path) == ["Second/Other/Customizations.xml"])
  }

  @Test func `a custom connector has the id that the file has for it`() throws {
    let base = "shared_new-5fmine-5f"
    let first = Sales.Reference("new_first", "First", base + "0123456789abcdef")
    let second = Sales.Reference("new_second", "Second", base + "0123456789abcdef")
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales([first, second], []).files().merging([
          "prod.json": settings(row(first.name, "1", base + "fedcba9876543210")),
          "test.json": settings(row(first.name, "2", "shared_other")),
        ]) { $1 })
    }
    let plan = try fixture.sync()
    let added = plan.sheets.flatMap(\.lists).flatMap(\.added)
    #expect(added.map(\.connector) == [base + "fedcba9876543210", base + "0123456789abcdef"])
    #expect(added.map(\.hasForeignConnector) == [false, true])
  }

  @Test func `the one stale row of the connector is named beside the new one`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales([Sales.new, Sales.mail], []).files().merging([
          "prod.json": settings(row(Sales.old), row(Sales.mail))
        ]) { $1 })
    }
    let plan = try fixture.sync()
    #expect(plan.reported == ["prod.json +\(Sales.new.name) ?\(Sales.old.name)"])
    #expect(
      plan.sheets.flatMap(\.lists).flatMap(\.added).map(\.likeness) == [
        LogicalName(Sales.old.name)
      ])
    #expect(
      plan.text(of: "prod.json")?.contains("\"\(Sales.new.name)\", \"ConnectionId\": \"\"") == true)
  }
}

/// Which file is an environment's.
@Suite struct SettingsTargetsTests {
  private func repository(_ files: [String: TestFile]) throws -> TestRepository {
    try TestRepository { Commit("base", Sales.two.files().merging(files) { $1 }) }
  }

  private func environments(_ yaml: String) throws -> Configuration {
    try Configuration(file: Array("environments:\n\(yaml)".utf8))
  }

  @Test(arguments: [
    ("prod", ["a/prod.json"]), ("PROD", ["a/prod.json"]), ("test", ["a/SettingsTest.json"]),
    ("uat", ["uat/s.json"]), ("Dev two", ["a/sales-Dev two.json"]), ("three", ["a/lists.json"]),
  ])
  func `without configuration a word of its name or its folder's is its environment`(
    name: String, paths: [String]
  ) throws {
    let file = settings(row(Sales.old), row(Sales.mail))
    let list = "[{ \"LogicalName\": \"\(Sales.old.name)\", \"ConnectionId\": \"\" }]"
    let fixture = try repository([
      "a/prod.json": file, "a/preprod.json": file, "a/SettingsTest.json": file,
      "a/contest.json": file, "uat/s.json": file, "a/sales-Dev two.json": file,
      "a/lists.json": TestFile(
        "{\"three\": {\"ConnectionReferences\": \(list)}, \"four\": {\"ConnectionReferences\": \(list)}}"
      ),
    ])
    let plan = try fixture.sync { $0.environment = name }
    #expect(plan.sheets.map(\.target.path) == paths)
    // The list of another environment stays as it is.
    #expect(plan.sheets.flatMap(\.lists).count == 1)
  }

  @Test func `an environment that no file is for is refused with those that there are`() throws {
    let fixture = try repository(["a/prod.json": settings(row(Sales.old))])
    let refusal = try #require(throws: SettingsRefusal.self) {
      try fixture.sync { $0.environment = "nope" }
    }
    #expect(refusal.message.contains("'nope'"))
    #expect(refusal.message.contains("'a/prod.json'"))
  }

  @Test func `the configuration says which files are an environment's`() throws {
    let configuration = try environments(
      "  prod: {settings: [\"a/*.json\"]}\n  test: {settings: [b/test.json]}\n")
    let fixture = try repository([
      "a/x.json": settings(row(Sales.old)), "b/test.json": settings(row(Sales.mail)),
      "c/prod.json": settings(row(Sales.old)),
    ])
    let (old, mail) = (Sales.old.name, Sales.mail.name)
    #expect(
      try fixture.sync(configuration).reported == ["a/x.json +\(mail)", "b/test.json +\(old)"])
    #expect(
      try fixture.sync(configuration) { $0.environment = "Test" }.reported == [
        "b/test.json +\(old)"
      ])
    #expect(throws: SettingsRefusal.self) {
      try fixture.sync(configuration) { $0.environment = "uat" }
    }
  }

  @Test func `an environment for other solutions is not offered the rows of one`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging(Sales([Sales.other], [], name: "Base").files()) { $1 }
          .merging(["prod.json": settings(row(Sales.old))]) { $1 })
    }
    #expect(try fixture.sync().leftOut == ["Base"])
    let configuration = try environments("  prod: {settings: [prod.json], solutions: [Sales]}\n")
    #expect(try fixture.sync(configuration).leftOut == [])
  }

  @Test func `two files of one environment for one solution are not guessed between`() throws {
    let configuration = try environments("  prod: {settings: [\"a/*.json\"]}\n")
    let fixture = try repository([
      "a/x.json": settings(row(Sales.old)), "a/y.json": settings(row(Sales.old)),
    ])
    let plan = try fixture.sync(configuration)
    #expect(plan.refusals.map(\.message).first?.contains("'a/x.json' and 'a/y.json'") == true)
    let chosen = try fixture.sync(configuration) { $0.file = "a/y.json" }
    #expect(chosen.reported == ["a/y.json +\(Sales.mail.name)"])
  }

  @Test func `a row in either file of an environment counts`() throws {
    let configuration = try environments("  prod: {settings: [\"a/*.json\"]}\n")
    let fixture = try repository([
      "a/x.json": settings(row(Sales.old)), "a/y.json": settings(row(Sales.mail)),
    ])
    let plan = try fixture.sync(configuration)
    #expect(plan.reported == ["a/x.json", "a/y.json"])
    #expect(plan.refusals.isEmpty)
  }

  @Test func `a configured file that has no list yet gets one`() throws {
    let configuration = try environments("  prod: {settings: [prod.json]}\n")
    let fixture = try repository(["prod.json": "{\"EnvironmentVariables\": []}"])
    let plan = try fixture.sync(configuration)
    #expect(plan.reported == ["prod.json +\(Sales.mail.name) +\(Sales.old.name)"])
    #expect(plan.text(of: "prod.json")?.hasPrefix("{\"EnvironmentVariables\": [], \"Conn") == true)
  }
}
