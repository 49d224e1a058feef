import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// What a branch breaks only once it is merged into a main branch that moved on.
@Suite struct MergePreviewTests {
  /// A main branch that makes `main` of `Sales.base`, and a topic branch that makes `topic` of it.
  private func fixture(
    main: [String: TestFile], topic: [String: TestFile],
    base: [String: TestFile] = Sales.base.files()
  ) throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", base) }
    try fixture.git("checkout", "--quiet", "-b", "topic")
    try fixture.stage(base.becoming(topic))
    try fixture.git("commit", "--quiet", "--allow-empty", "-m", "topic")
    try fixture.git("checkout", "--quiet", "main")
    try fixture.stage(base.becoming(main))
    try fixture.git("commit", "--quiet", "--allow-empty", "-m", "main")
    return fixture
  }

  /// What is reported of the topic branch, by a check and by a review of the branches, which agree.
  private func reported(_ fixture: TestRepository) throws -> [String] {
    let outcome = try fixture.check(.branch(base: "main", tip: "topic"))
    let verdict = try fixture.verdict(on: "topic")
    #expect(
      verdict.findings.map(\.finding.id)
        == outcome.findings.filter { $0.severity > .note }.map(\.id))
    return outcome.reported.filter { !$0.hasPrefix("note") }
  }

  private let withRemind = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])

  @Test(arguments: Sales.Form.allCases)
  func `a new flow uses a reference that the main branch re-created`(form: Sales.Form) throws {
    let fixture = try fixture(
      main: Sales.recreated.files(form), topic: withRemind.files(form),
      base: Sales.base.files(form))
    #expect(try reported(fixture) == ["error link-lost: \(Sales.old.name) -> "])
    let finding = try #require(
      try fixture.check(.branch(base: "main", tip: "topic")).findings.first {
        $0.rule == .linkLost
      })
    #expect(finding.onceMerged == "main")
    #expect(finding.consumers.map(\.state) == [.broken])
    #expect(try #require(finding.place?.path).contains("Remindbuyer"))
  }

  @Test func `both sides change the version, which is a conflict`() throws {
    var topic = withRemind
    topic.version = "1.0.0.7"
    let fixture = try fixture(main: Sales.recreated.files(), topic: topic.files())
    #expect(try reported(fixture) == ["error link-lost: \(Sales.old.name) -> "])
  }

  @Test func `both sides add a reference at one place, which is a conflict and breaks nothing`()
    throws
  {
    let first = Sales.Reference("sales_First", "First", "shared_teams")
    let second = Sales.Reference("sales_Second", "Second", "shared_office365")
    let fixture = try fixture(
      main: Sales([Sales.old, first], [Sales.approve(Sales.old), Sales.archive(first)]).files(),
      topic: Sales([Sales.old, second], [Sales.approve(Sales.old), Sales.remind(second)]).files())
    #expect(try reported(fixture) == [])
  }

  @Test func `a reference without uses is removed on a branch, and used on the main one`() throws {
    let base = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)])
    let fixture = try fixture(
      main: Sales(
        [Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.archive(Sales.other)]
      )
      .files(),
      topic: Sales([Sales.old], [Sales.approve(Sales.old)]).files(), base: base.files())
    #expect(try reported(fixture) == ["error reference-removed: \(Sales.other.name) -> "])
  }

  @Test func `the main branch moves on with another reference`() throws {
    let fixture = try fixture(
      main: Sales(
        [Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.archive(Sales.other)]
      )
      .files(),
      topic: withRemind.files())
    #expect(try reported(fixture) == [])
  }

  @Test func `a re-creation of the branch itself is reported once`() throws {
    let fixture = try fixture(main: withRemind.files(), topic: Sales.recreated.files())
    #expect(try reported(fixture) == [recreatedError])
  }

  @Test func `its id is found on every branch, and repaired after the merge`() throws {
    let fixture = try fixture(main: Sales.recreated.files(), topic: withRemind.files())
    let id = try #require(
      try fixture.check(.branch(base: "main", tip: "topic")).findings.first {
        $0.rule == .linkLost
      }
    ).id
    let options = Check.Options(today: try #require(Day("2026-06-01")))
    for branch in ["main", "topic"] {
      try fixture.git("checkout", "--quiet", branch)
      let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
      let found = try FindingSearch(repository, options: options).finding(id)
      #expect(found?.0.onceMerged == "main")
    }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let search = FindingSearch(repository, options: options)
    #expect(try search.repairable()?.findings.map(\.id) == nil)
    let found = try #require(try search.found(id))
    var repair = try RepairReview(repository, .forward, options: options)
    let refusal = try #require(throws: Unrepairable.self) { _ = try repair.outcome(of: found) }
    #expect(refusal.hint == "merge 'main' into this branch, then run the command again")
    try fixture.git("merge", "--quiet", "-m", "merged", "main")
    let merged = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let left = try #require(try FindingSearch(merged, options: options).found(id))
    var after = try RepairReview(merged, .forward, options: options)
    #expect(try after.outcome(of: left).steps.count == 1)
  }

  @Test func `nothing is written into the repository`() throws {
    let fixture = try fixture(main: Sales.recreated.files(), topic: withRemind.files())
    let count = { try fixture.git("count-objects") }
    let before = try count()
    _ = try reported(fixture)
    #expect(try count() == before)
  }
}
