import Detection
import Editing
import Foundation
import Git
import Review
import Solution
import TestSupport
import Testing

/// What a repair does about a link that leads to the wrong place.
@Suite struct RepairLinkTests {
  private let path = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"

  @Test func `an action that uses the logical name gets the alias`() throws {
    let before = Sales.base.files()
    let after = before.replacing(
      "\"connectionName\": \"\(Sales.old.connector)\"",
      with: "\"connectionName\": \"\(Sales.old.name)\"", in: path)
    let fixture = try repository(before, after)
    #expect(try fixture.check().reported == ["error link-lost:  -> "])
    try fixture.applyRepair(.linkLost)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().isSilent)
  }

  /// A flow on two references; the entry of one of them is taken out.
  private func delisted(_ position: Int) throws -> (before: [String: TestFile], TestRepository) {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let references = [Sales.old, mail]
    let flow = Sales.Flow("Approve order", id: Sales.approveID, references[0], references[1])
    let before = Sales(references, [flow]).files()
    var file = try JSONText(try #require(before[path]))
    file.remove([Sales.old.connector, "\(mail.connector)_1"][position])
    return (before, try repository(before, before.merging([path: file.file]) { $1 }))
  }

  @Test(arguments: [0, 1])
  func `an entry that was taken out while actions use it is put back`(position: Int) throws {
    let (before, fixture) = try delisted(position)
    try fixture.applyRepair(.linkLost)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().isSilent)
  }

  @Test func `the finding names the reference that the entry had`() throws {
    let finding = try #require(try delisted(1).1.check().findings.first)
    #expect(
      finding.summary
        == "an action of 'Approve order' uses 'shared_office365_1', which its flow does not list any more"
    )
    #expect(
      finding.remarks.first
        == "the entry 'shared_office365_1' was removed; it used sales_Mail ('Mail', "
        + "solutions/Sales/Other/Customizations.xml:13)")
  }

  @Test func `an entry is not put back where nothing declares its reference`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let flow = Sales.Flow("Approve order", id: Sales.approveID, Sales.old, mail)
    let before = Sales([Sales.old, mail], [flow]).files()
    var file = try JSONText(try #require(before[path]))
    file.remove("\(mail.connector)_1")
    let after = Sales([Sales.old], [flow]).files().merging([path: file.file]) { $1 }
    let fixture = try repository(before, after)
    let finding = try #require(try fixture.check().findings.first { $0.rule == .linkLost })
    #expect(finding.repair == nil)
    #expect(finding.remarks.first?.hasSuffix("sales_Mail, which nothing declares any more") == true)
    #expect(try fixture.refusal(.linkLost).hint == finding.fix.first?.line)
  }

  @Test func `an app whose entry lost its reference is no file of JSON to be repaired`() throws {
    func app(_ name: String) -> [String: TestFile] {
      let entry =
        #"{"5":{"id":"/providers/microsoft.powerapps/apis/shared_sql","dataSources":["orders"]\#(name)}}"#
      return [
        "solutions/Sales/CanvasApps/new_board.meta.xml": TestFile(
          """
          <?xml version="1.0" encoding="utf-8"?>
          <CanvasApp>
            <Name>new_board</Name>
            <DisplayName>Board</DisplayName>
            <ConnectionReferences>\(entry)</ConnectionReferences>
          </CanvasApp>

          """)
      ]
    }
    let sql = Sales.Reference("sales_Sql", "SQL", "shared_sql")
    let base = Sales([Sales.old, sql], [Sales.approve(Sales.old)]).files()
    let named = #","xrmConnectionReferenceLogicalName":"sales_Sql""#
    let fixture = try repository(
      base.merging(app(named)) { $1 }, base.merging(app("")) { $1 })
    let refusal = try fixture.refusal(.linkLost)
    #expect(
      refusal.message
        == "could not repair 'solutions/Sales/CanvasApps/new_board.meta.xml': the app's entry has no "
        + "place for the name of a reference any more")
    let finding = try #require(try fixture.check().findings.first { $0.rule == .linkLost })
    #expect(refusal.hint == finding.fix.first?.line)
  }

  @Test func `a refusal does not hint at the other direction where that is refused too`() throws {
    let gone = Sales.Reference("sales_Gone", "", "shared_teams")
    let before = Sales.base.files()
    let after = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(gone)]).files()
    let fixture = try repository(before, after)
    let fix = try #require(try fixture.check().findings.first?.fix.first?.line)
    #expect(try fixture.refusal(.linkLost, .back).hint == fix)
    #expect(try fixture.refusal(.linkLost, .forward).hint == fix)
  }

  @Test func `a refusal hints at the other direction where that works`() throws {
    let near = Sales.Reference("new_sharedsharepointonline_00000", "")
    let before = Sales.base.files()
    let after = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(near)]).files()
    let fixture = try repository(before, after)
    let refusal = try fixture.refusal(.linkLost, .back)
    #expect(refusal.hint?.contains("--forward moves it to the nearest reference") == true)
    try fixture.applyRepair(.linkLost, .forward)
    #expect(try fixture.check().findings.filter { $0.severity == .error } == [])
  }

  @Test func `a link in another letter case is spelled as its declaration`() throws {
    let before = Sales.base.files()
    let after = before.replacing(Sales.old.name, with: Sales.old.name.uppercased(), in: path)
    let fixture = try repository(before, after)
    try fixture.applyRepair(.referenceRecased)
    expectEqual(try fixture.staged(), before.contents)
  }

  @Test func `a link left behind in another letter case is taken back too`() throws {
    let before = Sales.base.files()
    let after = Sales([Sales.new], [Sales.approve(Sales.old)]).files().replacing(
      Sales.old.name, with: Sales.old.name.uppercased(), in: path)
    let fixture = try repository(before, after)
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), before.contents)
  }

  @Test func `an action of another connector gets the alias of the entry for it`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let flow = Sales.Flow("Approve order", id: Sales.approveID, Sales.old, mail)
    let before = Sales([Sales.old, mail], [flow]).files()
    let (own, other) = (Sales.old.connector, "\(mail.connector)_1")
    let after = before.replacing(
      "\"connectionName\": \"\(other)\"", with: "\"connectionName\": \"\(own)\"", in: path)
    let fixture = try repository(before, after)
    #expect(
      try fixture.check().findings.first { $0.rule == .linkMismatched }?.fix.map(\.line) == [
        "or by hand: write '\(other)' in the place of '\(own)' in the actions of \(mail.connector)"
      ])
    try fixture.applyRepair(.linkMismatched)
    expectEqual(try fixture.staged(), before.contents)
    // Without an entry for its connector there is none to give it.
    let lone = Sales([Sales.old, mail], [Sales.approve(Sales.old)]).files()
    let wrong = lone.replacing("apis/\(own)", with: "apis/\(mail.connector)", in: path)
    let alone = try repository(lone, wrong)
    let finding = try #require(
      try alone.check().findings.first { $0.rule == .linkMismatched })
    #expect(finding.repair == nil)
  }

  @Test func `an app on a reference of another connector is not repaired`() throws {
    let sql = Sales.Reference("sales_Sql", "SQL", "shared_sql")
    func app(_ name: String) -> [String: TestFile] {
      let entry =
        #"{"5":{"id":"/providers/microsoft.powerapps/apis/shared_sql","dataSources":["orders"],"#
        + "\"xrmConnectionReferenceLogicalName\":\"\(name)\"}}"
      return [
        "solutions/Sales/CanvasApps/new_board.meta.xml": TestFile(
          """
          <CanvasApp><Name>new_board</Name><DisplayName>Board</DisplayName>
          <ConnectionReferences>\(entry)</ConnectionReferences></CanvasApp>

          """)
      ]
    }
    let base = Sales([Sales.old, sql], [Sales.approve(Sales.old)]).files()
    let fixture = try repository(
      base.merging(app(sql.name)) { $1 }, base.merging(app(Sales.old.name)) { $1 })
    let finding = try #require(
      try fixture.check().findings.first { $0.rule == .linkMismatched })
    #expect(finding.repair == nil)
    #expect(
      finding.fix.map(\.line) == ["add the data source to the app again, with \(sql.name)"])
    #expect(!finding.consequence.contains("flow"))
    #expect(try fixture.refusal(.linkMismatched).hint == finding.fix.first?.line)
  }

  @Test func `a link gets the only reference of its connector`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let before = Sales([Sales.old, mail], [Sales.approve(Sales.old), Sales.remind(mail)]).files()
    let remind = "solutions/Sales/Workflows/\(Sales.remind(mail).fileName)"
    let after = before.replacing(mail.name, with: Sales.old.name, in: remind)
    let fixture = try repository(before, after)
    #expect(
      try fixture.check().reported.first == "error link-mismatched:  -> \(Sales.old.name)")
    try fixture.applyRepair(.linkMismatched, .forward)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().isSilent)
  }
}

