import TestSupport
import Testing

/// A repository in which `connref install` ran, and git that finds the built tool in its hooks.
struct HookedRepository {
  let fixture: TestRepository

  init(@History _ history: () throws -> [Commit] = { [] }) throws {
    fixture = try TestRepository(history)
    try install(in: fixture.path)
  }

  /// `broken` re-created the reference; `main` went on with something else.
  static func withBrokenBranch() throws -> HookedRepository {
    try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("again", on: "broken", from: "main", Sales.recreated.files())
      Commit("docs", ["docs/a.md": "1"])
    }
  }

  func install(in folder: String) throws {
    try Tool.command(["install"], in: folder).succeed()
  }

  /// Installs by a copy of the tool that is removed afterwards, as when it is uninstalled.
  static func installAndForget(_ arguments: [String] = [], in folder: String) throws {
    let script = """
      folder=$(mktemp -d) && cp "$0" "$folder/connref" && cd "$1" && shift \\
      && "$folder/connref" install "$@"; status=$?; rm -rf "$folder"; exit $status
      """
    try Command(
      "/bin/sh", arguments: ["-c", script, Tool.folder + "/connref", folder] + arguments, in: folder
    ).succeed()
  }

  /// Runs git with the hooks on; a status other than 0 is an outcome.
  func git(
    _ arguments: String..., in folder: String? = nil, environment: [String: String?] = [:]
  ) throws -> RunOutcome {
    try Command("git", arguments: arguments, in: folder ?? fixture.path)
      .setting(["PATH": Tool.path, "GIT_EDITOR": "true"]).setting(environment).run()
  }

  /// The commit that a revision names.
  func tip(_ revision: String = "HEAD", in folder: String? = nil) throws -> String {
    try Command("git", "rev-parse", "--verify", revision, in: folder ?? fixture.path)
      .succeed().lines.first ?? ""
  }

  /// A bare repository beside this one that has all of its branches, as remote `origin`.
  func addRemote() throws -> String {
    let remote = fixture.beside("remote.git")
    try Command("git", "clone", "--quiet", "--bare", fixture.path, remote).succeed()
    try fixture.git("remote", "add", "origin", remote)
    try fixture.git("fetch", "--quiet", "origin")
    return remote
  }
}

/// The first line of what is reported of a reference that was re-created.
let recreatedLine = "error[reference-recreated] solutions/Sales/Other/Customizations.xml:6"
