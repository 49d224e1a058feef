/// A repository described in code and made by real git, removed with this object: keep it in a
/// constant for as long as its path is used.
///
///     let fixture = try TestRepository {
///       Commit("base", ["a": "1"])
///       Commit("side", on: "side", from: "main", ["b": "2"])
///       Commit("merge", merging: "side", ["b": "2"])
///     }
///
/// `main` is checked out, unless the repository is bare or has no commit there. The same text gives
/// the same commit ids.
package final class TestRepository: Sendable {
  private let folder: TemporaryFolder
  private let ids: [String: String]
  /// The worktree, or the bare repository itself: absolute, with a space in it.
  package let path: String
  package let isBare: Bool

  package init(
    bare isBare: Bool = false, initArguments: [String] = [],
    @History _ history: () throws -> [Commit] = { [] }
  ) throws {
    let commits = try history()
    folder = try TemporaryFolder()
    self.isBare = isBare
    path = "\(folder.path)/\(isBare ? "repository.git" : "repository")"
    try Command(
      "git",
      arguments: ["init", "--quiet", "--initial-branch=main"] + (isBare ? ["--bare"] : [])
        + initArguments + [path]
    ).succeed()
    guard !commits.isEmpty else {
      ids = [:]
      return
    }
    let imported = try FastImport(commits)
    let marksFile = "\(folder.path)/marks"
    try Command(
      "git", "fast-import", "--quiet", "--done", "--export-marks=\(marksFile)", in: path
    ).reading(imported.stream).succeed()
    let lines = try Command("cat", marksFile).succeed().lines
    var idOfMark: [String: String] = [:]
    for line in lines {
      let parts = line.split(separator: " ")
      if let mark = parts.first, let id = parts.last { idOfMark[String(mark)] = String(id) }
    }
    ids = imported.marks.compactMapValues { idOfMark[":\($0)"] }
    let hasMain = commits.contains { $0.branch == "main" }
    if hasMain && !isBare { try git("reset", "--quiet", "--hard", "main") }
  }

  /// The id of the commit with this message, in hexadecimal.
  package func id(_ message: String) -> String {
    guard let id = ids[message] else {
      preconditionFailure("no commit of the fixture is called '\(message)'")
    }
    return id
  }

  /// A folder beside the repository for clones, worktrees and the like; goes with the repository.
  package func beside(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// Runs git in the worktree and gives what it prints, without line ends after it; throws with
  /// what git said unless its status is 0.
  @discardableResult
  package func git(
    _ arguments: String..., environment: [String: String?] = [:], input: String = ""
  ) throws -> String {
    var text = try command("git", arguments: arguments).setting(environment)
      .reading(input.utf8).succeed().stdout[...]
    while text.last == "\n" { text = text.dropLast() }
    return String(text)
  }

  /// Any program, in the worktree.
  package func command(_ executable: String, arguments: [String] = []) -> Command {
    Command(executable, arguments: arguments, in: path)
  }

  /// Writes into the worktree; stages nothing.
  package func write(_ file: TestFile, to name: String) throws {
    try file.write(to: "\(path)/\(name)")
  }

  /// Writes into the worktree and stages it.
  package func stage(_ file: TestFile, at name: String) throws {
    try write(file, to: name)
    try git("add", "--force", "--", name)
  }

  /// Installs a shell script as a hook of the repository.
  package func hook(_ name: String, _ script: String) throws {
    let hooks = try git("rev-parse", "--path-format=absolute", "--git-path", "hooks")
    // A child writes it: what this process has open for writing, a program that another thread starts
    // holds for a moment, and running it would be refused ("text file busy").
    try command("sh", arguments: ["-c", "cat >\"$0\" && chmod +x \"$0\"", "\(hooks)/\(name)"])
      .reading(("#!/bin/sh\n" + script + "\n").utf8).succeed()
  }
}
