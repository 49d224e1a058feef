import Detection
import Git
import Review
import TestSupport
import Testing

/// A custom connector that a solution loses, where its flows did not change.
@Suite struct CustomConnectorTests {
  private let fixture: TestRepository

  init() throws {
    let id = "5b0f1f0e-7a5c-4d3c-9d0c-2f5a3e6f7a10"
    let gateway = Sales.Reference(
      "sales_Gateway", "Gateway", "shared_pay-5fgw-5f0123456789abcdef")
    let customizations = "solutions/Sales/Other/Customizations.xml"
    let files = Sales([gateway], [Sales.approve(gateway)]).files().replacing(
      "</connectorid>",
      with: "</connectorid><customconnectorid><connectorid>\(id)</connectorid></customconnectorid>",
      in: customizations)
    let connector = "solutions/Sales/Connectors/pay_5fgw.xml"
    let definition = TestFile(
      "<Connector><connectorid>\(id)</connectorid><name>pay_5Fgw</name></Connector>")
    fixture = try TestRepository {
      Commit("base", files.merging([connector: definition]) { $1 })
      Commit("lost", [connector: nil])
      Commit("back", [connector: definition])
      Commit(
        "given up", on: "other", from: "lost", Sales([], [Sales.approve(Sales.old)]).files())
    }
  }

  private func incidents(_ revision: String) throws -> [Incident] {
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(
      repository, options: HistoryOptions(revisions: [fixture.id(revision)]))
    return try scan.outcome().history.incidents
  }

  @Test func `a check names the flows that a history names`() throws {
    let checked = try #require(try fixture.check(from: "base", to: "lost").findings.first)
    #expect(checked.rule == .connectorLost)
    #expect(checked.consumers.map(\.name) == ["Approve order"])
    let incident = try #require(try incidents("lost").first)
    #expect(incident.finding.id == checked.id)
    #expect(incident.finding.consumers == checked.consumers)
    #expect(incident.outcome == .open)
  }

  @Test func `a reference that is given up with its connector is superseded`() throws {
    let incident = try #require(
      try incidents("given up").first { $0.finding.rule == .connectorLost })
    #expect(incident.outcome == .superseded)
  }

  @Test func `a connector that comes back reverts it`() throws {
    #expect(try fixture.check(from: "lost", to: "back").reported == [])
    let incident = try #require(try incidents("back").first)
    #expect(incident.outcome == .reverted)
    #expect(incident.revertedIn?.commit == fixture.id("back"))
  }

  @Test func `the newest release loses a connector that an older one beside it has`() throws {
    func release(_ number: Int, _ connector: String?) -> [String: TestFile] {
      let gateway = Sales.Reference(
        "sales_Gateway", "Gateway", "shared_pay-5fgw-5f0123456789abcdef")
      let folder = "releases/\(number)"
      var files = Sales([gateway], [Sales.approve(gateway)], version: "1.0.0.\(number)")
        .files(in: folder).replacing(
          "</connectorid>",
          with:
            "</connectorid><customconnectorid><connectorid>5b0f</connectorid></customconnectorid>",
          in: "\(folder)/Other/Customizations.xml")
      if let connector {
        files["\(folder)/Connectors/pay_5fgw.xml"] = TestFile(
          "<Connector><connectorid>5b0f</connectorid><name>\(connector)</name></Connector>")
      }
      return files
    }
    let first = release(1, "pay_5Fgw")
    let releases = try TestRepository {
      Commit("first", first)
      Commit("lost", release(2, nil))
      Commit("cleaned up", first.mapValues { _ in nil })
      Commit("kept", on: "kept", from: "first", release(2, "pay_5Fgw"))
    }
    func lost(_ before: String, _ after: String) throws -> [RuleID] {
      try releases.check(from: before, to: after).findings.filter { $0.severity > .note }.map(
        \.rule)
    }
    #expect(try lost("first", "lost") == [.connectorLost])
    #expect(try lost("lost", "cleaned up") == [])
    #expect(try lost("first", "kept") == [])
  }
}
