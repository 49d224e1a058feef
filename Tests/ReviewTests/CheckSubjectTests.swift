import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// What is compared with what.
@Suite struct CheckSubjectTests {
  private func fixture() throws -> TestRepository {
    try TestRepository { Commit("base", Sales.base.files()) }
  }

  @Test(arguments: Sales.Form.allCases)
  func `what is staged is compared with HEAD, in every form`(form: Sales.Form) throws {
    let before = Sales.base.files(form)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(Sales.recreated.files(form)))
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `each of two code apps that moved is named`() throws {
    func apps(_ reference: Sales.Reference) -> [String: TestFile] {
      let config = TestFile(
        """
        {"appDisplayName": "App", "connectionReferences": {
          "2a1b2c3d-1111-2222-3333-444455556666": {
            "id": "/providers/Microsoft.PowerApps/apis/\(reference.connector)",
            "xrmConnectionReferenceLogicalName": "\(reference.name)"}}}
        """)
      return ["apps/Stock/power.config.json": config, "apps/Order/power.config.json": config]
    }
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(apps(Sales.old)) { $1 })
    }
    try fixture.stage(Sales.recreated.files().merging(apps(Sales.new)) { $1 })
    let finding = try #require(try fixture.check().findings.first)
    #expect(
      finding.consumers.filter { $0.kind == .codeApp }.map(\.place.path).sorted()
        == ["apps/Order/power.config.json", "apps/Stock/power.config.json"])
  }

  /// `Sales.base` in one folder, which becomes `after` in another, with the pattern that names it.
  private func moved(_ after: Sales) throws -> TestRepository {
    let policy = { (folder: String) in
      [".connref.yml": TestFile("solutions: [\(folder)/*]\n")]
    }
    let fixture = try TestRepository {
      Commit("base", Sales.base.files(in: "alm/Sales").merging(policy("alm")) { $1 })
    }
    try fixture.stage(
      Sales.base.files(in: "alm/Sales").becoming(after.files(in: "power/Sales"))
        .merging(policy("power")) { $1 })
    return fixture
  }

  @Test func `a folder is renamed together with its pattern`() throws {
    for (after, reported) in [(Sales.recreated, [recreatedError]), (Sales.base, [])] {
      let fixture = try moved(after)
      #expect(try fixture.check().reported == reported)
      try fixture.git("commit", "-qm", "moved")
      let outcome = try fixture.check(.commits(before: "HEAD~1", after: "HEAD"))
      #expect(outcome.reported == reported)
      #expect(outcome.unknown == [])
    }
  }

  @Test func `a repair sees a folder that is renamed together with its pattern`() throws {
    let fixture = try moved(Sales.recreated)
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.check().findings.filter { $0.severity > .note } == [])
  }

  @Test func `a folder that neither pattern names stays out`() throws {
    func sample(_ reference: Sales.Reference) -> [String: TestFile] {
      Sales([reference], [Sales.remind(reference)], name: "Sample").files(in: "samples/Sample")
    }
    let fixture = try TestRepository {
      Commit("base", sample(Sales.old).merging([".connref.yml": "solutions: [alm/*]\n"]) { $1 })
      Commit("solution", Sales.base.files(in: "alm/Sales"))
      Commit(
        "moved",
        Sales.base.files(in: "alm/Sales").becoming(Sales.base.files(in: "power/Sales"))
          .merging(sample(Sales.new)) { $1 }.merging([".connref.yml": "solutions: [power/*]\n"]) {
            $1
          }
      )
    }
    let outcome = try fixture.check(from: "solution", to: "moved")
    #expect(outcome.reported == [] && outcome.unknown == [])
  }

  @Test func `what is not staged is not looked at`() throws {
    let fixture = try fixture()
    try fixture.write(Sales.recreated.files())
    let outcome = try fixture.check()
    #expect(outcome.isSilent && !outcome.isChanged)
  }

  @Test func `the worktree is compared with HEAD`() throws {
    let fixture = try fixture()
    try fixture.write(Sales.recreated.files())
    #expect(try fixture.check(.worktree).reported == [recreatedError])
  }

  @Test func `what is staged and then taken back on the disk is silent in the worktree`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.recreated.files())
    try fixture.write(Sales.base.files())
    #expect(try fixture.check(.worktree).reported == [])
  }

  @Test func `an untracked flow of the worktree is looked at`() throws {
    let fixture = try fixture()
    let flow = Sales.remind(Sales.new)
    try fixture.write(TestFile(flow.definition), to: "solutions/Sales/Workflows/\(flow.fileName)")
    #expect(
      try fixture.check(.worktree).reported == ["error link-lost: \(Sales.new.name) -> "])
  }

  @Test func `an ignored flow of the worktree is not looked at`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([".gitignore": "Remind*\n"]) { $1 })
    }
    let flow = Sales.remind(Sales.new)
    try fixture.write(TestFile(flow.definition), to: "solutions/Sales/Workflows/\(flow.fileName)")
    #expect(try fixture.check(.worktree).isSilent)
  }

  @Test func `a file that is deleted on the disk alone is deleted in the worktree`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)]).files(.yaml))
    }
    let path =
      "solutions/Sales/connectionreferences/\(Sales.old.name)/connectionreference.yml"
    try fixture.write([path: nil])
    #expect(
      try fixture.check(.worktree).reported == ["error reference-removed: \(Sales.old.name) -> "])
  }

  @Test func `a file left out by sparse checkout is not deleted in the worktree`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging(["docs/readme.json": "{}"]) { $1 })
    }
    try fixture.git("sparse-checkout", "set", "docs")
    let outcome = try fixture.check(.worktree)
    #expect(outcome.isSilent && !outcome.isChanged)
  }

  @Test func `A..B compares two ends`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    #expect(
      try fixture.check(.commits(before: "main~1", after: "main")).reported == [recreatedError])
  }

  @Test func `a branch is compared with where it left the other one`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("main moved", Sales.recreated.files())
    }
    #expect(try fixture.check(.branch(base: "main", tip: "side")).reported == [])
    #expect(try fixture.check(.branch(base: "side", tip: "main")).reported == [recreatedError])
  }

  @Test func `before the first commit everything is new and nothing is lost`() throws {
    let fixture = try TestRepository()
    try fixture.stage(Sales.base.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.old.name)"])
    #expect(outcome.isChanged && outcome.scope.references == 1)
  }

  @Test func `an empty repository has no findings`() throws {
    let outcome = try TestRepository().check()
    #expect(outcome.isSilent && !outcome.isChanged)
  }

  @Test func `a detached HEAD is a HEAD like any other`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("later", ["docs/a.md": "1"])
    }
    try fixture.git("checkout", "--quiet", "--detach", "HEAD~1")
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `a bare repository compares two revisions`() throws {
    let fixture = try TestRepository(bare: true) {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    #expect(
      try fixture.check(.commits(before: "main~1", after: "main")).reported == [recreatedError])
  }

  @Test func `a bare repository has no worktree to look at`() throws {
    let fixture = try TestRepository(bare: true) { Commit("base", Sales.base.files()) }
    #expect(throws: GitError.self) { try fixture.check(.worktree) }
  }

  @Test func `a linked worktree has an index of its own`() throws {
    let fixture = try fixture()
    let linked = fixture.beside("linked tree")
    try fixture.git("worktree", "add", "--quiet", "-b", "side", linked)
    for (path, file) in Sales.recreated.files() { try file.write(to: "\(linked)/\(path)") }
    try Command("git", "add", "--all", in: linked).succeed()
    #expect(try fixture.check(in: linked).reported == [recreatedError])
    #expect(try fixture.check().reported == [])
    try Command("git", "reset", "--quiet", in: linked).succeed()
    #expect(try fixture.check(.worktree, in: linked).reported == [recreatedError])
  }

  @Test func `a folder of the worktree sees all of it`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check(in: fixture.path + "/solutions/Sales").reported == [recreatedError])
  }

  @Test func `a root commit is compared with nothing`() throws {
    let fixture = try fixture()
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let outcome = try Check(
      repository, options: Check.Options(today: Day(secondsSince1970: 0))
    ).outcome(
      from: nil, to: try #require(ObjectID(hex: fixture.id("base"))), named: ("nothing", "base"))
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.old.name)"])
    #expect(outcome.scope.references == 1)
  }

  @Test func `an orphan branch has no merge base, and the message says so`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("alone", on: "orphan", Sales.recreated.files())
    }
    let error = try #require(throws: GitError.self) {
      try fixture.check(.branch(base: "main", tip: "orphan"))
    }
    #expect(error.message == "could not find a merge base of 'main' and 'orphan'")
    #expect(error.hint == nil)
    #expect(
      try fixture.check(.commits(before: "main", after: "orphan")).reported == [recreatedError])
  }

  @Test func `an unknown revision is named`() throws {
    let fixture = try fixture()
    let error = try #require(throws: GitError.self) {
      try fixture.check(.commits(before: "nope", after: "main"))
    }
    #expect(error.message.contains("'nope'"))
  }

  @Test func `an annotated tag means its commit`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("tag", "-a", "-m", "release", "v1", "main~1")
    #expect(try fixture.check(.commits(before: "v1", after: "main")).reported == [recreatedError])
  }

  @Test func `nothing is written by a check`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.recreated.files())
    let state = {
      try fixture.command("find", arguments: [".", "-printf", "%p %T@ %s\n"]).succeed().stdout
    }
    let before = try state()
    _ = try fixture.check()
    _ = try fixture.check(.worktree)
    #expect(try state() == before)
  }
}
