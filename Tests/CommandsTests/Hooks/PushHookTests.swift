import TestSupport
import Testing

/// What git's ways to push do with the hooks installed.
@Suite struct PushHookTests {
  private let repository: HookedRepository
  private let remote: String
  private var fixture: TestRepository { repository.fixture }

  /// The remote has `base`; `main` has re-created the reference since.
  init() throws {
    repository = try HookedRepository { Commit("base", Sales.base.files()) }
    remote = try repository.addRemote()
    try repository.fixture.stage(Sales.recreated.files())
    try repository.fixture.git("commit", "--quiet", "--no-verify", "-m", "again")
  }

  private func expectStopped(_ outcome: RunOutcome) throws {
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("the push was stopped\n"))
    #expect(try fixture.git("--git-dir", remote, "rev-parse", "main") == fixture.id("base"))
  }

  @Test func `a push to a branch is stopped`() throws {
    try expectStopped(repository.git("push", "origin", "main"))
  }

  @Test func `a push by URL is stopped`() throws {
    try expectStopped(repository.git("push", remote, "main"))
  }

  @Test func `a forced push is stopped`() throws {
    try fixture.git("commit", "--quiet", "--no-verify", "--amend", "-m", "amended")
    try expectStopped(repository.git("push", "--force", "origin", "main"))
  }

  @Test func `a push of a new branch is compared with where it left the main one`() throws {
    try fixture.git("branch", "topic")
    try expectStopped(repository.git("push", "origin", "topic"))
    #expect(try fixture.git("--git-dir", remote, "branch", "--list", "topic") == "")
  }

  @Test func `a push of several branches is stopped for one of them`() throws {
    try fixture.git("branch", "fine", fixture.id("base"))
    try expectStopped(repository.git("push", "origin", "fine", "main"))
  }

  @Test func `a push of a tag is compared as a new branch`() throws {
    try fixture.git("tag", "-a", "-m", "release", "v1")
    try expectStopped(repository.git("push", "origin", "v1"))
  }

  @Test func `a push of a tag that the remote's branch holds says nothing`() throws {
    try fixture.git("tag", "v0", fixture.id("base"))
    let outcome = try repository.git("push", "--quiet", "origin", "v0")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `a push of a tag that is no commit passes`() throws {
    let blob = try fixture.git("hash-object", "-w", "--stdin", input: "1")
    try fixture.git("tag", "blob", blob)
    #expect(try repository.git("push", "--quiet", "origin", "blob").status == 0)
  }

  @Test func `a deletion passes`() throws {
    try fixture.git("--git-dir", remote, "branch", "topic", fixture.id("base"))
    let outcome = try repository.git("push", "--quiet", "origin", "--delete", "topic")
    #expect(outcome.status == 0)
    #expect(!outcome.said.contains("error"))
  }

  @Test func `a topic that was updated from main brings what main has already`() throws {
    try fixture.git("branch", "topic", fixture.id("base"))
    #expect(try repository.git("push", "--quiet", "origin", "topic").status == 0)
    try fixture.git("push", "--quiet", "--no-verify", "origin", "main")
    try fixture.git("checkout", "--quiet", "topic")
    try fixture.git("commit", "--quiet", "--allow-empty", "-m", "own")
    try fixture.git("merge", "--quiet", "--no-verify", "-m", "updated", "main")
    let outcome = try repository.git("push", "origin", "topic")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("note: 'origin/main' has it already: reference-recreated"))
    // What the topic brings itself is stopped.
    try fixture.stage(SolutionFixture([Sales.old], [Sales.approve(Sales.old)]).files())
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "back")
    try fixture.stage(
      SolutionFixture([Sales.other], [Sales.approve(Sales.old)]).files())
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "broken")
    #expect(try repository.git("push", "origin", "topic").status == 1)
  }

  @Test func `no-verify passes`() throws {
    #expect(try repository.git("push", "--no-verify", "origin", "main").status == 0)
  }

  @Test func `a push onto commits that were never fetched is compared with the main branch`() throws
  {
    let other = fixture.beside("other")
    try fixture.git("clone", "--quiet", remote, other)
    try Command("git", "commit", "--quiet", "--allow-empty", "-m", "theirs", in: other).succeed()
    try Command("git", "push", "--quiet", "origin", "main", in: other).succeed()
    let outcome = try repository.git("push", "--force", "origin", "main")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `what a broken reference was before is named for where it was found`() throws {
    let outcome = try repository.git("push", "origin", "main:topic")
    #expect(outcome.said.contains("Customizations.xml:6 in the merge base"))
    #expect(
      try repository.git("push", "origin", "main").said
        .contains("Customizations.xml:6 in origin/main"))
  }

  @Test func `a pushed commit that cannot be read does not pass`() throws {
    let tip = String(repeating: "1", count: 40)
    let line = "refs/heads/x \(tip) refs/heads/x \(fixture.id("base"))\n"
    let outcome = try Tool.command(["hook", "pre-push", "origin", remote], in: fixture.path)
      .reading(line.utf8).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not find commit '\(tip)'"))
  }

  @Test func `what git said and cannot be understood does not pass`() throws {
    let outcome = try Tool.command(["hook", "pre-push", "origin", remote], in: fixture.path)
      .reading("refs/heads/x\n".utf8).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not read the hook's input from git"))
  }

  @Test func `the first push to an empty remote passes`() throws {
    let empty = fixture.beside("empty.git")
    try Command("git", "init", "--quiet", "--bare", empty).succeed()
    #expect(try repository.git("push", empty, "main").status == 0)
  }

  @Test func `a new branch for a remote that was never fetched is compared with what is known`()
    throws
  {
    let fork = fixture.beside("fork.git")
    try Command("git", "init", "--quiet", "--bare", fork).succeed()
    try fixture.git("remote", "add", "fork", fork)
    try fixture.git("checkout", "--quiet", "-b", "topic")
    try fixture.git("branch", "-D", "main")
    let outcome = try repository.git("push", "fork", "topic")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `a main branch that was never fetched has to be fetched`() throws {
    let other = fixture.beside("other")
    try fixture.git("clone", "--quiet", remote, other)
    try Command("git", "commit", "--quiet", "--allow-empty", "-m", "theirs", in: other).succeed()
    try Command("git", "push", "--quiet", "origin", "main", in: other).succeed()
    try fixture.git("remote", "rename", "origin", "upstream")
    try fixture.git("update-ref", "-d", "refs/remotes/upstream/main")
    let outcome = try repository.git("push", "--force", "upstream", "main")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("of the remote was never fetched"))
    #expect(outcome.said.contains("hint: git fetch upstream\n"))
  }

  @Test func `a push with nothing of a solution in it says nothing`() throws {
    try fixture.git("reset", "--quiet", "--hard", fixture.id("base"))
    try fixture.stage("1", at: "docs/a.md")
    try fixture.git("commit", "--quiet", "-m", "docs")
    let outcome = try repository.git("push", "--quiet", "origin", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `a push of a new branch out of a shallow clone is stopped`() throws {
    let clone = fixture.beside("shallow")
    try fixture.git("clone", "--quiet", "--depth=1", "file://" + remote, clone)
    try repository.install(in: clone)
    for (path, file) in Sales.recreated.files() { try file.write(to: "\(clone)/\(path)") }
    try Command("git", "commit", "--quiet", "--no-verify", "--all", "-m", "again", in: clone)
      .succeed()
    let outcome = try repository.git("push", "origin", "HEAD:topic", in: clone)
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `a push of a new branch out of a clone of another one is stopped`() throws {
    try fixture.git("--git-dir", remote, "branch", "topic", "main")
    let clone = fixture.beside("single")
    try fixture.git("clone", "--quiet", "--single-branch", "--branch=topic", remote, clone)
    try repository.install(in: clone)
    try Command("git", "commit", "--quiet", "--allow-empty", "-m", "nothing", in: clone).succeed()
    #expect(try repository.git("push", "origin", "HEAD:fine", in: clone).status == 0)
    for (path, file) in Sales.recreated.files() { try file.write(to: "\(clone)/\(path)") }
    try Command("git", "commit", "--quiet", "--no-verify", "--all", "-m", "again", in: clone)
      .succeed()
    let outcome = try repository.git("push", "origin", "HEAD:new", in: clone)
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `a push of a branch without merge base passes`() throws {
    try fixture.git("checkout", "--quiet", "--orphan", "alone")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "alone")
    let outcome = try repository.git("push", "--quiet", "origin", "alone")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("'alone' was compared with nothing"))
  }

  @Test func `an earlier hook reads the same input`() throws {
    try fixture.command("mv", arguments: [".git/hooks/pre-push", ".git/hooks/mine"]).succeed()
    try fixture.hook("pre-push", "cat > .git/input; echo earlier >&2")
    try repository.install(in: fixture.path)
    let outcome = try repository.git("push", "origin", "main")
    try expectStopped(outcome)
    #expect(outcome.stderr.contains("earlier\n"))
    let input = try fixture.command("cat", arguments: [".git/input"]).succeed().stdout
    #expect(
      input
        == "refs/heads/main \(try repository.tip()) refs/heads/main \(fixture.id("base"))\n")
  }
}
