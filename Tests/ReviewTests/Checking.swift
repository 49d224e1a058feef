import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// An invented solution: one flow on one reference, and what becomes of it.
typealias Sales = SolutionFixture

extension TestRepository {
  /// Checks the fixture as the tool would when run in `folder`, with the variables a hook was given.
  func check(
    _ subject: Check.Subject = .staged, in folder: String? = nil,
    variables: [String: String] = [:],
    lookBack: Int? = nil, mergedSides: [String] = [], policySide: PolicySide? = nil,
    today: String = "2026-06-01"
  ) throws -> CheckOutcome {
    let repository = try Repository(
      folder: folder ?? path, environment: Command.closedWorld.merging(variables) { $1 })
    let sides = mergedSides.compactMap { ObjectID(hex: $0) }
    let options = Check.Options(
      lookBack: lookBack, mergedSides: sides, policySide: policySide,
      today: try #require(Day(today)))
    return try Check(repository, options: options).outcome(of: subject)
  }

  /// The verdict on a branch beside the branch `main`.
  func verdict(on branch: String) throws -> BranchVerdict {
    let repository = try Repository(at: path, folder: path, environment: Command.closedWorld)
    var review = try BranchReview(
      repository,
      options: BranchReview.Options(main: "main", today: try #require(Day("2026-06-01"))))
    return review.verdict(
      on: try #require(try repository.references().first { $0.shortName == branch }))
  }

  /// Two commits of the fixture, by their messages.
  func check(from before: String, to after: String, lookBack: Int? = nil) throws -> CheckOutcome {
    try check(.commits(before: id(before), after: id(after)), lookBack: lookBack)
  }
}

extension CheckOutcome {
  /// A line a finding: severity, rule and the names on both sides.
  var reported: [String] {
    findings.map { finding in
      let names = [finding.before, finding.after].map { side in
        side.map(\.name.spelling).joined(separator: " ")
      }
      return "\(finding.severity) \(finding.rule.rawValue): \(names[0]) -> \(names[1])"
    }
  }

  /// A line a problem, the path first; those because of which the run could not tell.
  var unknown: [String] { lines(problems.filter(\.matters)) }

  /// A line a problem that is no more than a warning.
  var warnings: [String] { lines(problems.filter { !$0.matters }) }

  var isSilent: Bool { findings.isEmpty && problems.isEmpty }

  private func lines(_ problems: [JudgedProblem]) -> [String] {
    problems.map { "\($0.problem.path): \($0.problem.message)" }
  }
}

/// The findings of a check where `Sales.new` is added beside `Sales.old`, and nothing uses it.
let lookAlike = [
  "note name-off-convention:  -> \(Sales.new.name)",
  "note reference-duplicated:  -> \(Sales.old.name) \(Sales.new.name)",
  "note reference-unused:  -> \(Sales.new.name)",
]

/// The findings of every check of `Sales.base` becoming `Sales.recreated`.
let recreatedError =
  "error reference-recreated: \(Sales.old.name) -> \(Sales.new.name)"
