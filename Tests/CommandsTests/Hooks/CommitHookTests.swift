import TestSupport
import Testing

/// What git's ways to commit do with the hooks installed.
@Suite struct CommitHookTests {
  private let repository: HookedRepository
  private var fixture: TestRepository { repository.fixture }

  init() throws {
    repository = try HookedRepository { Commit("base", Sales.base.files()) }
  }

  private func expectStopped(_ outcome: RunOutcome, in folder: String? = nil) throws {
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
    #expect(outcome.said.contains("the commit was stopped\n"))
    #expect(try repository.tip(in: folder) == fixture.id("base"))
  }

  @Test func `commit is stopped`() throws {
    try fixture.stage(Sales.recreated.files())
    try expectStopped(repository.git("commit", "-m", "again"))
  }

  @Test func `commit --all is stopped`() throws {
    try fixture.write(Sales.recreated.files())
    let outcome = try repository.git("commit", "--all", "-m", "again")
    try expectStopped(outcome)
    // git forgets what it staged for this commit: the disk alone has it now.
    #expect(outcome.said.contains("--worktree --apply\n"))
  }

  @Test(arguments: [["commit", "-m", "x"], ["commit", "-m", "x", "--only"]])
  func `commit of a path is stopped by what that path holds`(arguments: [String]) throws {
    try fixture.write(Sales.recreated.files())
    try fixture.stage("1", at: "docs/a.md")
    let innocent = try Command("git", arguments: arguments + ["docs"], in: fixture.path)
      .setting(["PATH": Tool.path]).run()
    #expect(innocent.status == 0)
    let commit = arguments + ["solutions"]
    let outcome = try Command("git", arguments: commit, in: fixture.path)
      .setting(["PATH": Tool.path]).run()
    #expect(outcome.status == 1)
    #expect(outcome.said.contains(recreatedLine))
  }

  @Test func `commit of a path leaves what else is staged aside`() throws {
    try fixture.stage(Sales.recreated.files())
    try fixture.stage("1", at: "docs/a.md")
    let outcome = try repository.git("commit", "-m", "docs", "--only", "docs/a.md")
    #expect(outcome.status == 0)
    #expect(!outcome.said.contains("connref") && !outcome.said.contains("checked"))
  }

  @Test func `commit from a folder of the worktree is stopped`() throws {
    try fixture.stage(Sales.recreated.files())
    try expectStopped(
      repository.git("commit", "-m", "again", in: fixture.path + "/solutions/Sales"))
  }

  @Test func `amend is stopped, and compared with the commit that it replaces`() throws {
    try fixture.stage(Sales.recreated.files())
    try expectStopped(repository.git("commit", "--amend", "--no-edit"))
  }

  @Test func `what a stopped commit hints at works`() throws {
    try fixture.stage(Sales.recreated.files())
    let folder = fixture.path + "/solutions/Sales"
    let stopped = try repository.git("commit", "-m", "again", in: folder)
    #expect(stopped.said.contains("git restore --staged :/\n"))
    #expect(try repository.git("restore", "--staged", ":/", in: folder).status == 0)
    #expect(try fixture.git("diff", "--cached", "--name-only") == "")
    #expect(try fixture.connref("check", "--worktree").status == 1)
  }

