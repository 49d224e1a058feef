/// One thing that is measured; a file each, or a few that are alike.
protocol BenchCase: Sendable {
  static var name: String { get }
  /// Fills the repository that `rows` runs in. Called in a process of its own: see `BenchRepository`.
  static func make(_ repository: BenchRepository) throws
  static func rows(on stage: Stage) throws -> [Row]
}

extension BenchCase {
  static func make(_ repository: BenchRepository) throws {}
}

/// The programs of a run, how often each is run, and where.
struct Stage {
  let connref: String
  let runs: Int
  let folder: String
  /// See `Program.highestStatus`; for connref.
  var highestStatus: Int32 = 1

  /// The same in another folder, or with fewer runs.
  func with(
    folder: String? = nil, runs most: Int = .max, highestStatus: Int32 = 1
  ) -> Stage {
    Stage(
      connref: connref, runs: min(runs, most), folder: folder ?? self.folder,
      highestStatus: highestStatus)
  }

  private func tool(_ arguments: [String]) -> Program {
    Program(connref, arguments, highestStatus: highestStatus)
  }

  /// Times connref and git by turns.
  ///
  /// - Parameter goal: in milliseconds.
  func compare(
    _ name: String, _ arguments: [String], git: [String], goal: Double? = nil, ratio: Double? = nil
  ) throws -> Row {
    try compare(
      name, arguments, beside: Program("git", git), called: "git " + git.joined(separator: " "),
      goal: goal, ratio: ratio)
  }

  /// The same beside any program.
  func compare(
    _ name: String, _ arguments: [String], beside other: Program, called otherName: String,
    goal: Double? = nil, ratio: Double? = nil
  ) throws -> Row {
    let (ours, theirs) = try Measurement.byTurns(
      tool(arguments), other, in: folder, runs: runs)
    return Row(
      name: name, figure: ours.milliseconds, unit: "ms",
      goal: goal.map { ($0, "ms") } ?? ratio.map { ($0, "x") },
      processor: ours.processorMilliseconds, memory: ours.megabytes, beside: theirs.milliseconds,
      besideName: otherName)
  }

  /// Times connref alone.
  func measure(_ name: String, _ arguments: [String], goal: Double? = nil) throws -> Row {
    let measured = try Measurement.of(tool(arguments), in: folder, runs: runs)
    return Row(
      name: name, figure: measured.milliseconds, unit: "ms", goal: goal.map { ($0, "ms") },
      processor: measured.processorMilliseconds, memory: measured.megabytes)
  }
}
