import Detection
import Editing
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

  @Test func `a link in another letter case is spelled as its declaration`() throws {
    let before = Sales.base.files()
    let after = before.replacing(Sales.old.name, with: Sales.old.name.uppercased(), in: path)
    let fixture = try repository(before, after)
    try fixture.applyRepair(.referenceRecased)
    expectEqual(try fixture.staged(), before.contents)
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
