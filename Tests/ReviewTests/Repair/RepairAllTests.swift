import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// All findings of a check, repaired in one go.
@Suite struct RepairAllTests {
  private let stock = Sales.Reference("new_sharedsharepointonline_11111", "Stock")
  private let stockAgain = Sales.Reference("new_sharedsharepointonline_22222", "Stock")
  private let prices = Sales.Reference("new_sharedsharepointonline_33333", "Prices")
  private let pricesAgain = Sales.Reference("new_sharedsharepointonline_44444", "Prices")

  private func repaired(_ fixture: TestRepository) throws -> RepairReview.Outcome {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let found = try FindingSearch(repository, options: .test).repairable()
    var review = try RepairReview(repository, .back, options: .test)
    let outcome = try review.outcome(of: try #require(found))
    try fixture.command("git", arguments: ["apply", "--index"]).reading(outcome.patch).succeed()
    return outcome
  }

  @Test func `references that were re-created at once are all put back`() throws {
    let before = Sales(
      [Sales.old, stock, prices], [Sales.approve(Sales.old), Sales.remind(stock)])
    let after = Sales(
      [Sales.new, stockAgain, pricesAgain], [Sales.approve(Sales.new), Sales.remind(stockAgain)])
    let rows = { ["config/prod.json": Sales.settings($0)] }
    let base = before.files().merging(rows([Sales.old, stock, prices])) { $1 }
    let fixture = try repository(
      base, after.files().merging(rows([Sales.new, stock, pricesAgain])) { $1 })
    let outcome = try repaired(fixture)
    #expect(outcome.steps.map(\.finding.rule) == Array(repeating: .referenceRecreated, count: 3))
    #expect(outcome.refusals.isEmpty && outcome.remaining.isEmpty)
    expectEqual(try fixture.staged(), base.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `one that cannot be put back leaves the others put back`() throws {
    let twin = Sales.Reference("new_sharedsharepointonline_77777", "SharePoint Sales")
    let before = Sales(
      [Sales.old, twin, stock, prices],
      [Sales.approve(Sales.old), Sales.remind(twin)])
    // Whether the new flow means the first or the second one is not known.
    let after = Sales(
      [Sales.new, stockAgain, pricesAgain],
      [Sales.approve(Sales.new), Sales.remind(Sales.new), Sales.archive(Sales.new)])
    let fixture = try repository(before.files(), after.files())
    let outcome = try repaired(fixture)
    #expect(
      outcome.steps.map(\.finding.after.first?.name.spelling) == [
        stockAgain.name, pricesAgain.name,
      ])
    #expect(outcome.refusals.map(\.reason.message).allSatisfy { $0.contains("several references") })
    #expect(outcome.refusals.count == 1)
    #expect(try fixture.check().reported.count == 1)
  }
}
