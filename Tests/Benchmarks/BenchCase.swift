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

  /// Times connref and git by turns.
  func compare(_ name: String, _ arguments: [String], git: [String], goal: Double? = nil) throws
    -> Row
  {
    let (ours, theirs) = try Measurement.byTurns(
      Program(connref, arguments), Program("git", git), in: folder, runs: runs)
    return Row(
      name: name, figure: ours.milliseconds, unit: "ms", goal: goal, memory: ours.megabytes,
      beside: theirs.milliseconds, besideName: "git " + git.joined(separator: " "))
  }
}
