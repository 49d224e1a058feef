import Foundation

/// How fast connref is, with git's own command beside it in the same run.
///
/// ```
/// swift build -c release --static-swift-stdlib
/// swift run -c release --static-swift-stdlib connref-bench [--runs N] [--connref PATH] [NAME…]
/// ```
///
/// Runs the `connref` that was built beside it, or the one that is named, in repositories that it makes
/// by itself, and in copies of public ones where `CONNREF_BENCH_REPOSITORIES` names a folder that holds
/// them (`RealCase`). Figures depend on the machine, so nothing is asserted: a goal is printed beside each.
@main
struct Bench {
  private static var cases: [any BenchCase.Type] {
    [
      StartCase.self, IdleCase.self, LargeIdleCase.self, NewFlowsCase.self, ModifiedFlowsCase.self,
      RenamedCase.self, SettingsCase.self, WorktreeCase.self, BranchCase.self, HooksCase.self,
      ShortHistoryCase.self, LongHistoryCase.self, LongestHistoryCase.self, GrowthCase.self,
      RealCase.self, ParseCase.self, PeerCase.self,
    ]
  }

  static func main() {
    do {
      let arguments = CommandLine.arguments
      if arguments.count == 4, arguments[1] == "--make" {
        let type = cases.first { $0.name == arguments[2] }
        try type?.make(BenchRepository(in: arguments[3]))
      } else {
        try measure(Wishes(arguments.dropFirst()))
      }
    } catch {
      print("error: \(error)")
      exit(1)
    }
  }

  private static func measure(_ wishes: Wishes) throws {
    let names = cases.map { $0.name }
    guard wishes.names.allSatisfy(names.contains) else {
      throw BenchError(description: "there are \(names.joined(separator: ", "))")
    }
    let tool = wishes.tool ?? Program.beside("connref")
    guard FileManager.default.isExecutableFile(atPath: tool) else {
      throw BenchError(
        description: "there is no '\(tool)': swift build -c release --static-swift-stdlib")
    }
    print(Table.heading)
    for type in cases where wishes.names.isEmpty || wishes.names.contains(type.name) {
      let folder = try TemporaryFolder()
      try Program(Program.beside("connref-bench"), ["--make", type.name, folder.path]).run()
      let stage = Stage(connref: tool, runs: wishes.runs, folder: folder.path)
      // An optimised build lets the folder go after its last mention, and with it the repository.
      try withExtendedLifetime(folder) {
        for row in try type.rows(on: stage) { Table.print(row) }
      }
    }
  }
}

/// What the command line asks for.
private struct Wishes {
  private(set) var runs = 21
  private(set) var tool: String?
  private(set) var names: [String] = []

  init(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let word = rest.popFirst() {
      switch word {
      case "--runs": runs = max(rest.popFirst().flatMap { Int($0) } ?? runs, 1)
      case "--connref": tool = rest.popFirst().map { URL(filePath: $0).path }
      default: names.append(word)
      }
    }
  }
}
