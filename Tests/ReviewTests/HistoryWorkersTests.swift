import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// What several workers find is what one finds.
@Suite struct HistoryWorkersTests {
  private func scan(
    _ fixture: TestRepository, workers: Int,
    proceed: (HistoryScan.Progress) -> Bool = { _ in true }
  ) throws -> (outcome: HistoryOutcome, found: [String]) {
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(
      repository, options: HistoryOptions(includesNotes: true, workers: workers))
    var found: [String] = []
    let outcome = try scan.outcome(
      found: { found.append("\($0.moment.summary) \($0.finding.id)") }, proceed: proceed)
    return (outcome, found)
  }

  /// Three references that are removed and restored in turn, each in a solution of its own, with a
  /// side that is merged, over more commits than one worker takes at a time.
  private func longHistory() throws -> TestRepository {
    try TestRepository {
      Commit("base", SolutionFixture.base.files(in: "one"))
      Commit("second", SolutionFixture.base.files(in: "two"))
      Commit("side", on: "side", from: "base", SolutionFixture.recreated.files(in: "one"))
      for number in 0..<600 {
        Commit(
          "commit \(number)", on: "main",
          number.isMultiple(of: 50)
            ? (number.isMultiple(of: 100) ? SolutionFixture.recreated : SolutionFixture.base)
              .files(in: "two")
            : ["notes.txt": "\(number)"])
      }
      Commit("merge", merging: "side", SolutionFixture.recreated.files(in: "one"))
    }
  }

  @Test func `several workers find what one finds, in the same order`() throws {
    let fixture = try longHistory()
    let alone = try scan(fixture, workers: 1)
    let together = try scan(fixture, workers: 3)
    #expect(alone.found.count > 3)
    #expect(together.found == alone.found)
    #expect(
      together.outcome.history.incidents.map(\.finding)
        == alone.outcome.history.incidents.map(\.finding))
    #expect(
      together.outcome.history.incidents.map(\.settledIn)
        == alone.outcome.history.incidents.map(\.settledIn))
    #expect(together.outcome.history.commits == 604)
    #expect(together.outcome.history.solutions == alone.outcome.history.solutions)
    #expect(together.outcome.problems == alone.outcome.problems)
  }

  @Test func `a scan by several workers that is ended early has what was found so far`() throws {
    let fixture = try longHistory()
    let ended = try scan(fixture, workers: 2) { $0.done < 300 }
    #expect(!ended.outcome.history.isComplete)
    #expect(!ended.found.isEmpty)
    #expect(ended.found.count < (try scan(fixture, workers: 2)).found.count)
  }
}
