import Git
import TestSupport
import Testing

@Suite struct FormatTests {
  @Test(arguments: [
    "worktreeConfig", "partialClone", "preciousObjects", "relativeWorktrees", "noop",
  ])
  func `an extension that changes nothing for readers is let pass`(name: String) throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", "extensions.\(name)", name == "partialClone" ? "origin" : "true")
    let repository = try fixture.open()
    #expect(try repository.head().commit == fixture.objectID("base"))
    #expect(try paths(repository.index()) == ["a"])
  }

  @Test func `an unknown extension is not guessed at`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", "extensions.fromTheFuture", "true")
    let error = try #require(throws: GitError.self) { try fixture.open() }
    #expect(error.kind == .unsupported)
    #expect(error.message.hasPrefix("could not open '\(fixture.path)': "))
  }

  @Test func `sha256 is named as what cannot be read`() throws {
    let fixture = try TestRepository(initArguments: ["--object-format=sha256"])
    let error = try #require(throws: GitError.self) { try fixture.open() }
    #expect(
      error
        == GitError(
          .unsupported,
          "could not read repository '\(fixture.path)': it uses the object format 'sha256', "
            + "which connref cannot read yet"))
  }

  @Test func `reftable is named as what cannot be read`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("config", "core.repositoryFormatVersion", "1")
    try fixture.git("config", "extensions.refStorage", "reftable")
    let error = try #require(throws: GitError.self) { try fixture.open() }
    #expect(error.kind == .unsupported)
    #expect(error.message.contains("it uses the reference format 'reftable'"))
  }

  @Test func `a worktree's own configuration counts only where it is switched on`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.write("[core]\nhooksPath = mine\n", to: ".git/config.worktree")
    #expect(try fixture.open().configuration("core.hooksPath") == nil)
    try fixture.git("config", "extensions.worktreeConfig", "true")
    #expect(try fixture.open().configuration("core.hooksPath") == "mine")
  }
}
