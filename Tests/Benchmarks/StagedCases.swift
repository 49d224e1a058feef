/// How long the program takes to do nothing.
enum StartCase: BenchCase {
  static let name = "start"

  static func rows(on stage: Stage) throws -> [Row] {
    [try stage.compare("start", ["--version"], git: ["--version"], goal: 4)]
  }
}

/// A commit that concerns no solution: what every other commit pays.
enum IdleCase: BenchCase {
  static let name = "idle"

  static func make(_ repository: BenchRepository) throws {
    let solution = InventedSolution(folder: "solutions/Bench", flows: 100)
    repository.commit(to: "main", OtherFiles.files(4_800) + solution.files)
    try repository.make()
    repository.commit(to: "staged", from: "main", [("src/part1/unit1/file110.ts", "changed\n")])
    try repository.stage("staged")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.compare(
        "pre-commit, nothing of a solution", ["hook", "pre-commit"],
        git: ["diff", "--cached", "--raw"], ratio: 2.5),
      try stage.compare(
        "check, nothing of a solution", ["check"],
        git: ["diff", "--cached", "--raw"], goal: 15),
    ]
  }
}

/// A solution of 1,000 flows is added at once.
enum NewFlowsCase: BenchCase {
  static let name = "new"

  static func make(_ repository: BenchRepository) throws {
    repository.commit(to: "main", OtherFiles.files(1_000))
    try repository.make()
    repository.commit(
      to: "staged", from: "main", InventedSolution(folder: "solutions/Bench", flows: 1_000).files)
    try repository.stage("staged")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.compare(
        "check, 1,000 flows new", ["check"], git: ["diff", "--cached", "--raw"],
        goal: 100)
    ]
  }
}

/// Every one of 1,000 flows changed, and the manifest, as an export does it.
enum ModifiedFlowsCase: BenchCase {
  static let name = "modified"

  static func make(_ repository: BenchRepository) throws {
    var solution = InventedSolution(folder: "solutions/Bench", flows: 1_000)
    repository.commit(to: "main", OtherFiles.files(1_000) + solution.files)
    try repository.make()
    solution.version = 2
    repository.commit(to: "staged", from: "main", solution.files)
    try repository.stage("staged")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.compare(
        "check, 1,000 flows modified", ["check"],
        git: ["diff", "--cached", "--raw"], goal: 100)
    ]
  }
}