// The tools of agents that state their connector.
extension RepairLinkTests {
  private static let mail = "new_mail_11111"

  /// An agent of the new kind with a reference for SQL and one for mail; its tool uses `used` for `connector`.
  private func agent(_ used: String, for connector: String = "shared_sql") -> [String: TestFile] {
    var files = RepairFixture.solution(.workspace, RepairFixture.old, in: "agents/desk")
    files = files.filter { !$0.key.contains(RepairFixture.other) }
    files["agents/desk/infrastructure/connections/\(Self.mail).sync.yaml"] = TestFile(
      """
      connectionReferences:
        - connectionReferenceLogicalName: \(Self.mail)
          connectorId: /providers/Microsoft.PowerApps/apis/shared_office365

      """)
    let path = "agents/desk/capabilities/tools/Orders.mcs.yml"
    return files.replacing(
      "connectionReference: \(RepairFixture.old)", with: "connectionReference: \(used)", in: path
    ).replacing("apis/shared_sql", with: "apis/\(connector)", in: path)
  }

  @Test func `an agent's tool gets the only reference of the connector that it states`() throws {
    let before = agent(RepairFixture.old)
    let fixture = try repository(before, agent(Self.mail))
    #expect(try fixture.check().reported == ["error link-mismatched:  -> \(Self.mail)"])
    try fixture.applyRepair(.linkMismatched, .forward)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().isSilent)
  }

  @Test func `advice for a cloned agent does not mention an export`() throws {
    let fixture = try repository(agent(RepairFixture.old), agent("new_absent"))
    let finding = try #require(try fixture.check().findings.first { $0.rule == .linkLost })
    #expect(!finding.fix.contains { $0.line.contains("Add existing") })
    try fixture.git("commit", "--quiet", "--message", "absent")
    let audit = try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld), options: .test
    ).outcome(at: nil)
    let audited = try #require(audit.findings.first { $0.rule == .linkUnresolved })
    #expect(!audited.fix.contains { $0.line.contains("Add existing") })
  }

  @Test func `a tool that moves with its connector is right`() throws {
    let fixture = try repository(
      agent(RepairFixture.old), agent(Self.mail, for: "shared_office365"))
    #expect(try fixture.check().findings.filter { $0.severity > .note } == [])
  }

  @Test func `a link is not put back onto a reference of another connector`() throws {
    let fixture = try repository(
      agent(Self.mail, for: "shared_office365"), agent("new_absent", for: "shared_sql"))
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.rule == .linkLost && finding.repair == nil)
    #expect(throws: Unrepairable.self) { _ = try fixture.repair(.linkLost) }
    let own = try repository(agent(RepairFixture.old), agent("new_absent"))
    try own.applyRepair(.linkLost)
    expectEqual(try own.staged(), agent(RepairFixture.old).contents)
  }
}

/// A flow's file of which an entry can be taken out.
private struct JSONText {
  private var text: String

  init(_ file: TestFile) throws { text = String(decoding: file.bytes, as: UTF8.self) }

  var file: TestFile { TestFile(text) }

  mutating func remove(_ alias: String) {
    guard let key = text.range(of: "      \"\(alias)\": {\n"),
      let end = text.range(of: "\n      }", range: key.upperBound..<text.endIndex)
    else { return }
    var range = key.lowerBound..<end.upperBound
    if text[range.upperBound...].hasPrefix(",\n") {
      range = range.lowerBound..<text.index(range.upperBound, offsetBy: 2)
    } else {
      range = text.index(range.lowerBound, offsetBy: -2)..<range.upperBound
    }
    text.removeSubrange(range)
  }
}
