/// What twice the commits, twice the flows, and twice of both cost: a history of one solution whose
/// exports change two flows each.
enum GrowthCase: BenchCase {
  static let name = "growth"

  private static let sizes = [
    (commits: 5_000, flows: 125), (commits: 10_000, flows: 125), (commits: 5_000, flows: 250),
    (commits: 10_000, flows: 250),
  ]

  private static func folder(_ size: (commits: Int, flows: Int)) -> String {
    "\(size.commits)x\(size.flows)"
  }

  static func make(_ repository: BenchRepository) throws {
    for size in sizes { try make(size, in: try repository.inner(folder(size))) }
  }

  private static func make(
    _ size: (commits: Int, flows: Int), in repository: BenchRepository
  ) throws {
    var solution = InventedSolution(folder: "solutions/Bench", flows: size.flows)
    repository.commit(to: "main", solution.files)
    for number in 1..<size.commits {
      solution.version = number + 1
      if number.isMultiple(of: 200) {
        let reference = number / 200 % solution.references
        solution.generations[reference, default: 0] += 1
        repository.commit(to: "main", solution.filesNaming(reference))
      } else {
        repository.commit(
          to: "main",
          [7, 13].map { solution.flowFile(number * $0 % size.flows) } + [solution.manifestFile])
      }
    }
    try repository.make()
  }

  static func rows(on stage: Stage) throws -> [Row] {
    try sizes.map { size in
      let once = stage.with(folder: "\(stage.folder)/\(folder(size))", runs: 3)
      return try once.compare(
        "history, \(size.commits) x \(size.flows) flows", ["history"],
        git: ["log", "--all", "--raw", "-m", "--no-renames"], ratio: 2)
    }
  }
}
