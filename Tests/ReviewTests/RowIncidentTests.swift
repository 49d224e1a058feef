import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Warnings about rows and calls are the same in a check of a commit, in history and on the main branch.
@Suite struct RowIncidentTests {
  private let old = Sales.old
  private let other = Sales.other
  private let added = Sales.Reference("sales_Mail", "Mail", "shared_office365")

  private func incidents(_ fixture: TestRepository) throws -> [Incident] {
    var options = HistoryOptions()
    options.includesNotes = true
    var scan = HistoryScan(
      try Repository(folder: fixture.path, environment: Command.closedWorld), options: options)
    return try scan.outcome().history.incidents
  }

  private func main(_ fixture: TestRepository) throws -> BranchVerdict {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: .init(today: .distantFuture))
    return review.verdict(on: try #require(try BranchReview.branches(of: repository).first))
  }

  /// The incident of the finding of a check of the last commit, which is the only one of its rule.
  private func agreed(_ rule: RuleID, _ fixture: TestRepository) throws -> Incident {
    let finding = try #require(
      try fixture.check(from: "base", to: "changed").findings.first { $0.rule == rule })
    let found = try incidents(fixture).filter { $0.finding.rule == rule }
    let incident = try #require(found.first)
    #expect(found.count == 1)
    #expect(incident.moment.commit == fixture.id("changed"))
    #expect(incident.finding.id == finding.id)
    #expect(incident.finding.severity == finding.severity)
    #expect(incident.finding.rows == finding.rows)
    #expect(finding.outcome == .open)
    return incident
  }

  private func cleanedUp(_ more: [TestSupport.Commit] = []) throws -> TestRepository {
    let settings = Sales.settings([old, other])
    return try TestRepository {
      Commit(
        "base",
        Sales([old, other], [Sales.approve(old), Sales.archive(other)]).files()
          .merging(["prod.json": settings]) { $1 })
      Commit("changed", Sales([other], [Sales.approve(other), Sales.archive(other)]).files())
      more
    }
  }

  @Test func `a stale row after a clean-up`() throws {
    let fixture = try cleanedUp()
    let incident = try agreed(.settingsStale, fixture)
    #expect(incident.outcome == .open)
    let verdict = try main(fixture)
    #expect(verdict.state == .warned)
    #expect(verdict.findings.map(\.finding.id) == [incident.finding.id])
    let fixed = try cleanedUp([TestSupport.Commit("fixed", ["prod.json": Sales.settings([other])])])
    let ended = try agreed(.settingsStale, fixed)
    #expect(ended.outcome == .reverted && ended.revertedIn?.commit == fixed.id("fixed"))
    #expect(try main(fixed).state == .main)
  }

  private func extended(_ more: [TestSupport.Commit] = []) throws -> TestRepository {
    try TestRepository {
      Commit(
        "base",
        Sales([old], [Sales.approve(old)]).files()
          .merging(["prod.json": Sales.settings([old])]) { $1 })
      Commit("changed", Sales([old, added], [Sales.approve(old), Sales.remind(added)]).files())
      more
    }
  }

  @Test func `a new reference without a row`() throws {
    #expect(try agreed(.settingsMissing, extended()).outcome == .open)
    #expect(try main(extended()).state == .warned)
    let fixed = try extended([
      TestSupport.Commit("fixed", ["prod.json": Sales.settings([old, added])])
    ])
    let ended = try agreed(.settingsMissing, fixed)
    #expect(ended.outcome == .reverted && ended.revertedIn?.commit == fixed.id("fixed"))
    #expect(try main(fixed).state == .main)
  }

  @Test func `a new reference without a row is over with its file, or with itself`() throws {
    let withoutFile = try extended([TestSupport.Commit("removed", ["prod.json": nil])])
    #expect(try agreed(.settingsMissing, withoutFile).openAt.isEmpty)
    let withoutReference = try extended([TestSupport.Commit("removed", Sales.base.files())])
    #expect(try agreed(.settingsMissing, withoutReference).outcome == .superseded)
  }

  @Test func `a row in place of a name that was re-created is part of that alone`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["prod.json": Sales.settings([old])]) { $1 })
      Commit("changed", Sales.recreated.files())
    }
    #expect(try incidents(fixture).map(\.finding.rule) == [.referenceRecreated])
  }

  @Test func `an owner that became a person`() throws {
    func row(_ owner: String) -> TestFile {
      TestFile(
        """
        {"ConnectionReferences": [{"LogicalName": "\(old.name)",
        "ConnectionId": "5c1f0a3e7d2b48968f04c6b1a9e3d750",
        "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline", "ConnectionOwner": "\(owner)"}]}
        """)
    }
    let application = "7b1f6a52-2f0e-4b0e-9d43-6c0de0a3f111"
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["prod.json": row(application)]) { $1 })
      Commit("changed", ["prod.json": row("anna@contoso.com")])
    }
    #expect(try agreed(.ownerChanged, fixture).outcome == .open)
  }

  private func flow(_ source: String, child: String? = nil) -> TestFile {
    let actions =
      child.map {
        """
        "Run": {"type": "Workflow", "inputs": {"host": {"workflowReferenceName": "\($0)"}}}, 
        """
      } ?? ""
    return TestFile(
      """
      {"properties": {"connectionReferences": {"shared_sharepointonline": {"runtimeSource": "\(source)",
      "connection": {"connectionReferenceLogicalName": "\(old.name)"}, "api": {"name": "shared_sharepointonline"}}},
      "definition": {"actions": {\(actions)"Get": {"type": "OpenApiConnection", "inputs": {"host": {
      "connectionName": "shared_sharepointonline", "operationId": "GetItems",
      "apiId": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline"}}}}}}}
      """)
  }

  @Test func `a child flow that began to take its connections from its caller`() throws {
    let sales = Sales([old], [Sales.approve(old), Sales.remind(old)])
    let workflows = "solutions/Sales/Workflows/"
    let (parent, child) = (
      workflows + Sales.approve(old).fileName, workflows + Sales.remind(old).fileName
    )
    func repository(_ more: [TestSupport.Commit] = []) throws -> TestRepository {
      try TestRepository {
        Commit(
          "base",
          sales.files().merging([
            parent: flow("embedded", child: Sales.remindID.lowercased()),
            child: flow("embedded"),
          ]) { $1 })
        Commit("changed", [child: flow("invoker")])
        more
      }
    }
    #expect(try agreed(.flowCallerBroken, repository()).outcome == .open)
    #expect(try main(repository()).state == .warned)
    let fixed = try repository([TestSupport.Commit("fixed", [child: flow("embedded")])])
    let ended = try agreed(.flowCallerBroken, fixed)
    #expect(ended.outcome == .reverted && ended.revertedIn?.commit == fixed.id("fixed"))
  }
}
