import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// A spelling, a connector or a custom connector's id that a later commit puts back.
@Suite struct PutBackTests {
  private func sales(
    _ reference: Sales.Reference, usedAs used: Sales.Reference? = nil
  ) -> [String: TestFile] {
    Sales([reference], [Sales.approve(used ?? reference)]).files()
  }

  private func incidents(_ fixture: TestRepository, notes: Bool = false) throws -> [Incident] {
    var options = HistoryOptions()
    options.includesNotes = notes
    var scan = HistoryScan(
      try Repository(folder: fixture.path, environment: Command.closedWorld), options: options)
    return try scan.outcome().history.incidents.reversed()
  }

  private static let recased = Sales.Reference(Sales.old.name.uppercased(), Sales.old.displayName)
  private static let rebound = Sales.Reference(
    Sales.old.name, Sales.old.displayName, "shared_onedrive")

  @Test(arguments: [
    (recased, RuleID.referenceRecased), (rebound, .connectorChanged),
  ])
  func `what is put back is a note, and takes the first change back`(
    altered: Sales.Reference, rule: RuleID
  ) throws {
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old))
      Commit("altered", sales(altered))
      Commit("back", sales(Sales.old))
      Commit("altered again", sales(altered))
    }
    let names = "\(altered.name) -> \(Sales.old.name)"
    let first = try fixture.check(from: "base", to: "altered").findings
    #expect(first.map(\.rule) == [rule] && first.map(\.severity) == [.error])
    let back = try fixture.check(from: "altered", to: "back")
    #expect(back.reported == ["note \(rule.rawValue): \(names)"])
    #expect(back.findings.first?.evidence == [.returned] && back.findings.first?.repair == nil)
    let again = try fixture.check(from: "back", to: "altered again").findings
    #expect(again.map(\.severity) == [.error])

    try fixture.git("reset", "-q", "--hard", fixture.id("back"))
    for notes in [false, true] {
      let incident = try #require(try incidents(fixture, notes: notes).first)
      #expect(incident.finding.severity == .error)
      #expect(incident.outcome == .reverted)
      #expect(incident.revertedIn?.commit == fixture.id("back"))
      #expect(incident.places.isEmpty)
    }
    #expect(try incidents(fixture).count == 1)
  }

  @Test(arguments: [
    (recased, RuleID.referenceRecased), (rebound, .connectorChanged),
  ])
  func `it is an error while a flow does not follow`(
    altered: Sales.Reference, rule: RuleID
  ) throws {
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old))
      Commit("altered", sales(altered))
      Commit("back", sales(Sales.old, usedAs: altered))
    }
    let findings = try fixture.check(from: "altered", to: "back").findings
    #expect(findings.first?.rule == rule && findings.first?.severity == .error)
    #expect(try incidents(fixture).map(\.finding.severity) == [.error, .error])
  }

  @Test func `a row that does not follow keeps it an error`() throws {
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old))
      Commit(
        "altered", sales(Self.rebound).merging(["prod.json": Sales.settings([Self.rebound])]) { $1 }
      )
      Commit("back", sales(Sales.old))
    }
    let findings = try fixture.check(from: "altered", to: "back").findings
    #expect(findings.first?.rule == .connectorChanged && findings.first?.severity == .error)
    #expect(try incidents(fixture).map(\.finding.severity) == [.error, .error])
  }

  @Test func `an agent's part, which states no connector, follows`() throws {
    func files(_ connector: String, _ link: String) -> [String: TestFile] {
      [
        "desk/connectionreferences.mcs.yml": TestFile(
          """
          connectionReferences:
            - connectionReferenceLogicalName: desk_mail
              connectorId: /providers/Microsoft.PowerApps/apis/\(connector)

          """),
        "desk/agent.mcs.yml": "kind: GptComponentMetadata\n",
        "desk/tools/Mail.mcs.yml": TestFile("connectionReference: desk_mail\n\(link)"),
      ]
    }
    func severities(stating link: String) throws -> [Severity] {
      let fixture = try TestRepository {
        Commit("base", files("shared_office365", ""))
        Commit("altered", files("shared_teams", link))
        Commit("back", files("shared_office365", link))
      }
      let findings = try fixture.check(from: "altered", to: "back").findings
      return findings.filter { $0.rule == .connectorChanged }.map(\.severity)
    }
    #expect(try severities(stating: "") == [.note])
    #expect(try severities(stating: "connectorId: /apis/shared_teams\n") == [.error])
  }

  @Test func `another solution's former spelling says nothing of this one`() throws {
    let other = Sales([Self.recased], [], name: "Other").files()
    let fixture = try TestRepository {
      Commit("base", sales(Sales.old).merging(other) { $1 })
      Commit("other", Sales([Sales.old], [], name: "Other").files())
      Commit("altered", sales(Self.recased))
    }
    let findings = try fixture.check(from: "other", to: "altered").findings
    #expect(findings.first?.rule == .referenceRecased && findings.first?.severity == .error)
  }

  @Test func `a custom connector that was re-created is completed, and reverted by its old id`()
    throws
  {
    func files(_ id: String) -> [String: TestFile] {
      let path = "solutions/Sales/Other/Customizations.xml"
      return sales(Sales.Reference("sales_Rates", "Rates", "shared_rates-5f691c36f6fa56d15c"))
        .replacing(
          "<iscustomizable>",
          with:
            "<customconnectorid><connectorid>\(id)</connectorid></customconnectorid><iscustomizable>",
          in: path)
    }
    let (old, new) = (
      "11111111-1111-4111-8111-111111111111", "22222222-1111-4111-8111-111111111111"
    )
    let fixture = try TestRepository {
      Commit("base", files(old))
      Commit("again", files(new))
      Commit("back", on: "back", from: "main", files(old))
    }
    let found = try fixture.check(from: "base", to: "again").findings
    #expect(found.map(\.rule) == [.connectorChanged] && found.map(\.severity) == [.warning])
    #expect(try fixture.check(from: "again", to: "back").findings.map(\.severity) == [.note])
    try fixture.git("checkout", "-q", "main")
    try fixture.git("branch", "-qD", "back")
    #expect(try incidents(fixture).map(\.outcome) == [.completed])
    try fixture.git("checkout", "-q", "-B", "main", fixture.id("back"))
    #expect(try incidents(fixture).map(\.outcome) == [.reverted])
  }
}
