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

        """)
  }

  @Test func `a PATH without connref is named`() throws {
    _ = try fixture.connref("install")
    let outcome = try fixture.connref("doctor", environment: ["PATH": "/usr/bin:/bin"])
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("error: pre-commit fires and does not find connref\n"))
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
      "error: pre-commit is not installed\nhint: connref install\n",
      "error: post-merge is not executable, and git passes over it\n",
      "error: post-commit is a hook that connref did not write\n",
      "pre-push' was edited by hand\n", "post-rewrite fires and finds connref\n",
    ] { #expect(outcome.stderr.contains(line)) }
  }

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
    #expect(outcome.stderr.contains("git config --show-scope --show-origin core.hooksPath"))
  }
}
