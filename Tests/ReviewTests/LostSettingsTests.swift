import Detection
import Git
import Review
import TestSupport
import Testing

/// Settings files that the configuration names, and a change removes.
@Suite struct LostSettingsTests {
  private let prod = "config/prod.json"

  private func fixture(_ pattern: String = "config/prod.json") throws -> TestRepository {
    try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging([
          prod: Sales.settings([Sales.old]), "config/notes.json": "[]",
          ".connref.yml": "environments:\n  prod:\n    settings: ['\(pattern)']\n",
        ]) { $1 })
    }
  }

  @Test func `a named settings file that is removed makes the result unknown`() throws {
    let fixture = try fixture()
    try fixture.stage([prod: nil])
    #expect(
      try fixture.check().unknown == [
        ".connref.yml: 'config/prod.json' of 'environments.prod.settings' matches no file any more: "
          + "'config/prod.json' was removed\nhint: correct the pattern in the same commit, or keep "
          + "the file"
      ])
  }

  @Test func `two commits that differ in it are as unknown`() throws {
    let fixture = try fixture()
    try fixture.stage([prod: nil])
    try fixture.git("commit", "--quiet", "-m", "removed")
    let outcome = try fixture.check(.commits(before: "main~1", after: "main"))
    #expect(outcome.unknown.count == 1)
  }

  @Test func `a branch that removes it is unknown`() throws {
    let fixture = try fixture()
    try fixture.git("checkout", "--quiet", "-b", "topic")
    try fixture.stage([prod: nil])
    try fixture.git("commit", "--quiet", "-m", "removed")
    guard case .unknown(let reason) = try fixture.verdict(on: "topic").state else {
      Issue.record("the branch is not unknown")
      return
    }
    #expect(reason.contains("matches no file any more"))
  }

  @Test func `a pattern that is corrected in the same commit is fine`() throws {
    let fixture = try fixture()
    try fixture.stage([
      prod: nil, "deploy/prod.json": Sales.settings([Sales.old]),
      ".connref.yml": "environments:\n  prod:\n    settings: [deploy/prod.json]\n",
    ])
    #expect(try fixture.check().unknown == [])
    try fixture.stage([".connref.yml": nil, "deploy/prod.json": nil])
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a file that is moved where the pattern still matches is fine`() throws {
    let fixture = try fixture("config/**")
    try fixture.stage([prod: nil, "config/live/prod.json": Sales.settings([Sales.old])])
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a file that no environment names may go`() throws {
    let fixture = try fixture()
    try fixture.stage(["config/notes.json": nil])
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a pattern that matched nothing before is another matter`() throws {
    let fixture = try fixture("config/live.json")
    try fixture.stage([prod: nil])
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a file that goes with the last solution is needed by none`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.base.files().removed)
    try fixture.stage([prod: nil])
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a named file whose rows are all unknown is the only solution's`() throws {
    let foreign = Sales.Reference("other_teams", "Teams")
    for isNamed in [true, false] {
      let fixture = try TestRepository {
        Commit(
          "base",
          Sales.base.files().merging([
            prod: Sales.settings([foreign]),
            ".connref.yml": isNamed
              ? "environments:\n  prod:\n    settings: [\(prod)]\n" : "main: main\n",
          ]) { $1 })
      }
      let unbound = try audit(fixture).reported.filter { $0.contains("settings-incomplete") }
      #expect(unbound.contains { $0.hasPrefix("warning ") } == isNamed, "\(unbound)")
    }
  }

  private static let emptied: [String] = [
    "{ \"EnvironmentVariables\": [], \"ConnectionReferences\": [] }\n", "{}\n",
    "{ \"EnvironmentVariables\": [], \"ConnectionRefs\": [] }\n",
  ]

  private func audit(_ fixture: TestRepository) throws -> CheckOutcome {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: nil)
  }

  private func bound(_ names: [String]) throws -> TestRepository {
    try TestRepository {
      Commit(
        "base",
        names.reduce(into: Sales.base.files()) {
          $0[$1] = Sales.settings([Sales.old, Sales.other])
        })
    }
  }

  @Test(arguments: emptied)
  func `a file that lost all rows still belongs to the solution that it bound`(
    text: String
  ) throws {
    for names in [[prod], [prod, "config/test.json"]] {
      let fixture = try bound(names)
      try fixture.stage([prod: TestFile(text)])
      let reported = try fixture.check().reported
      #expect(reported.contains { $0.hasPrefix("warning settings-incomplete") }, "\(names)")
      try fixture.git("commit", "--quiet", "-m", "emptied")
      // Without any row, its shape no longer shows what it is.
      guard text == Self.emptied[0] else { continue }
      #expect(try audit(fixture).reported.contains { $0.contains("settings-incomplete") })
    }
  }

  @Test func `a file that the team names and that has no list of rows is one without rows`() throws
  {
    let fixture = try fixture()
    try fixture.stage([prod: "{ \"EnvironmentVariables\": [] }\n"])
    #expect(
      try fixture.check().reported.contains { $0.hasPrefix("warning settings-incomplete") })
    try fixture.git("commit", "--quiet", "-m", "emptied")
    #expect(try audit(fixture).reported.contains { $0.contains("settings-incomplete") })
  }

  @Test func `rows of one solution that leave a shared file are missing, unless they moved`() throws
  {
    let row = Sales.Reference("other_teams", "Teams")
    let second = Sales([row], [Sales.remind(row)], name: "Second")
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging(second.files()) { $1 }.merging([
          prod: Sales.settings([Sales.old, Sales.other, row]),
          "config/test.json": Sales.settings([Sales.old, Sales.other, row]),
        ]) { $1 })
    }
    try fixture.stage([prod: Sales.settings([Sales.old, Sales.other])])
    #expect(
      try fixture.check().reported.filter { $0.contains("settings-incomplete") }.count == 1)
    try fixture.stage(["config/second-prod.json": Sales.settings([row])])
    #expect(try fixture.check().reported == [])
  }
}
