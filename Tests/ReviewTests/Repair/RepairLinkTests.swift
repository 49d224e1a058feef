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
