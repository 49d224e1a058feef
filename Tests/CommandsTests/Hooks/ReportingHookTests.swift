import TestSupport
import Testing

/// Changes by ways that no hook can stop: a hook after them reports it.
@Suite struct ReportingHookTests {
  private let repository: HookedRepository
  private var fixture: TestRepository { repository.fixture }

  init() throws { repository = try .withBrokenBranch() }

  private func expectReported(_ outcome: RunOutcome, _ sentence: String) {
    #expect(outcome.status == 0)
    #expect(outcome.said.components(of: recreatedLine) == 1)
    #expect(outcome.said.contains(sentence))
  }

  @Test func `a commit with no-verify is reported afterwards`() throws {
    try fixture.stage(Sales.recreated.files())
    let outcome = try repository.git("commit", "--no-verify", "-m", "again")
    expectReported(outcome, "the commit is made, and this branch is broken as reported above\n")
  }

  @Test func `what the reporting hook of a commit hints at works`() throws {
    try fixture.stage(Sales.recreated.files())
    _ = try repository.git("commit", "--no-verify", "-m", "again")
    #expect(try fixture.connref("check", "HEAD~1..HEAD").status == 1)
    #expect(try repository.git("reset", "--soft", "HEAD~1").status == 0)
    #expect(try repository.tip() == fixture.id("docs"))
  }

  @Test func `a cherry-pick is reported afterwards`() throws {
    expectReported(try repository.git("cherry-pick", "broken"), "the commit is made")
  }

  @Test func `a revert that breaks is reported afterwards`() throws {
    try fixture.stage(Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)]).files())
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "reference")
    let flow = Sales.archive(Sales.other)
    try fixture.stage(
      TestFile(flow.definition), at: "solutions/Sales/Workflows/\(flow.fileName)")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "flow")
    let outcome = try repository.git("revert", "--no-edit", "HEAD~1")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("error[reference-removed] "))
    #expect(outcome.said.contains("the commit is made"))
  }

  @Test func `a commit that pre-commit has passed is not reported twice`() throws {
    try fixture.stage(Sales([Sales.other], [Sales.approve(Sales.other)]).files())
    let outcome = try repository.git("commit", "--quiet", "-m", "renamed")
    #expect(outcome.status == 0)
    #expect(outcome.said.components(of: "warning[reference-replaced] ") == 1)
    #expect(outcome.said.components(of: "checked ") == 1)
  }

  @Test func `a first commit has no report`() throws {
    let empty = try HookedRepository()
    try empty.fixture.stage(Sales.base.files())
    let outcome = try empty.git("commit", "--quiet", "--no-verify", "-m", "first")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `a resolved merge with no-verify is reported afterwards`() throws {
    let flow = Sales.remind(Sales.old)
    try fixture.git("checkout", "--quiet", "broken")
    try fixture.git("checkout", "--quiet", "-b", "flows", fixture.id("base"))
    try fixture.stage(
      TestFile(flow.definition), at: "solutions/Sales/Workflows/\(flow.fileName)")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "flow")
    _ = try repository.git("merge", "--no-edit", "broken")
    let outcome = try repository.git("commit", "--no-verify", "--no-edit")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("error[reference-recreated] "))
    #expect(outcome.said.contains("the commit is made"))
  }

  @Test(arguments: [["rebase", "broken"], ["rebase", "--apply", "broken"]])
  func `what a rebase brings in is reported afterwards`(arguments: [String]) throws {
    let outcome = try Command("git", arguments: arguments, in: fixture.path)
      .setting(["PATH": Tool.path]).run()
    expectReported(outcome, "the rebase is done, and this branch is broken as reported above\n")
    #expect(outcome.said.contains("git reset --keep ORIG_HEAD"))
  }

  @Test func `what the reporting hook of a rebase hints at works`() throws {
    _ = try repository.git("rebase", "broken")
    #expect(try fixture.connref("check", "ORIG_HEAD..HEAD").status == 1)
    #expect(try repository.git("reset", "--keep", "ORIG_HEAD").status == 0)
    #expect(try repository.tip() == fixture.id("docs"))
  }

  @Test func `a rebase of several commits reports what it brings in once`() throws {
    for name in ["one", "two", "three"] {
      try fixture.stage("1", at: "docs/\(name).md")
      try fixture.git("commit", "--quiet", "--no-verify", "-m", name)
    }
    expectReported(try repository.git("rebase", "broken"), "the rebase is done")
  }

  @Test func `a pull with rebase mentions what the upstream branch has`() throws {
    let clone = fixture.beside("clone")
    try fixture.git("clone", "--quiet", fixture.path, clone)
    try repository.install(in: clone)
    try Command("git", "commit", "--quiet", "--allow-empty", "-m", "mine", in: clone).succeed()
    try fixture.git("merge", "--quiet", "--no-edit", "--no-verify", "broken")
    let outcome = try repository.git("pull", "--rebase", in: clone)
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("note: 'origin/main' has it already: reference-recreated"))
    #expect(!outcome.said.contains("error"))
  }

  /// The commit before the rebase is broken as well: the upstream branch is what counts.
  @Test func `a pull with rebase flags the main branch that breaks its upstream`() throws {
    let clone = fixture.beside("clone")
    try fixture.git("checkout", "--quiet", "main")
    try fixture.git("clone", "--quiet", fixture.path, clone)
    try repository.install(in: clone)
    for arguments in [
      ["fetch", "--quiet", "origin", "broken"],
      ["merge", "--quiet", "--no-verify", "--no-edit", "FETCH_HEAD"],
    ] {
      try Command("git", arguments: arguments, in: clone).succeed()
    }
    try fixture.stage("1", at: "docs/elsewhere.md")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "elsewhere")
    expectReported(try repository.git("pull", "--rebase", in: clone), "the rebase is done")
    let note = try repository.git("notes", "--ref=connref", "show", "HEAD", in: clone)
    #expect(note.said.contains("reference-recreated"))
  }

  @Test func `a rebase that brings in nothing of a solution says nothing of it`() throws {
    try fixture.git("checkout", "--quiet", "-b", "topic", fixture.id("base"))
    try fixture.stage("1", at: "docs/b.md")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "topic")
    let outcome = try repository.git("rebase", "--quiet", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `an amended commit is reported once`() throws {
    try fixture.stage(Sales.recreated.files())
    expectReported(
      try repository.git("commit", "--amend", "--no-verify", "--no-edit"), "the commit is made")
  }

  @Test func `a rebase mentions nothing that the branch and the main one break only together`()
    throws
  {
    let both = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    try fixture.git("checkout", "--quiet", "main")
    try fixture.stage(both.files())
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "another flow")
    try fixture.git("checkout", "--quiet", "broken")
    let outcome = try repository.git("rebase", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("error[reference-recreated] "))
    #expect(!outcome.said.contains("has it already"), "\(outcome.said)")
  }
}

