import TestSupport
import Testing

/// Where hooks go, and what was there before.
@Suite struct InstallTests {
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository { Commit("base", Sales.base.files()) }
  }

  private func commit() throws -> RunOutcome {
    try Command("git", "commit", "-m", "again", in: fixture.path).setting(["PATH": Tool.path]).run()
  }

  private let names = [
    "post-commit", "post-merge", "post-rewrite", "pre-applypatch", "pre-commit",
    "pre-merge-commit", "pre-push",
  ]

  private func hooks(_ folder: String) throws -> [String] {
    try fixture.command("ls", arguments: [folder]).succeed().lines.filter {
      !$0.hasSuffix(".sample")
    }
  }

  @Test func `twice is as good as once`() throws {
    #expect(try fixture.connref("install").status == 0)
    let again = try fixture.connref("install")
    #expect(again.status == 0)
    #expect(again.stderr.hasPrefix("pre-commit is already installed\n"))
    #expect(try hooks(".git/hooks") == names)
  }

  @Test func `uninstall takes all of it away`() throws {
    #expect(try fixture.connref("install").status == 0)
    #expect(try fixture.connref("uninstall").status == 0)
    #expect(try hooks(".git/hooks") == [])
    try fixture.stage(Sales.recreated.files())
    #expect(try commit().status == 0)
  }

  @Test func `over husky's own scripts nothing is installed`() throws {
    try fixture.command("mkdir", arguments: ["-p", ".husky/_"]).succeed()
    try fixture.git("config", "core.hooksPath", ".husky/_")
    let outcome = try fixture.connref("install")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains(".husky/pre-commit"))
    #expect(try hooks(".husky/_") == [])
  }

  @Test func `where core.hooksPath is empty, nothing is written into the worktree`() throws {
    try fixture.git("config", "core.hooksPath", "")
    let outcome = try fixture.connref("install")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: git looks for hooks in '/', outside"))
    #expect(try fixture.git("status", "--porcelain") == "")
  }

  @Test func `a folder of hooks that is a link out of the repository is called so`() throws {
    let shared = fixture.beside("shared")
    let script = "mkdir '\(shared)' && rm -rf .git/hooks && ln -s '\(shared)' .git/hooks"
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    let outcome = try fixture.connref("install")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("/hooks', a symbolic link out of this repository\n"))
    #expect(try fixture.connref("install", "--shared").status == 0)
  }

  @Test func `a hook that was there before is kept and runs first`() throws {
    try fixture.hook("pre-commit", "echo earlier >&2")
    #expect(try fixture.connref("install").status == 0)
    try fixture.stage(Sales.recreated.files())
    let outcome = try commit()
    #expect(outcome.status == 1)
    #expect(outcome.said.hasPrefix("earlier\nerror[reference-recreated] "))
  }

  @Test func `an earlier hook that says no is the last word`() throws {
    try fixture.hook("pre-commit", "echo earlier >&2; exit 3")
    #expect(try fixture.connref("install").status == 0)
    try fixture.stage(Sales.recreated.files())
    let outcome = try commit()
    #expect(outcome.status == 1)
    #expect(outcome.said == "earlier\n")
  }

  @Test func `uninstall puts the earlier hook back`() throws {
    try fixture.hook("pre-commit", "echo earlier >&2; exit 3")
    #expect(try fixture.connref("install").status == 0)
    #expect(try fixture.connref("uninstall").status == 0)
    #expect(try hooks(".git/hooks") == ["pre-commit"])
    #expect(try commit().said == "earlier\n")
  }

  @Test func `core.hooksPath in the worktree is honoured`() throws {
    try fixture.git("config", "core.hooksPath", ".githooks")
    let outcome = try fixture.connref("install", in: fixture.path + "/solutions")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("commit the hooks for your team"))
    #expect(try hooks(".githooks") == names)
    try fixture.stage(Sales.recreated.files())
    #expect(try commit().status == 1)
  }

  @Test func `core.hooksPath outside is refused`() throws {
    let outside = fixture.beside("shared hooks")
    try fixture.git("config", "core.hooksPath", outside)
    let outcome = try fixture.connref("install")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("outside of this repository"))
    #expect(outcome.stderr.contains("hint: connref install --shared"))
    #expect(try fixture.command("ls", arguments: [outside]).run().status != 0)
  }

  @Test func `core.hooksPath outside is taken when asked for`() throws {
    let outside = fixture.beside("shared hooks")
    try fixture.git("config", "core.hooksPath", outside)
    #expect(try fixture.connref("install", "--shared").status == 0)
    try fixture.stage(Sales.recreated.files())
    #expect(try commit().status == 1)
    #expect(try fixture.connref("uninstall", "--shared").status == 0)
    #expect(try hooks(outside) == [])
  }

  @Test func `a linked worktree shares the hooks of the main one`() throws {
    let linked = fixture.beside("linked")
    try fixture.git("worktree", "add", "--quiet", "-b", "side", linked)
    #expect(try fixture.connref("install", in: linked).status == 0)
    #expect(try hooks(".git/hooks") == names)
  }

  @Test func `one hook alone`() throws {
    #expect(try fixture.connref("install", "--hook", "pre-push").status == 0)
    #expect(try hooks(".git/hooks") == ["pre-push"])
    #expect(try fixture.connref("install", "--hook", "commit-msg").status == 64)
  }

  @Test func `uninstall removes hooks installed on request too`() throws {
    let bare = try TestRepository(bare: true)
    #expect(try bare.connref("install", "--hook", "update").status == 0)
    let outcome = try bare.connref("uninstall")
    #expect(
      outcome.stderr
        == "pre-receive is not installed\nremoved update\npost-receive is not installed\n")
  }

  @Test func `a hook of ours that was edited is left alone`() throws {
    #expect(try fixture.connref("install").status == 0)
    try fixture.command("sh", arguments: ["-c", "echo true >> .git/hooks/pre-commit"]).succeed()
    let outcome = try fixture.connref("install")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not install pre-commit: "))
    #expect(outcome.stderr.contains("hint: move your own lines"))
  }

  @Test func `quiet says nothing`() throws {
    #expect(try fixture.connref("install", "--quiet").said == "")
    #expect(try fixture.connref("uninstall", "--quiet").said == "")
  }

  @Test func `without a repository there is nowhere to install`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command(["install"], in: folder.path).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not find a git repository"))
  }
}
