import Foundation

/// The files on the disk of a large repository, of which few are a solution's.
enum WorktreeCase: BenchCase {
  static let name = "worktree"

  static func make(_ repository: BenchRepository) throws {
    let solution = InventedSolution(folder: "solutions/Bench", flows: 100)
    repository.commit(to: "main", OtherFiles.files(99_798) + solution.files)
    try repository.make()
    try repository.checkOut()
  }

  static func rows(on stage: Stage) throws -> [Row] {
    try [["list"], ["audit"], ["check", "--worktree"]].map { arguments in
      try stage.compare(
        "\(arguments.joined(separator: " ")), 100,000 files", arguments,
        git: ["status", "--porcelain"], goal: 120)
    }
  }
}

/// A commit that concerns no solution, in a repository of 100,000 files.
enum LargeIdleCase: BenchCase {
  static let name = "idle100"

  static func make(_ repository: BenchRepository) throws {
    let solution = InventedSolution(folder: "solutions/Bench", flows: 100)
    repository.commit(to: "main", OtherFiles.files(99_798) + solution.files)
    try repository.make()
    repository.commit(to: "staged", from: "main", [("src/part1/unit1/file110.ts", "changed\n")])
    try repository.stage("staged")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.compare(
        "pre-commit, 100,000 files", ["hook", "pre-commit"], git: ["diff", "--cached", "--raw"],
        ratio: 2.5)
    ]
  }
}

/// 20 settings files that bind 1,000 references, half of which have no row yet.
enum SettingsCase: BenchCase {
  static let name = "settings"

  private static let references = 1_000

  static func make(_ repository: BenchRepository) throws {
    let solution = InventedSolution(
      folder: "solutions/Bench", flows: references, references: references)
    let settings = (0..<20).map { number in
      (path: "config/env\(number).json", text: solution.settings(of: 0..<references / 2, number))
    }
    repository.commit(to: "main", solution.files + settings)
    try repository.make()
    try repository.checkOut()
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.measure("audit, 20 x 1,000 rows", ["audit"], goal: 200),
      try stage.measure(
        "settings sync, 20 x 1,000 rows", ["settings", "sync", "--check"], goal: 200),
      try stage.measure("settings check, 20 x 1,000 rows", ["settings", "check"], goal: 200),
    ]
  }
}

/// Every reference of one solution gets another name at once.
enum RenamedCase: BenchCase {
  static let name = "renamed"

  private static let sizes = [1_000, 2_000, 4_000]

  static func make(_ repository: BenchRepository) throws {
    for size in sizes {
      let inner = try repository.inner("\(size)")
      var solution = InventedSolution(
        folder: "solutions/Bench", flows: size, references: size)
      inner.commit(to: "main", solution.files)
      try inner.make()
      for number in 0..<size { solution.generations[number] = 1 }
      inner.commit(to: "staged", from: "main", solution.files)
      try inner.stage("staged")
    }
  }

  static func rows(on stage: Stage) throws -> [Row] {
    try sizes.map { size in
      try stage.with(folder: "\(stage.folder)/\(size)", runs: 5)
        .measure("check, \(size) references renamed", ["check"], goal: 2 * Double(size))
    }
  }
}