/// Patches that are applied and committed in one go.
@Suite struct PatchHookTests {
  private let repository: HookedRepository
  private var fixture: TestRepository { repository.fixture }

  init() throws { repository = try .withBrokenBranch() }

  private func applied() throws -> RunOutcome {
    let patch = fixture.beside("again.patch")
    try TestFile(try fixture.git("format-patch", "-1", "--stdout", "broken") + "\n")
      .write(to: patch)
    return try repository.git("am", patch)
  }

  @Test func `a patch is stopped`() throws {
    let outcome = try applied()
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("the patch was stopped before its commit\n"))
    #expect(try repository.tip() == fixture.id("docs"))
  }

  @Test func `what a stopped patch hints at works`() throws {
    #expect(try applied().said.contains("git am --abort"))
    #expect(try repository.git("am", "--abort").status == 0)
    #expect(try fixture.git("status", "--porcelain") == "")
    let command = "git -c core.hooksPath=/dev/null am --continue"
    #expect(try applied().said.contains("to commit it anyway: \(command)\n"))
    #expect(try repository.git("-c", "core.hooksPath=/dev/null", "am", "--continue").status == 0)
    let original = try fixture.git("log", "-1", "--format=%an,%aI,%s", "broken")
    #expect(try fixture.git("log", "-1", "--format=%an,%aI,%s") == original)
    #expect(try fixture.connref("check", "HEAD~1..HEAD").status == 1)
  }

  @Test func `a rebase that applies patches is stopped at the one that breaks`() throws {
    try fixture.git("checkout", "--quiet", "broken")
    let outcome = try repository.git("rebase", "--apply", "main")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("git rebase --abort"))
    #expect(try repository.git("rebase", "--abort").status == 0)
    #expect(try repository.tip() == fixture.id("again"))
  }
}

extension String {
  /// How many times a text is in this one.
  func components(of text: String) -> Int { ranges(of: text).count }
}