  @Test func `the commit of a resolved merge is not to be unstaged`() throws {
    try fixture.git("checkout", "--quiet", "-b", "side")
    try fixture.stage(["notes.txt": "side"])
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "side")
    try fixture.git("checkout", "--quiet", "main")
    try fixture.stage(["notes.txt": "main"])
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "main")
    _ = try repository.git("merge", "side")
    try fixture.stage(Sales.recreated.files().merging(["notes.txt": "both"]) { $1 })
    let stopped = try repository.git("commit", "--no-edit")
    #expect(stopped.status == 1)
    #expect(stopped.said.contains("git merge --abort\n"))
    #expect(!stopped.said.contains("git restore"))
  }

  @Test func `what a stopped first commit hints at works`() throws {
    let folder = fixture.beside("new")
    try Command("git", "init", "--quiet", folder).succeed()
    try repository.install(in: folder)
    let flow = Sales([Sales.old], [Sales.approve(Sales.new)])
    for (path, file) in flow.files() { try file.write(to: "\(folder)/\(path)") }
    try Command("git", "add", ".", in: folder).succeed()
    let stopped = try repository.git("commit", "-m", "first", in: folder)
    guard stopped.status != 0 else { return }
    #expect(stopped.said.contains("git rm -r --cached --quiet :/\n"))
    #expect(
      try repository.git("rm", "-r", "--cached", "--quiet", ":/", in: folder).status == 0)
  }

  @Test func `a stopped commit says how to plan it, and what is not staged yet`() throws {
    try fixture.stage(Sales.recreated.files())
    let stopped = try repository.git("commit", "-m", "again").said
    let line = try #require(stopped.split(separator: "\n").first { $0.contains("--declare") })
    let words = try #require(line.firstRange(of: "connref ").map { line[$0.upperBound...] })
    let id = try #require(words.split(separator: " ").dropFirst().first)
    let declared = try fixture.connref("repair", String(id), "--declare", "--reason", "meant")
    #expect(declared.status == 0)
    let again = try repository.git("commit", "-m", "again").said
    #expect(again.contains("'.connref.yml' is not staged as it is on the disk"))
    #expect(!again.contains("also used in '.connref.yml"))
    #expect(try fixture.connref("repair", String(id), "--declare").said.contains("planned already"))
    try fixture.git("add", ".connref.yml")
    #expect(try repository.git("commit", "-m", "again").status == 0)
  }

  @Test func `no-verify passes`() throws {
    try fixture.stage(Sales.recreated.files())
    #expect(try repository.git("commit", "--no-verify", "-m", "again").status == 0)
    let later = try fixture.connref("check", "HEAD~1..HEAD")
    #expect(later.status == 1)
    #expect(later.stdout.hasPrefix(recreatedLine))
  }

  @Test func `after no-verify the next commit is not stopped for it again`() throws {
    try fixture.stage(Sales.recreated.files())
    _ = try repository.git("commit", "--no-verify", "-m", "again")
    try fixture.stage(
      Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)]).files())
    #expect(try repository.git("commit", "-m", "flow").status == 0)
  }

  @Test(arguments: ["docs/a.md", "data/list.json", "solutions/Sales/readme.txt"])
  func `nothing is said where nothing of a solution changed`(path: String) throws {
    try fixture.stage("1", at: path)
    let outcome = try repository.git("commit", "--quiet", "-m", "docs")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `one line is said where a solution changed well`() throws {
    let flow = Sales.remind(Sales.old)
    try fixture.stage(
      TestFile(flow.definition), at: "solutions/Sales/Workflows/\(flow.fileName)")
    let outcome = try repository.git("commit", "--quiet", "-m", "flow")
    #expect(outcome.status == 0)
    #expect(outcome.said.hasPrefix("checked 1 solution, "))
    #expect(outcome.said.split(separator: "\n").count == 1)
  }

  @Test func `a warning is reported and stops nothing`() throws {
    try fixture.stage(Sales([Sales.other], [Sales.approve(Sales.other)]).files())
    let outcome = try repository.git("commit", "--quiet", "-m", "renamed")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("warning[reference-replaced] "))
    #expect(!outcome.said.contains("stopped"))
  }

  @Test func `an unknown result stops the commit`() throws {
    try fixture.stage("not xml", at: "solutions/Sales/Other/Customizations.xml")
    let outcome = try repository.git("commit", "-m", "broken")
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("error: could not read 'solutions/Sales/Other/Customizations"))
    #expect(outcome.said.contains("the commit was stopped\n"))
  }

  @Test func `the first commit passes`() throws {
    let repository = try HookedRepository()
    try repository.fixture.stage(Sales.base.files())
    #expect(try repository.git("commit", "-m", "first").status == 0)
  }

  @Test func `commit in a linked worktree is stopped`() throws {
    let linked = fixture.beside("linked tree")
    try fixture.git("worktree", "add", "--quiet", "-b", "side", linked)
    for (path, file) in Sales.recreated.files() { try file.write(to: "\(linked)/\(path)") }
    try expectStopped(repository.git("commit", "--all", "-m", "again", in: linked), in: linked)
    try Command("git", "add", "--all", in: linked).succeed()
    try expectStopped(repository.git("commit", "-m", "again", in: linked), in: linked)
  }

  @Test func `commit with GIT_DIR and GIT_WORK_TREE is stopped`() throws {
    try fixture.stage(Sales.recreated.files())
    let outcome = try repository.git(
      "commit", "-m", "again", in: "/",
      environment: ["GIT_DIR": fixture.path + "/.git", "GIT_WORK_TREE": fixture.path])
    try expectStopped(outcome)
  }

  @Test func `a repository with sha256 makes the result unknown`() throws {
    let fixture = try TestRepository(initArguments: ["--object-format=sha256"])
    try fixture.hook("pre-commit", "exec connref hook pre-commit")
    try fixture.stage("1", at: "a")
    let outcome = try Command("git", "commit", "-m", "a", in: fixture.path)
      .setting(["PATH": Tool.path]).run()
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("sha256"))
  }

  @Test func `connref is found where the PATH does not have it`() throws {
    try fixture.stage(Sales.recreated.files())
    try expectStopped(
      repository.git("commit", "-m", "again", environment: ["PATH": "/usr/bin:/bin"]))
  }

  @Test func `without connref a commit passes with a warning`() throws {
    try HookedRepository.installAndForget(in: fixture.path)
    try fixture.stage(Sales.recreated.files())
    let outcome = try repository.git(
      "commit", "-m", "again", environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("warning: could not find connref"))
  }

  @Test func `without connref a commit can be blocked by a setting`() throws {
    try HookedRepository.installAndForget(in: fixture.path)
    try fixture.git("config", "connref.whenMissing", "block")
    try fixture.stage(Sales.recreated.files())
    let outcome = try repository.git(
      "commit", "-m", "again", environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 1)
    #expect(outcome.said.contains("warning: could not find connref"))
  }
}
