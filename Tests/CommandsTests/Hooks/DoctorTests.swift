import TestSupport
import Testing

/// What `connref doctor` proves, and what it finds wrong.
@Suite struct DoctorTests {
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository { Commit("base", Sales.base.files()) }
  }

  @Test func `every installed hook fires and finds connref`() throws {
    _ = try fixture.connref("install")
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 0)
    #expect(
      outcome.stderr == """
        pre-commit fires and finds connref
        pre-merge-commit fires and finds connref
        pre-applypatch fires and finds connref
        post-commit fires and finds connref
        post-merge fires and finds connref
        post-rewrite fires and finds connref
        pre-push fires and finds connref

        """)
    #expect(try fixture.git("status", "--porcelain") == "")
  }

  @Test func `the hooks of a server fire too`() throws {
    let bare = try TestRepository(bare: true)
    _ = try bare.connref("install")
    _ = try bare.connref("install", "--hook", "update")
    let outcome = try bare.connref("doctor")
    #expect(outcome.status == 0)
    #expect(
      outcome.stderr == """
        pre-receive fires and finds connref
        update fires and finds connref
        post-receive fires and finds connref
        there is no branch yet: the first push is compared with nothing

        """)
  }

  @Test func `what a server compares new branches with is named`() throws {
    let bare = try TestRepository(bare: true) { Commit("base", Sales.base.files()) }
    let named = try bare.connref("install")
    #expect(named.stderr.hasSuffix("new branches are compared with 'main'\n"))
    try bare.git("symbolic-ref", "HEAD", "refs/heads/master")
    let missing = """
      HEAD names 'master', which does not exist: new branches are compared with 'main'
      hint: git symbolic-ref HEAD refs/heads/main

      """
    #expect(try bare.connref("install").stderr.hasSuffix(missing))
    let doctor = try bare.connref("doctor")
    #expect(doctor.status == 0 && doctor.stderr.hasSuffix(missing))
    try bare.git("branch", "one", "main")
    try bare.git("branch", "-m", "main", "two")
    let unclear = try bare.connref("doctor")
    #expect(unclear.status == 2)
    #expect(
      unclear.stderr.contains(
        "warning: HEAD names 'master', which does not exist, and none of the others looks like"))
    #expect(unclear.stderr.contains("hint: git symbolic-ref HEAD refs/heads/BRANCH"))
  }

  @Test func `a PATH without connref is named`() throws {
    try HookedRepository.installAndForget(in: fixture.path)
    let outcome = try fixture.connref("doctor", environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("error: pre-commit fires and does not find connref\n"))
  }

  @Test func `without any hook there is one error`() throws {
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 2)
    #expect(outcome.stderr == "error: no hook is installed\nhint: connref install\n")
  }

  @Test func `hooks that were left out are a note, and one that another program wrote is none`()
    throws
  {
    try fixture.hook("post-commit", "exit 0")
    _ = try fixture.connref("install", "--hook", "pre-commit", "--hook", "pre-push")
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("not installed: pre-merge-commit, pre-applypatch, post-merge"))
    #expect(!outcome.stderr.contains("error"))
  }

  @Test func `update alone does what pre-receive does`() throws {
    let bare = try TestRepository(bare: true)
    _ = try bare.connref("install", "--hook", "update")
    let outcome = try bare.connref("doctor")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("not installed: post-receive\n"))
  }

  @Test(arguments: ["doctor", "install", "uninstall"])
  func `hooks that are switched off are called so`(command: String) throws {
    try fixture.git("config", "core.hooksPath", "/dev/null")
    let outcome = try fixture.connref(command)
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.hasPrefix(
        "error: hooks are switched off (core.hooksPath is /dev/null)\nhint: "))
    #expect(outcome.stderr.contains("--unset core.hooksPath\n"))
  }

  @Test func `what is missing, edited, foreign or not executable is named`() throws {
    _ = try fixture.connref("install")
    let script = """
      cd .git/hooks && rm pre-commit && echo true >>pre-push && chmod -x post-merge \
      && echo '#!/bin/sh' >post-commit
      """
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 2)
    for line in [
      "not installed: pre-commit\nhint: connref install --hook pre-commit adds them\n",
      "error: post-merge is not executable, and git passes over it\n",
      "error: post-commit is a hook that connref did not write\n",
      "pre-push' was edited by hand\n", "post-rewrite fires and finds connref\n",
    ] { #expect(outcome.stderr.contains(line)) }
  }

  @Test func `the hook of a manager that calls connref is fine, and install leaves it`() throws {
    let script = "#!/bin/sh\n# File generated by prek: https://github.com/j178/prek\nexit 0"
    try fixture.hook("pre-commit", script)
    try fixture.write(
      TestFile("repos: [{hooks: [{id: connref-system}]}]\n"), to: ".pre-commit-config.yaml")
    #expect(try fixture.connref("install").stderr.contains(managed))
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains(managed))
  }

  private let managed = "pre-commit is run by prek, which calls connref\n"

  @Test func `an earlier hook is not run by it`() throws {
    try fixture.hook("pre-commit", "touch \"$HOME/ran\" ran; exit 1")
    _ = try fixture.connref("install")
    #expect(try fixture.connref("doctor").status == 0)
  }

  @Test func `a core.hooksPath outside is named`() throws {
    try fixture.git("config", "core.hooksPath", fixture.beside("shared hooks"))
    _ = try fixture.connref("install", "--shared")
    let outcome = try fixture.connref("doctor")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.hasPrefix("git looks for hooks outside of this repository, in '"))
  }

  @Test(arguments: ["system", "global", "local", "worktree"])
  func `the scope that sets core.hooksPath is named, and what changes it`(scope: String) throws {
    let environment: [String: String?] = [
      "GIT_CONFIG_NOSYSTEM": nil, "GIT_CONFIG_SYSTEM": fixture.beside("system"),
      "GIT_CONFIG_GLOBAL": fixture.beside("global"),
    ]
    try fixture.git("config", "extensions.worktreeConfig", "true")
    try fixture.git(
      "config", "--\(scope)", "core.hooksPath", ".githooks", environment: environment)
    let outcome = try fixture.connref("doctor", environment: environment)
    #expect(outcome.stderr.contains("/.githooks' (core.hooksPath, set in the \(scope) scope)\n"))
    let removal = "git config --\(scope) --unset core.hooksPath"
    #expect(outcome.stderr.contains("hint: to change it: \(removal)\n"))
    try fixture.command("sh", arguments: ["-c", removal]).setting(environment).succeed()
    #expect(try !fixture.connref("doctor", environment: environment).said.contains("hooksPath"))
  }

  @Test func `a core.hooksPath of the environment, of an include and of XDG is named`() throws {
    let set = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.hooksPath", "GIT_CONFIG_VALUE_0": "mine",
    ]
    let first = try fixture.connref("doctor", environment: set)
    #expect(first.stderr.contains("(core.hooksPath, set in the environment)\nhint: leave out "))
    let home = fixture.beside("it's home")
    let setting = TestFile("[core]\n\thooksPath = mine\n")
    try setting.write(to: home + "/.config/git/config")
    let environment: [String: String?] = ["HOME": home, "GIT_CONFIG_GLOBAL": nil]
    let second = try fixture.connref("doctor", environment: environment)
    #expect(
      second.stderr.contains("set in the global scope)\nhint: to change it: git config --file"))
    #expect(second.stderr.contains("it'\\''s home/.config/git/config' --unset core.hooksPath\n"))
    try setting.write(to: fixture.beside("included"))
    try fixture.git("config", "include.path", fixture.beside("included"))
    let third = try fixture.connref("doctor", environment: environment)
    #expect(third.stderr.contains("set in the local scope)\nhint: it is set in an included file"))
  }
}
