import TestSupport
import Testing

/// What a shared repository does with the hooks installed in it, for clones that have none.
@Suite struct ServerHookTests {
  private let fixture: TestRepository
  private let server: String

  /// The server has `base`; `main` of the clone has re-created the reference since.
  init() throws {
    fixture = try TestRepository { Commit("base", Sales.base.files()) }
    server = fixture.beside("server.git")
    try fixture.git("clone", "--quiet", "--bare", fixture.path, server)
    try fixture.git("remote", "add", "origin", server)
    try fixture.git("fetch", "--quiet", "origin")
    try fixture.stage(Sales.recreated.files())
    try fixture.git("commit", "--quiet", "-m", "again")
  }

  private func install(_ hooks: String...) throws {
    let arguments = hooks.flatMap { ["--hook", $0] }
    try Tool.command(["install"] + arguments, in: server).succeed()
  }

  private func push(_ arguments: String..., in folder: String? = nil) throws -> RunOutcome {
    try Command("git", arguments: ["push"] + arguments, in: folder ?? fixture.path)
      .setting(["PATH": Tool.path]).run()
  }

  private func tip(_ branch: String = "main") throws -> String {
    try fixture.git("--git-dir", server, "rev-parse", "--verify", branch)
  }

  private func expectRefused(_ outcome: RunOutcome) throws {
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
    #expect(outcome.stderr.contains("remote: the push was refused by this server"))
    #expect(try tip() == fixture.id("base"))
  }

  @Test func `install puts the hooks of a server into a bare repository`() throws {
    try install()
    let hooks = try fixture.command("ls", arguments: [server + "/hooks"]).succeed().lines
    #expect(hooks.filter { !$0.hasSuffix(".sample") } == ["post-receive", "pre-receive"])
  }

