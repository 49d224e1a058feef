import Detection
import Git
import Review
import TestSupport
import Testing

/// State findings that a change introduces, with any state before.
@Suite struct CheckStateTests {
  private let prod = "config/prod.json"
  private let solution = Sales(
    [Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.archive(Sales.other)])

  private func fixture(_ settings: TestFile) throws -> TestRepository {
    try TestRepository {
      Commit("base", solution.files().merging([prod: settings]) { $1 })
    }
  }

  private func owned(by owner: String) -> TestFile {
    TestFile(
      """
      {"EnvironmentVariables": [], "ConnectionReferences": [
        {"LogicalName": "\(Sales.old.name)", "ConnectionId": "1a2b", "ConnectionOwner": "\(owner)"},
        {"LogicalName": "\(Sales.other.name)", "ConnectionId": "3c4d"}
      ]}
      """)
  }

  @Test func `a reference whose last consumer goes is unused from then on`() throws {
    let left = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)])
    let stays = Sales([Sales.new], [Sales.remind(Sales.other)], name: "Stays").files()
    let unused = ["note reference-unused:  -> \(Sales.other.name)"]
    for (others, reported) in [([:], unused), (stays, [])] {
      let fixture = try TestRepository {
        Commit("base", solution.files().merging(others) { $1 })
      }
      try fixture.stage(solution.files().becoming(left.files()))
      #expect(try fixture.check().reported == reported)
      try fixture.git("commit", "-qm", "gone")
      try fixture.stage(left.files().merging(["README.md": "more"]) { $1 })
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `a reference of a solution that did not change loses its last consumer`() throws {
    let base = Sales([Sales.old], [], name: "Base").files()
    func app(_ flows: [Sales.Flow]) -> [String: TestFile] {
      Sales([Sales.other], [Sales.archive(Sales.other)] + flows, name: "App").files()
    }
    let before = app([Sales.approve(Sales.old)])
    let fixture = try TestRepository { Commit("base", base.merging(before) { $1 }) }
    try fixture.stage(before.becoming(app([])))
    #expect(try fixture.check().reported == ["note reference-unused:  -> \(Sales.old.name)"])
  }

  /// A base on two references, of which the settings files bind `old` alone and flows use `used`.
  private func halfBound(_ used: [Sales.Flow]) -> [String: TestFile] {
    Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)] + used).files()
      .merging([prod: Sales.settings([Sales.old])]) { $1 }
  }

  @Test func `a flow that is the first to use an unbound reference is reported`() throws {
    let fixture = try TestRepository {
      Commit("base", halfBound([Sales.archive(Sales.old)]))
      Commit("moved", halfBound([Sales.archive(Sales.other)]))
      Commit("added", halfBound([Sales.archive(Sales.other), Sales.remind(Sales.other)]))
    }
    let unbound = "warning settings-incomplete:  -> \(Sales.other.name)"
    #expect(try fixture.check(from: "base", to: "moved").reported == [unbound])
    // It was in use already.
    #expect(try fixture.check(from: "moved", to: "added").reported == [])
    // A new flow as well.
    #expect(try fixture.check(from: "base", to: "added").reported == [unbound])
  }

  @Test func `the first flow on a bound reference brings nothing`() throws {
    let bound = [prod: Sales.settings([Sales.old, Sales.other])]
    let fixture = try TestRepository {
      Commit("base", halfBound([]).merging(bound) { $1 })
      Commit("added", halfBound([Sales.archive(Sales.other)]).merging(bound) { $1 })
    }
    #expect(try fixture.check(from: "base", to: "added").reported == [])
  }

  @Test func `a change of a settings file alone is judged`() throws {
    let fixture = try fixture(Sales.settings([Sales.old, Sales.other]))
    try fixture.stage(Sales.settings([Sales.other]), at: prod)
    let outcome = try fixture.check()
    #expect(outcome.isChanged)
    #expect(outcome.reported == ["warning settings-incomplete:  -> \(Sales.old.name)"])
    #expect(outcome.findings.first?.rows.map(\.state) == [.missing])
  }

  @Test func `a settings file that is no JSON any more makes the result unknown`() throws {
    let fixture = try fixture(Sales.settings([Sales.old, Sales.other]))
    try fixture.stage(TestFile("{\"ConnectionReferences\": [{\"LogicalName\": "), at: prod)
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `a settings file that was no JSON before is a warning at most`() throws {
    let fixture = try fixture(TestFile("{\"ConnectionReferences\": [{\"LogicalName\": "))
    try fixture.stage(Sales.settings([Sales.old, Sales.other]), at: "config/test.json")
    let outcome = try fixture.check()
    #expect(outcome.unknown == [])
    #expect(outcome.warnings.count == 1)
  }

  @Test func `JSON that binds nothing is no change of a solution`() throws {
    let fixture = try fixture(Sales.settings([Sales.old, Sales.other]))
    try fixture.stage(TestFile("{\"a\": 1}"), at: "config/tool.json")
    #expect(try !fixture.check().isChanged)
  }

  @Test func `an owner who is a person now is reported with what was before`() throws {
    let fixture = try fixture(owned(by: "5a2f6a3e-0b5e-4c5f-9c0e-3d1f5a7b9c11"))
    try fixture.stage(owned(by: "anna.berg@contoso.com"), at: prod)
    #expect(
      try fixture.check().reported == [
        "warning owner-personal:  -> \(Sales.old.name)",
        "note owner-changed:  -> \(Sales.old.name)",
      ])
  }

  @Test func `a release is judged more strictly`() throws {
    let fixture = try fixture(Sales.settings([Sales.old, Sales.other]))
    try fixture.stage(Sales.settings([Sales.other]), at: prod)
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let options = Check.Options(isRelease: true, today: .distantFuture)
    let outcome = try Check(repository, options: options).outcome(of: .staged)
    #expect(outcome.reported == ["error settings-incomplete:  -> \(Sales.old.name)"])
  }

  @Test func `what is wrong in a flow that did not change is not reported`() throws {
    let broken = Sales.archive(Sales.Reference("sales_Gone", ""))
    let before = Sales([Sales.old], [Sales.approve(Sales.old), broken])
    let after = Sales(
      [Sales.old], [Sales.approve(Sales.old), broken, Sales.remind(Sales.old)], version: "1.0.0.1")
    let fixture = try TestRepository { Commit("base", before.files()) }
    try fixture.stage(after.files())
    #expect(try fixture.check().reported == [])
  }

  @Test func `a merge reports what the merged branch brings`() throws {
    let fixture = try TestRepository {
      Commit("base", solution.files())
      Commit(
        "side", on: "side", from: "main", [prod: Sales.settings([Sales.old])])
      Commit("main", ["docs/b.md": "1"])
    }
    let brought = try fixture.check(from: "base", to: "side").reported
    #expect(!brought.isEmpty)
    try fixture.git("merge", "--quiet", "--no-commit", "side")
    #expect(try fixture.check().reported == brought)
  }

  @Test func `sharing is judged in a flow that did not change too`() throws {
    let before = Sales(
      [Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.remind(Sales.other)])
    let after = Sales(
      [Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    let fixture = try TestRepository { Commit("base", before.files()) }
    try fixture.stage(after.files())
    try fixture.stage("identities: {most-flows: 1}\n", at: ".connref.yml")
    let outcome = try fixture.check()
    #expect(
      outcome.reported.contains("warning reference-overshared:  -> \(Sales.old.name)"))
    #expect(outcome.findings.first?.consumers.count == 2)
  }
}
