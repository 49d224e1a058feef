import TestSupport
import Testing

/// What a misspelt word gets: the one that may have been meant.
@Suite struct SuggestionTests {
  @Test(arguments: [
    (["chekc"], 64, "hint: did you mean 'connref check'?"),
    (["help", "chekc"], 64, "hint: did you mean 'connref check'?"),
    (["check", "--format", "josn"], 64, "hint: did you mean 'json'?"),
    (["install", "--hook", "precommit"], 64, "hint: did you mean 'pre-commit'?"),
    (
      ["explain", "recreated"], 64,
      "hint: did you mean 'reference-recreated' or 'environment-recreated'?"
    ),
    (["settings", "synk"], 64, "hint: did you mean 'connref settings sync'?"),
    (["frobnicate"], 64, "hint: connref --help lists them"),
    (["check", "--worktre"], 64, "did you mean '--worktree'?"),
    (["explain", "link-losd"], 64, "hint: did you mean 'link-lost'?"),
    (["check", "mian..HEAD"], 2, "hint: did you mean 'main'?"),
    (["audit", "mian~1"], 2, "hint: did you mean 'main~1'?"),
    (["list", "--solution", "Slaes"], 64, "hint: did you mean 'Sales'?"),
    (["--versoin"], 64, "hint: did you mean '--version'?"),
    (["--verison"], 64, "hint: did you mean '--version'?"),
    (["--quite", "check"], 64, "hint: options follow a command: connref check --quiet"),
    (["-C", "..", "history"], 64, "hint: did you mean 'connref history --repository ..'?"),
    (
      ["settings", "check", "-C", ".."], 64,
      "hint: did you mean 'connref settings check --repository ..'?"
    ),
    (["check", "--staged"], 64, "hint: 'connref check' alone looks at what is staged"),
    (["check", "--cached"], 64, "hint: 'connref check' alone looks at what is staged"),
    (["check", "--stagd"], 64, "hint: 'connref check' alone looks at what is staged"),
    (["doctor", "--repo", "."], 64, "hint: did you mean '--repository'?"),
    (["history", "--all"], 64, "hint: 'connref history' alone looks at all branches and tags"),
    (["audit", "--worktree"], 64, "hint: 'connref audit' alone looks at the files on the disk"),
    (["audit", "--json"], 64, "hint: did you mean '--format json'?"),
  ])
  func `a misspelt word gets the nearest one`(
    arguments: [String], status: Int, hint: String
  ) throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == Int32(status))
    #expect(outcome.stderr.lowercased().contains(hint.lowercased()), "\(outcome.stderr)")
  }

  @Test(arguments: [
    (
      ["check", "HEAD"],
      "hint: what is staged: connref check; the last commit: connref check HEAD~1"
    ),
    (["check", "main"], "hint: connref check main..HEAD, or connref check --against main"),
    (["check", "."], "hint: for the files here: connref check --worktree"),
    (["check", "main", "HEAD"], "hint: connref check main..HEAD"),
    (
      ["check", "solutions", "HEAD"],
      "write two revisions as one range: connref check solutions..HEAD"
    ),
    (["check", "old.zip", "new.zip"], "there is no 'old.zip'"),
    (["check", "old.zip"], "could not find 'old.zip'"),
    (["check", "nofolder", "HEAD"], "'nofolder' is neither a folder, a zip nor a revision"),
    (
      ["check", "nofolder", "nofolder2"],
      "hint: connref check OLD NEW compares two folders or zips, connref check A..B two revisions"
    ),
    (["check", "./solutions", "HEAD"], "hint: give two folders or zips that exist"),
  ])
  func `a check of one side says how two are given`(arguments: [String], said: String) throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("more", ["notes.md": "more"])
    }
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains(said), "\(outcome.stderr)")
  }

  @Test func `without a repository a hint says what works without one`() throws {
    let folder = try TemporaryFolder()
    for (command, hint) in [
      ("check", "connref check OLD NEW"), ("audit", "connref audit Sales.zip"),
      ("history", "git init"),
    ] {
      let outcome = try Tool.command([command], in: folder.path).run()
      #expect(outcome.status == 2)
      #expect(outcome.stderr.contains(hint), "\(outcome.stderr)")
    }
  }

  @Test func `the first four digits of an id are enough`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try fixture.connref("explain", "1470").stdout.contains("1470f93ee416"))
    #expect(try fixture.connref("repair", "1470F9").stdout.hasPrefix("diff --git"))
    let accepted = try fixture.connref("accept", "1470", "--reason", "planned")
    #expect(accepted.stderr.contains("accepted 1470f93ee416"))
    #expect(try fixture.connref("repair", "147").status == 64)
  }

  @Test func `an id with a wrong digit gets the one that is there`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("explain", "1470f93ee417")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("hint: did you mean '1470f93ee416'?"), "\(outcome.stderr)")
  }
}
