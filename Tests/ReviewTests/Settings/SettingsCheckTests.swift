import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

@Suite struct SettingsCheckTests {
  private func check(
    _ fixture: TestRepository, environment: String? = nil, file: String? = nil,
    isRelease: Bool = false
  ) throws -> CheckOutcome {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let options = Check.Options(isRelease: isRelease, today: try #require(Day("2026-06-01")))
    return try SettingsCheck(repository, options: options)
      .outcome(ofEnvironment: environment, file: file).0
  }

  /// Prod lacks a row, test has a person as owner and two rows for one reference.
  private func repository() throws -> TestRepository {
    let owned = row(Sales.mail, "1a2b3c").replacing(
      " }", with: ", \"ConnectionOwner\": \"ann@example.com\" }")
    return try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging([
          "config/prod.json": settings(row(Sales.old, "#{connection}#")),
          "config/test.json": settings(row(Sales.old, "4d5e6f"), row(Sales.old, "7f8a9b"), owned),
        ]) { $1 })
    }
  }

  @Test func `the audit's findings in an environment's files are reported, and no others`() throws {
    let fixture = try repository()
    let all = try check(fixture)
    #expect(Set(all.findings.map(\.rule)) == [.settingsIncomplete, .ownerPersonal])
    let prod = try check(fixture, environment: "prod")
    #expect(prod.reported == ["warning settings-incomplete:  -> \(Sales.mail.name)"])
    let test = try check(fixture, file: "config/test.json")
    #expect(
      test.reported == [
        "warning settings-incomplete:  -> \(Sales.old.name)",
        "warning owner-personal:  -> \(Sales.mail.name)",
      ])
    let ids = Set(all.findings.map(\.id))
    #expect(ids.isSuperset(of: (prod.findings + test.findings).map(\.id)))
  }

  /// The flows of Sales moved to a reference of a solution without a settings file, and their row did not.
  @Test func `a file whose every row is out of date lacks what the flows use now`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["prod.json": settings(row(Sales.old))]) { $1 })
      Commit(
        "joined",
        Sales([], [Sales.approve(Sales.other)]).files()
          .merging(Sales([Sales.other], [], name: "Base").files()) { $1 })
    }
    #expect(
      try check(fixture, isRelease: true).reported == [
        "error settings-incomplete:  -> \(Sales.other.name)",
        "note settings-unused:  -> \(Sales.old.name)",
      ])
    #expect(try fixture.sync().reported == ["prod.json +\(Sales.other.name) ?\(Sales.old.name)"])
  }

  @Test func `a file that another environment lacks does not hold this one up`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging([
          ".connref.yml": TestFile(
            """
            environments:
              dev: {settings: config/dev.json}
              prod: {settings: config/prod.json}

            """),
          "config/prod.json": settings(row(Sales.old, "1a2b3c"), row(Sales.mail, "4d5e6f")),
        ]) { $1 })
    }
    let prod = try check(fixture, environment: "prod")
    #expect(prod.findings.isEmpty)
    #expect(prod.problems.map(\.problem.line) == [2])
    #expect(prod.problems.allSatisfy { !$0.matters })
    #expect(throws: SettingsRefusal.self) { try check(fixture, environment: "dev") }
  }

  @Test func `before a release a missing row is an error, and so is a placeholder`() throws {
    let outcome = try check(try repository(), environment: "prod", isRelease: true)
    #expect(
      outcome.reported == [
        "error settings-incomplete:  -> \(Sales.mail.name)",
        "error settings-incomplete:  -> \(Sales.old.name)",
      ])
  }

  @Test func `a merge of one side's solution and the other's settings lacks a row`() throws {
    let (one, other) = (Sales.new, Sales.Reference("new_sharedsharepointonline_33333", "Sites"))
    func sales(_ reference: Sales.Reference) -> [String: TestFile] {
      Sales([reference], [Sales.approve(reference)]).files()
    }
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old))
      Commit("one", on: "one", from: "main", sales(one))
      Commit(
        "other", on: "main",
        sales(other).merging(["config/prod.json": settings(row(other, "1a2b3c"))]) { $1 })
      Commit("merge", merging: "one", sales(one))
    }
    #expect(
      try check(fixture, isRelease: true).reported.contains(
        "error settings-incomplete:  -> \(one.name)"))
  }

  @Test func `after a sync no row is missing`() throws {
    let fixture = try repository()
    try fixture.write(try fixture.sync { $0.environment = "prod" })
    let outcome = try check(fixture, environment: "prod")
    #expect(outcome.findings.flatMap(\.rows).map(\.state) == [.empty])
  }

  @Test func `a file that cannot be read is not taken for one that is fine`() throws {
    let fixture = try repository()
    try fixture.write(
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},]}", to: "config/uat.json")
    #expect(try check(fixture, environment: "prod").unknown == [])
    let outcome = try check(fixture, environment: "uat")
    #expect(outcome.unknown == ["config/uat.json: is not valid JSON: expected a value"])
    #expect(throws: SettingsRefusal.self) { try check(fixture, file: "config/none.json") }
    #expect(throws: SettingsRefusal.self) { try check(fixture, environment: "nope") }
    try fixture.write("{}", to: "config/empty.json")
    #expect(throws: SettingsRefusal.self) { try check(fixture, file: "config/empty.json") }
  }

  @Test func `a file of one solution is not asked for what only shares a reference with it`() throws
  {
    let shared = Sales.Reference("new_shared", "Shared", "shared_teams")
    let orders = SolutionFixture(
      [shared, Sales.sql],
      [SolutionFixture.Flow("Ship", id: Sales.archiveID, shared, Sales.sql)], name: "Orders")
    let sales = Sales([shared, Sales.old], [Sales.approve(Sales.old), Sales.remind(shared)])
    let fixture = try TestRepository {
      Commit(
        "base",
        sales.files().merging(orders.files()) { $1 }
          .merging(["config/prod.json": settings(row(shared, "1a"), row(Sales.old, "2b"))]) { $1 })
    }
    #expect(try check(fixture).reported == [])
    #expect(try fixture.sync().reported == ["config/prod.json"])
    // Nothing shows whose file it is: both need it.
    try fixture.write(settings(row(shared, "1a")), to: "config/prod.json")
    #expect(try check(fixture).findings.count == 2)
    #expect(
      try fixture.sync().reported == ["config/prod.json +\(Sales.old.name) +\(Sales.sql.name)"])
  }
}
