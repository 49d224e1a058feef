import TestSupport
import Testing

/// What git's ways to merge do with the hooks installed.
@Suite struct MergeHookTests {
  /// `main` re-created the reference and repointed its flow; `side` added a flow on the old one.
  private func clean() throws -> HookedRepository {
    try HookedRepository {
      Commit("base", Sales.base.files())
      let flow = Sales.remind(Sales.old)
      Commit(
        "side", on: "side", from: "main",
        ["solutions/Sales/Workflows/\(flow.fileName)": TestFile(flow.definition)])
      Commit("again", Sales.recreated.files())
    }
  }

  @Test func `a clean merge that leaves a flow behind is stopped before its commit`() throws {
    let repository = try clean()
    let outcome = try repository.git("merge", "--no-edit", "side")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains("error[link-lost] "))
    #expect(outcome.said.contains("the merge was stopped before its commit"))
    #expect(try repository.tip() == repository.fixture.id("again"))
  }

  @Test func `a clean merge that breaks names the commits of both sides`() throws {
    let repository = try clean()
    let again = "commit \(repository.fixture.id("again").prefix(10)) by Ann Author"
    let side = "commit \(repository.fixture.id("side").prefix(10)) by Ann Author"
    for arguments in [["merge", "--no-edit", "side"], ["commit", "--no-edit"]] {
      let stopped = try Command("git", arguments: arguments, in: repository.fixture.path)
        .setting(["PATH": Tool.path]).run()
      #expect(stopped.said.components(of: again) == 1)
      #expect(stopped.said.components(of: side) == 1)
    }
    _ = try repository.git("merge", "--abort")
    let done = try repository.git("merge", "--no-edit", "--no-verify", "side")
    #expect(done.said.contains("the merge is done, and this branch is broken"))
    #expect(done.said.components(of: again) == 1 && done.said.components(of: side) == 1)
  }

  @Test func `what a stopped merge hints at works`() throws {
    let repository = try clean()
    _ = try repository.git("merge", "--no-edit", "side")
    #expect(try repository.git("merge", "--abort").status == 0)
    _ = try repository.git("merge", "--no-edit", "side")
    #expect(try repository.git("commit", "--no-verify", "--no-edit").status == 0)
  }

  @Test func `a stopped merge is stopped again when it is committed`() throws {
    let repository = try clean()
    _ = try repository.git("merge", "--no-edit", "side")
    let outcome = try repository.git("commit", "--no-edit")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("error[link-lost] "))
  }

  @Test func `the merge of a broken branch is stopped before its commit`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    let outcome = try repository.git("merge", "--no-edit", "broken")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("the merge was stopped before its commit"))
    #expect(try repository.tip() == repository.fixture.id("docs"))
  }

  @Test func `the merge of a broken branch with no-verify is reported afterwards`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    let outcome = try repository.git("merge", "--no-edit", "--no-verify", "broken")
    #expect(outcome.status == 0)
    #expect(outcome.said.components(of: recreatedLine) == 1)
    #expect(outcome.said.contains("the merge is done, and this branch is broken"))
  }

  /// `main` re-created the reference; `topic` left it before that.
  private func topic(_ files: [String: TestFile] = ["docs/b.md": "1"]) throws -> HookedRepository {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("topic", on: "topic", from: "main", files.mapValues { $0 })
      Commit("again", Sales.recreated.files())
    }
    try repository.fixture.git("checkout", "--quiet", "topic")
    return repository
  }

  private let mention = "note: 'main' has it already: reference-recreated"

  @Test func `a topic takes over what the main branch has, with a mention`() throws {
    let repository = try topic()
    let outcome = try repository.git("merge", "--no-edit", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains(mention))
    #expect(!outcome.said.contains("error"))
    #expect(!outcome.said.contains("nothing to stop for"))
    #expect(try repository.tip("HEAD^2") == repository.fixture.id("again"))
    #expect(try repository.fixture.git("for-each-ref", "refs/notes") == "")
  }

  @Test func `a topic that fast-forwards to the main branch is not broken by it`() throws {
    let repository = try topic([:])
    try repository.fixture.git("reset", "--quiet", "--hard", "main~1")
    let outcome = try repository.git("merge", "main")
    #expect(outcome.said.contains(mention))
    #expect(!outcome.said.contains("error"))
  }

  @Test func `a squash of the main branch passes with a mention`() throws {
    let repository = try topic()
    let squash = try repository.git("merge", "--squash", "main")
    #expect(squash.said.contains(mention) && !squash.said.contains("error"))
    let commit = try repository.git("commit", "-m", "squashed")
    #expect(commit.status == 0)
    #expect(commit.said.contains(mention) && !commit.said.contains("error"))
    #expect(try repository.git("notes", "--ref=connref", "list").stdout == "")
  }

  @Test func `a cherry-pick of what the main branch has already flags the branch that had it not`()
    throws
  {
    let repository = try topic()
    let pick = try repository.git("cherry-pick", "main")
    #expect(pick.status == 0)
    #expect(pick.said.contains("error") && pick.said.contains("this branch is broken"))
    #expect(try repository.git("notes", "--ref=connref", "list").stdout != "")
  }

  @Test func `so does a commit past the hooks`() throws {
    let repository = try topic()
    try repository.fixture.stage(Sales.recreated.files())
    let commit = try repository.git("commit", "--no-verify", "-m", "the same once more")
    #expect(commit.said.contains("this branch is broken"))
  }

  @Test func `what the remote main branch has already passes with a mention`() throws {
    let repository = try topic()
    _ = try repository.addRemote()
    try repository.fixture.git("branch", "--force", "main", "main~1")
    let outcome = try repository.git("merge", "--no-edit", "origin/main")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("note: 'origin/main' has it already: reference-recreated"))
  }

  @Test func `a conflict with the main branch that is resolved passes with a mention`() throws {
    let repository = try topic(Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)]).files())
    #expect(try repository.git("merge", "--no-edit", "main").status != 0)
    try repository.fixture.stage(
      Sales([Sales.other, Sales.new], [Sales.approve(Sales.new)], version: "1.0.0.1").files())
    let outcome = try repository.git("commit", "--no-edit")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains(mention))
  }

  @Test func `a flow of the topic that uses what the main branch removed is stopped`() throws {
    let flow = Sales.remind(Sales.old)
    let repository = try topic([
      "solutions/Sales/Workflows/\(flow.fileName)": TestFile(flow.definition)
    ])
    let outcome = try repository.git("merge", "--no-edit", "main")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains("'Remindbuyer'"))
    #expect(outcome.said.contains("the merge was stopped before its commit"))
    // To take it back would undo what main did.
    #expect(outcome.said.contains("'main' has the change already"))
    #expect(outcome.said.contains("finish the move: connref repair"))
    let all = try repository.fixture.connref("repair", "--all")
    #expect(all.status == 0 && !all.stdout.contains("+++ b/solutions/Sales/Other"))
    let command = try #require(
      outcome.said.firstMatch(of: #/connref repair ([0-9a-f]{12}) --forward --apply/#))
    let back = try repository.fixture.connref("repair", String(command.1))
    #expect(back.status == 2 && back.stderr.contains("--forward --apply"))
    let repair = try repository.fixture.connref(
      "repair", String(command.1), "--forward", "--apply")
    #expect(repair.status == 0)
    #expect(try repository.git("commit", "--no-edit").status == 0)
  }

  @Test func `another branch that made it again otherwise is stopped`() throws {
    let repository = try topic(
      Sales([Sales.other], [Sales.approve(Sales.other)]).files())
    try repository.fixture.git("checkout", "--quiet", "-b", "mine", repository.fixture.id("base"))
    try repository.fixture.stage("1", at: "docs/c.md")
    try repository.fixture.git("commit", "--quiet", "--no-verify", "-m", "docs")
    let third = SolutionFixture.Reference("new_sharedsharepointonline_77777", "SharePoint Sales")
    try repository.fixture.git("checkout", "--quiet", "topic")
    try repository.fixture.stage(Sales([third], [Sales.approve(third)]).files())
    try repository.fixture.git("commit", "--quiet", "--no-verify", "-m", "third")
    try repository.fixture.git("checkout", "--quiet", "mine")
    let outcome = try repository.git("merge", "--no-edit", "topic")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains(recreatedLine) && !outcome.said.contains("has it already"))
  }

  @Test func `a merge that fast-forwards is reported afterwards`() throws {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("again", on: "broken", from: "main", Sales.recreated.files())
    }
    let outcome = try repository.git("merge", "broken")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("git reset --keep ORIG_HEAD"))
    #expect(try repository.git("reset", "--keep", "ORIG_HEAD").status == 0)
    #expect(try repository.tip() == repository.fixture.id("base"))
  }

  @Test func `a squash is reported afterwards, and stopped when it is committed`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    let outcome = try repository.git("merge", "--squash", "broken")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("the squash is staged, and this branch is broken"))
    #expect(!outcome.said.contains("ORIG_HEAD"))
    let commit = try repository.git("commit", "-m", "squashed")
    #expect(commit.status == 1)
    #expect(commit.said.contains(recreatedLine))
  }

  @Test func `what a squash hints at works`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    _ = try repository.git("merge", "--squash", "broken")
    #expect(try repository.git("reset", "--merge").status == 0)
    #expect(try repository.fixture.git("status", "--porcelain") == "")
  }

  @Test func `a merge of what cannot be read is not called broken`() throws {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit(
        "odd", on: "odd", from: "main", ["solutions/Sales/Other/Customizations.xml": "not xml"])
    }
    let outcome = try repository.git("merge", "odd")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("the merge is done, and it is unknown whether it broke"))
  }

  @Test func `a pull that fast-forwards is reported afterwards`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    let clone = repository.fixture.beside("clone")
    try repository.fixture.git("clone", "--quiet", repository.fixture.path, clone)
    try repository.install(in: clone)
    try repository.fixture.git("merge", "--no-edit", "--no-verify", "broken")
    let outcome = try repository.git("pull", in: clone)
    #expect(outcome.status == 0)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `a pull into an empty clone passes`() throws {
    let repository = try HookedRepository.withBrokenBranch()
    let clone = repository.fixture.beside("clone")
    try Command("git", "init", "--quiet", "--initial-branch=main", clone).succeed()
    try repository.install(in: clone)
    let outcome = try repository.git("pull", repository.fixture.path, "broken", in: clone)
    #expect(outcome.status == 0)
    #expect(!outcome.said.contains("error:"))
  }

  @Test func `a merge that changes nothing of a solution says nothing`() throws {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/b.md": "1"])
      Commit("docs", ["docs/a.md": "1"])
    }
    let outcome = try repository.git("merge", "--quiet", "--no-edit", "side")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `a conflict that is resolved by mixing sides is stopped when it is committed`() throws
  {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit(
        "side", on: "side", from: "main",
        Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)]).files())
      Commit("again", Sales.recreated.files())
    }
    #expect(try repository.git("merge", "--no-edit", "side").status == 1)
    let unresolved = try repository.git("commit", "--no-edit")
    #expect(unresolved.status != 0)
    try repository.fixture.stage(
      Sales([Sales.other, Sales.new], [Sales.approve(Sales.old)]).files())
    let outcome = try repository.git("commit", "--no-edit")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("error[link-lost] "))
  }

  @Test func `a conflict that is resolved for one side passes`() throws {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit(
        "side", on: "side", from: "main",
        Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)]).files())
      Commit("again", Sales.recreated.files())
    }
    _ = try repository.git("merge", "--no-edit", "side")
    try repository.fixture.stage(
      Sales([Sales.other, Sales.new], [Sales.approve(Sales.new)]).files())
    #expect(try repository.git("commit", "--no-edit").status == 0)
  }

  @Test func `an octopus is stopped for what no side had`() throws {
    let flow = Sales.remind(Sales.old)
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("one", on: "one", from: "main", ["docs/1.md": "1"])
      Commit(
        "two", on: "two", from: "main",
        ["solutions/Sales/Workflows/\(flow.fileName)": TestFile(flow.definition)])
      Commit("again", Sales.recreated.files())
    }
    let outcome = try repository.git("merge", "--no-edit", "one", "two")
    #expect(outcome.status != 0)
    #expect(outcome.said.contains("error[link-lost] "))
    #expect(try repository.tip() == repository.fixture.id("again"))
  }

  @Test func `a merge in a linked worktree is stopped`() throws {
    let repository = try clean()
    let linked = repository.fixture.beside("linked")
    try repository.fixture.git("worktree", "add", "--quiet", "-b", "copy", linked, "main")
    let outcome = try repository.git("merge", "--no-edit", "side", in: linked)
    #expect(outcome.status != 0)
    #expect(outcome.said.contains("error[link-lost] "))
  }
}
