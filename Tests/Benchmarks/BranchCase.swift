/// What a branch brings, in a repository of 40,000 commits.
enum BranchCase: BenchCase {
  static let name = "branch"

  static func make(_ repository: BenchRepository) throws {
    var solution = InventedSolution(folder: "solutions/Bench", flows: 100)
    repository.commit(to: "main", OtherFiles.files(4_800) + solution.files)
    for number in 1..<39_950 {
      repository.commit(
        to: "main", [("src/part\(number % 48)/unit0/file\(number % 48 * 100).ts", "\(number)\n")])
    }
    repository.commit(to: "feature", from: "main", [("src/new.ts", "new\n")])
    solution.version = 2
    for number in 0..<5 { repository.commit(to: "feature", [solution.flowFile(number)]) }
    for number in 0..<50 {
      repository.commit(
        to: "main", [("src/part0/unit0/file0.ts", "main \(number)\n")])
    }
    try repository.make(head: "feature")
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.compare(
        "check --against main", ["check", "--against", "main"],
        git: ["diff", "--raw", "main...HEAD"], goal: 30)
    ]
  }
}
