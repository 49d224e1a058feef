/// A long history: 100 solutions of ten flows, and most commits an export of one of them.
protocol HistoryCase: BenchCase {
  static var commits: Int { get }
}

enum ShortHistoryCase: HistoryCase {
  static let name = "history5"
  static let commits = 5_000
}

enum LongHistoryCase: HistoryCase {
  static let name = "history10"
  static let commits = 10_000
}

enum LongestHistoryCase: HistoryCase {
  static let name = "history20"
  static let commits = 20_000
}

extension HistoryCase {
  static func make(_ repository: BenchRepository) throws {
    var solutions = (0..<100).map { number in
      var solution = InventedSolution(folder: "solutions/Team\(number)", flows: 10)
      solution.name = "Team\(number)"
      solution.firstFlow = number * 10
      solution.references = 5
      return solution
    }
    repository.commit(to: "main", OtherFiles.files(500) + solutions.flatMap(\.files))
    for number in 1..<commits {
      let team = number * 37 % 100
      switch number % 100 {
      case 0:
        let reference = number / 100 % 5
        solutions[team].generations[reference, default: 0] += 1
        repository.commit(to: "main", solutions[team].filesNaming(reference))
      case 1..<30:
        repository.commit(
          to: "main", [("src/part\(number % 5)/unit0/new\(number % 50).ts", "\(number)\n")])
      default:
        solutions[team].version += 1
        repository.commit(
          to: "main",
          [solutions[team].flowFile(number % 10), solutions[team].flowFile((number + 3) % 10)])
      }
    }
    try repository.make()
  }

  static func rows(on stage: Stage) throws -> [Row] {
    [
      try stage.with(runs: 3).compare(
        "history, \(commits) commits", ["history"],
        git: ["log", "--all", "--raw", "-m", "--no-renames"], ratio: 1)
    ]
  }
}