  @Test func `a push that breaks a branch is refused, its objects being in quarantine`() throws {
    try install()
    try expectRefused(push("origin", "main"))
    #expect(
      try fixture.command(
        "git",
        arguments: ["--git-dir", server, "cat-file", "-e", "\(fixture.git("rev-parse", "main"))"]
      )
      .run().status != 0)
  }

  @Test func `push --no-verify is still refused`() throws {
    try install()
    try Tool.command(["install"], in: fixture.path).succeed()
    #expect(try push("origin", "main").stderr.contains("the push was stopped\n"))
    try expectRefused(push("--no-verify", "origin", "main"))
  }

  @Test func `a forced push is refused`() throws {
    try install()
    try fixture.git("commit", "--quiet", "--amend", "--no-verify", "-m", "amended")
    try expectRefused(push("--force", "origin", "main"))
  }

  @Test func `a topic that was updated from main brings what main has already`() throws {
    #expect(try push("origin", "\(fixture.id("base")):refs/heads/topic", "main").status == 0)
    try install()
    let outcome = try push("origin", "main:topic")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("note: 'main' has it already: reference-recreated"))
    #expect(try tip("topic") == tip("main"))
  }

  @Test func `what a topic breaks in addition to main is refused`() throws {
    #expect(try push("origin", "\(fixture.id("base")):refs/heads/topic", "main").status == 0)
    try install()
    // main has the event; this topic puts its flow back on the old name and leaves it there.
    try fixture.git("checkout", "--quiet", "-b", "topic", "main")
    let flow = Sales.remind(Sales.old)
    try fixture.stage([
      "solutions/Sales/Workflows/\(flow.fileName)": TestFile(flow.definition)
    ])
    try fixture.git("commit", "--quiet", "-m", "left")
    let outcome = try push("origin", "topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("'Remindbuyer'"))
  }

  @Test func `a new branch is compared with where it left the main one`() throws {
    try install()
    try expectRefused(push("origin", "main:topic"))
  }

  @Test func `the main branch is what HEAD of the server names`() throws {
    try fixture.git("--git-dir", server, "branch", "-m", "main", "trunk")
    try install()
    let outcome = try push("origin", "main:topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
  }

  /// A server whose `HEAD` names a branch that is never pushed.
  private func headless() throws {
    try fixture.git("--git-dir", server, "symbolic-ref", "HEAD", "refs/heads/master")
    try install()
  }

  @Test func `a HEAD that names no branch leaves main, master or the only branch`() throws {
    try headless()
    for name in ["main", "master", "trunk"] {
      if name != "main" {
        try fixture.git(
          "--git-dir", server, "branch", "-m", name == "master" ? "main" : "master", name)
      }
      let outcome = try push("origin", "main:topic")
      #expect(outcome.status == 1)
      #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
    }
  }

  @Test func `the configuration says which branch is the main one`() throws {
    try fixture.git("reset", "--quiet", "--hard", fixture.id("base"))
    try fixture.stage(TestFile("main: trunk\n"), at: ".connref.yml")
    try fixture.git("commit", "--quiet", "-m", "configuration")
    try fixture.git("push", "--quiet", "origin", "main", "main:trunk", "main:dev")
    try fixture.git("--git-dir", server, "branch", "-D", "main")
    try headless()
    try fixture.stage(Sales.recreated.files())
    try fixture.git("commit", "--quiet", "-m", "again")
    let outcome = try push("origin", "main:topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
  }

  @Test func `where nothing says which branch is the main one a new branch is refused`() throws {
    try fixture.git("--git-dir", server, "branch", "-m", "main", "one")
    try fixture.git("--git-dir", server, "branch", "two", "one")
    try headless()
    let outcome = try push("origin", "\(fixture.id("base")):refs/heads/topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("HEAD names 'master', which does not exist"))
    #expect(outcome.stderr.contains("hint: git symbolic-ref HEAD"))
    #expect(try push("origin", "\(fixture.id("base")):refs/heads/one").status == 0)
    // A tag on what is there brings nothing; one on a new commit does.
    #expect(try push("origin", "\(fixture.id("base")):refs/tags/v1").status == 0)
    try fixture.git("commit", "--quiet", "--allow-empty", "-m", "more")
    #expect(try push("origin", "main:refs/tags/v2").status == 1)
  }

  @Test func `a first push of several branches is compared with its own main branch`() throws {
    let empty = fixture.beside("empty.git")
    try fixture.git("init", "--quiet", "--bare", "--initial-branch=main", empty)
    try Tool.command(["install"], in: empty).succeed()
    let base = fixture.id("base")
    let outcome = try push(empty, "\(base):refs/heads/main", "main:topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
  }

  @Test func `an approval on the pushed branch itself does not count`() throws {
    try install()
    let id = try findingID()
    try fixture.git("checkout", "--quiet", "-b", "topic", fixture.id("base"))
    try fixture.stage(approval(of: id), at: ".connref-accepted.yml")
    try fixture.git("commit", "--quiet", "-m", "approval")
    #expect(try push("origin", "topic").status == 0)
    try fixture.stage(Sales.recreated.files())
    try fixture.git("commit", "--quiet", "-m", "again")
    let outcome = try push("origin", "topic")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("'.connref-accepted.yml' of this change accepts it"))
    // On the main branch it does.
    #expect(try push("origin", "topic~1:main").status == 0)
    #expect(try push("origin", "topic").status == 0)
  }

  private func findingID() throws -> String {
    let text = try Tool.command(
      ["check", "HEAD~1..HEAD", "--format", "csv"], in: fixture.path
    ).run().stdout
    let row = try #require(text.split(separator: "\n").first { $0.contains("reference-recreated") })
    return try #require(row.firstMatch(of: /[0-9a-f]{12}/).map { String($0.output) })
  }

  private func approval(of id: String) -> TestFile {
    TestFile(
      "- {id: \(id), rule: reference-recreated, names: [\(Sales.old.name), \(Sales.new.name)], "
        + "reason: moved}\n")
  }

  @Test func `a push that breaks the policy is refused, and one that corrects it is let in`() throws
  {
    try install()
    let server = server
    func pushMain(_ text: String, _ more: [String: TestFile] = [:]) throws -> RunOutcome {
      try fixture.stage(TestFile(text), at: ".connref.yml")
      try fixture.stage(more.mapValues { $0 })
      try fixture.git("commit", "--quiet", "-m", "configuration")
      return try push("origin", "HEAD:main")
    }
    try fixture.git("checkout", "--quiet", "--detach", fixture.id("base"))
    #expect(try pushMain("main: main\n").status == 0)
    let broken = try pushMain("rules: [\n")
    #expect(broken.status == 1)
    #expect(broken.stderr.contains("remote: error: could not read '.connref.yml'"))
    try Command("git", "--git-dir", server, "fetch", "--quiet", fixture.path, "+HEAD:main")
      .succeed()
    let hidden = try pushMain("rules: {reference-recreated: off}\n", Sales.recreated.files())
    #expect(hidden.status == 1)
    #expect(hidden.stderr.contains("remote: \(recreatedLine)"))
    try fixture.git("reset", "--quiet", "--hard", "HEAD~1")
    let corrected = try pushMain("main: main\n")
    #expect(corrected.status == 0)
    #expect(corrected.stderr.contains("the built-in defaults are used"))
  }

  @Test func `one branch that breaks keeps the others out`() throws {
    try install()
    try fixture.git("branch", "fine", fixture.id("base"))
    try expectRefused(push("origin", "fine", "main"))
    #expect(throws: (any Error).self) { try tip("fine") }
  }

  @Test func `the update hook refuses the broken branch alone`() throws {
    try install("update")
    try fixture.git("branch", "fine", fixture.id("base"))
    try expectRefused(push("origin", "fine", "main"))
    #expect(try tip("fine") == fixture.id("base"))
  }

  @Test func `what breaks nothing is let in`() throws {
    try install()
    try fixture.git("reset", "--quiet", "--hard", fixture.id("base"))
    try fixture.stage("1", at: "docs/a.md")
    try fixture.git("commit", "--quiet", "-m", "docs")
    let outcome = try push("--quiet", "origin", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said == "")
  }

  @Test func `deletions and tags of files are let in`() throws {
    try install()
    try fixture.git("--git-dir", server, "branch", "topic", fixture.id("base"))
    #expect(try push("--quiet", "origin", "--delete", "topic").status == 0)
    let blob = try fixture.git("hash-object", "-w", "--stdin", input: "1")
    try fixture.git("tag", "blob", blob)
    #expect(try push("--quiet", "origin", "blob").status == 0)
  }

  @Test func `the first push to an empty server is let in with a word`() throws {
    let empty = fixture.beside("empty.git")
    try fixture.git("init", "--quiet", "--bare", "--initial-branch=main", empty)
    try Tool.command(["install"], in: empty).succeed()
    let outcome = try push(empty, "main")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("the remote has no branch 'main' yet: nothing to compare with"))
  }

  @Test func `a branch that has nothing in common is let in with a word`() throws {
    try install()
    try fixture.git("checkout", "--quiet", "--orphan", "alone")
    try fixture.git("commit", "--quiet", "-m", "alone")
    let outcome = try push("origin", "alone")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("no commit in common with 'main'"))
  }

  @Test func `what is pushed and cannot be read is refused`() throws {
    try install()
    try fixture.stage("not xml", at: "solutions/Sales/Other/Customizations.xml")
    try fixture.git("commit", "--quiet", "-m", "odd")
    let outcome = try push("origin", "main")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: error: could not read 'solutions/Sales/Other/"))
  }

  @Test func `post-receive reports what was let in`() throws {
    try install("post-receive")
    let outcome = try push("origin", "main")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
    #expect(outcome.stderr.contains("remote: the push is done, and this branch is broken"))
    #expect(try tip() == fixture.git("rev-parse", "main"))
  }

  @Test func `a server without connref lets in with a warning`() throws {
    try HookedRepository.installAndForget(in: server)
    let outcome = try Command("git", "push", "origin", "main", in: fixture.path)
      .setting(["PATH": "/usr/bin:/bin"]).run()
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("remote: warning: could not find connref"))
  }

  @Test func `a branch name with quotes and marks is text and nothing else`() throws {
    try install()
    try fixture.git("--git-dir", server, "branch", "-m", "main", "trunk")
    let name = "a'\"$(touch${IFS}x);##vso\u{202e}"
    let outcome = try push("origin", "HEAD:refs/heads/\(name)")
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("remote: \(recreatedLine)"))
    #expect(!outcome.stdout.contains("\u{202e}"))
    #expect(try fixture.command("ls", arguments: [server]).succeed().lines.contains("x") == false)
  }
}
