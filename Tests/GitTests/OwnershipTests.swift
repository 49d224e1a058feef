import Git
import TestSupport
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Only root can give a folder to another user.
@Suite(.enabled(if: geteuid() == 0)) struct OwnershipTests {
  private func foreign(_ part: String = "") throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try Command("chown", "-R", "12345", fixture.path + part).succeed()
    return fixture
  }

  private func isOpenedByGit(
    _ fixture: TestRepository, _ variables: [String: String]
  ) throws -> Bool {
    try fixture.command("git", arguments: ["rev-parse", "HEAD"])
      .setting(variables.mapValues { $0 }).run().status == 0
  }

  @Test(arguments: ["", "/.git"])
  func `another user's repository is refused with the way out`(part: String) throws {
    let fixture = try foreign(part)
    #expect(try !isOpenedByGit(fixture, [:]))
    let error = try #require(throws: GitError.self) { try fixture.open() }
    #expect(
      error
        == GitError(
          .notOwned, "could not open '\(fixture.path)': it is owned by another user",
          hint: "git config --global --add safe.directory '\(fixture.path)'"))
    #expect(throws: GitError.self) { try fixture.open(at: fixture.path) }
  }

  @Test func `safe directory in the global configuration is honoured, as git does`() throws {
    let fixture = try foreign()
    let configuration = fixture.beside("global")
    let global = ["GIT_CONFIG_GLOBAL": configuration]
    let cases = [
      ("", false), ("directory = \(fixture.path)", true), ("directory = *", true),
      ("directory = /elsewhere", false), ("directory = *\ndirectory =", false),
      ("directory = /elsewhere\ndirectory = *", true),
    ]
    for (line, isSafe) in cases {
      try TestFile("[safe]\n\(line)\n").write(to: configuration)
      #expect(try isOpenedByGit(fixture, global) == isSafe, "\(line)")
      #expect(((try? fixture.open(global)) != nil) == isSafe, "\(line)")
    }
  }

  @Test func `safe directory counts in HOME and in the environment`() throws {
    let fixture = try foreign()
    let home = fixture.beside("home")
    try TestFile("[safe]\ndirectory = *\n").write(to: home + "/.gitconfig")
    var atHome = Command.closedWorld.merging(["HOME": home]) { $1 }
    atHome["GIT_CONFIG_GLOBAL"] = nil
    _ = try Repository(folder: fixture.path, environment: atHome)
    let counted = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory", "GIT_CONFIG_VALUE_0": "*",
    ]
    #expect(try isOpenedByGit(fixture, counted))
    _ = try fixture.open(counted)
    let parameters = ["GIT_CONFIG_PARAMETERS": "'safe.directory'='\(fixture.path)'"]
    #expect(try isOpenedByGit(fixture, parameters))
    _ = try fixture.open(parameters)
  }

  @Test func `a repository cannot call itself safe`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.git("config", "safe.directory", "*")
    try Command("chown", "-R", "12345", fixture.path).succeed()
    #expect(throws: GitError.self) { try fixture.open() }
  }

  @Test func `GIT_DIR is trusted, as git does in hooks`() throws {
    let fixture = try foreign()
    #expect(try isOpenedByGit(fixture, ["GIT_DIR": ".git"]))
    _ = try fixture.open(["GIT_DIR": ".git"])
  }

  @Test func `root by way of sudo reads what belongs to the caller`() throws {
    let fixture = try foreign()
    #expect(try isOpenedByGit(fixture, ["SUDO_UID": "12345"]))
    _ = try fixture.open(["SUDO_UID": "12345"])
    #expect(throws: GitError.self) { try fixture.open(["SUDO_UID": "54321"]) }
  }
}
