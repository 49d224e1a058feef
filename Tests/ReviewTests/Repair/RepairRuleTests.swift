import Detection
import Editing
import Review
import Solution
import TestSupport
import Testing

/// What a repair does about each rule's findings.
@Suite struct RepairRuleTests {
  private let flowPath = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"

  private func settings(_ references: Sales.Reference...) -> [String: TestFile] {
    ["config/prod.json": Sales.settings(references)]
  }

  private func merged(_ files: [String: TestFile]...) -> [String: TestFile] {
    files.reduce([:]) { $0.merging($1) { $1 } }
  }

  @Test func `a removed reference is declared again, and no missing dependency any more`() throws {
    for form in Sales.Form.allCases {
      let before = Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)])
      var after = Sales([Sales.other], [Sales.approve(Sales.old)])
      after.externals = [(Sales.old.name, "Active")]
      let fixture = try repository(before.files(form), after.files(form))
      let outcome = try fixture.applyRepair(.referenceRemoved)
      #expect(outcome.steps.flatMap(\.repair.restored).map(\.name.spelling) == [Sales.old.name])
      let wanted = before.files(form).contents
      // An empty element of the fixture holds nothing, as before.
      expectEqual(try fixture.staged(), wanted)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `a removed reference has nowhere to move on to`() throws {
    let fixture = try repository(
      Sales.base.files(), Sales([Sales.other], [Sales.approve(Sales.old)]).files())
    #expect(try fixture.refusal(.referenceRemoved, .forward).message.contains("has no successor"))
  }

  @Test func `a connection that no row has any more is named`() throws {
    let second = Sales.Reference("new_sharedsharepointonline_33333", "Sites")
    let rows = ReviewTests.settings(row(Sales.old, "0a0a"), row(second, "0b0b"))
    let before = Sales([Sales.old, second], [Sales.approve(Sales.old), Sales.remind(second)])
    let after = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
    let fixture = try repository(
      merged(before.files(), ["config/prod.json": rows]),
      merged(after.files(), ["config/prod.json": rows]))
    let outcome = try fixture.applyRepair(.referenceRecreated, .forward)
    let notes: [String] = outcome.steps.flatMap { $0.repair.notes }
    #expect(
      notes.contains {
        $0.contains("bound \(second.name) to '0b0b'") && $0.contains("binds '0a0a'")
      })
  }

  @Test func `a spelling goes back, or everywhere on`() throws {
    let shouted = Sales.Reference("new_sharedSharePointOnline_A1B2C", Sales.old.displayName)
    for form in Sales.Form.allCases {
      let before = merged(
        Sales([Sales.old, Sales.other], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
          .files(form), settings(Sales.old))
      let halfway = merged(
        Sales([shouted, Sales.other], [Sales.approve(shouted), Sales.remind(Sales.old)]).files(
          form),
        settings(Sales.old))
      let finished = merged(
        Sales([shouted, Sales.other], [Sales.approve(shouted), Sales.remind(shouted)]).files(form),
        settings(shouted))
      let back = try repository(before, halfway)
      try back.applyRepair(.referenceRecased)
      expectEqual(try back.staged(), before.contents)
      #expect(try back.check().reported == [])
      let forward = try repository(before, halfway)
      try forward.applyRepair(.referenceRecased, .forward)
      expectEqual(try forward.staged(), finished.contents)
    }
  }

  @Test func `a wiped flow gets its references back, and keeps its other changes`() throws {
    let before = Sales.base.files()
    let changed = before.replacing(
      "\"operationId\": \"Run\"", with: "\"operationId\": \"Go\"", in: flowPath)
    let text = String(decoding: changed[flowPath]?.bytes ?? [], as: UTF8.self)
    let start = try #require(text.firstRange(of: "\"connectionReferences\": {")).upperBound
    let end = try #require(text.firstRange(of: "\n    },\n    \"definition\"")).lowerBound
    let wiped = text.replacingCharacters(in: start..<end, with: "")
    var after = changed
    after[flowPath] = TestFile(wiped)
    let fixture = try repository(before, after)
    try fixture.applyRepair(.referencesWiped)
    expectEqual(try fixture.staged(), changed.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a wiped flow that uses other aliases than before is refused`() throws {
    let before = Sales.base.files()
    var after = before
    after[flowPath] = """
      {"properties": {"connectionReferences": {}, "definition": {"actions": {"A": {"inputs":
        {"host": {"connectionName": "shared_else"}}}}}}}
      """
    let fixture = try repository(before, after)
    #expect(try fixture.refusal(.referencesWiped).message.contains("use 'shared_else'"))
  }

  @Test func `an entry that lost its name gets it back`() throws {
    let before = Sales.base.files()
    let after = before.replacing(
      "\"connectionReferenceLogicalName\": \"\(Sales.old.name)\"", with: "", in: flowPath)
    let fixture = try repository(before, after)
    try fixture.applyRepair(.linkLost)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a link that was changed to nowhere names again what it named`() throws {
    let before = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)])
    let after = Sales([Sales.old, Sales.other], [Sales.approve(Sales.new)])
    let fixture = try repository(before.files(), after.files())
    try fixture.applyRepair(.linkLost)
    expectEqual(try fixture.staged(), before.files().contents)
  }

  @Test func `a new link to nowhere moves to the nearest reference, when that is asked for`() throws
  {
    let before = Sales.base.files()
    let after = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.new)]).files()
    let fixture = try repository(before, after)
    #expect(try fixture.refusal(.linkLost).hint?.contains("--forward") == true)
    try fixture.applyRepair(.linkLost, .forward)
    let wanted = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files()
    expectEqual(try fixture.staged(), wanted.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a reference that shares no more than the connector is no place to move to`() throws {
    let before = Sales([Sales.other], [Sales.archive(Sales.other)]).files()
    let after = Sales([Sales.other], [Sales.archive(Sales.other), Sales.remind(Sales.old)]).files()
    let fixture = try repository(before, after)
    let finding = try #require(try fixture.check().findings.first { $0.rule == .linkLost })
    #expect(finding.repair == nil)
    #expect(finding.remarks.contains { $0.hasPrefix("nearest in the solution: sales_Archive") })
    #expect(try fixture.refusal(.linkLost, .forward).message.contains("fits the link"))
  }

  @Test func `a declaration that another solution's flow needs is restored`() throws {
    let base = Sales([Sales.old, Sales.other], [], name: "Base")
    let user = Sales([Sales.other], [Sales.approve(Sales.old)])
    let before = merged(base.files(), user.files())
    let after = merged(Sales([Sales.other], [], name: "Base").files(), user.files())
    let fixture = try repository(before, after)
    let rule = try #require(try fixture.check().findings.first?.rule)
    try fixture.applyRepair(rule)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a connector goes back, and the new display name stays`() throws {
    for form in Sales.Form.allCases {
      func files(_ displayName: String, _ connector: String) -> [String: TestFile] {
        Sales([Sales.Reference("sales_Data", displayName, connector), Sales.other], []).files(form)
      }
      let fixture = try repository(
        files("Data", "shared_commondataservice"), files("Sales data", "shared_sql"))
      let refusal = try fixture.refusal(.connectorChanged, .forward)
      #expect(refusal.hint?.contains("add a second one") == true)
      try fixture.applyRepair(.connectorChanged)
      expectEqual(
        try fixture.staged(), files("Sales data", "shared_commondataservice").contents)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test(arguments: [RepairFixture.Form.clone, .workspace])
  func `a connector goes back in an agent's list, and nothing else`(
    form: RepairFixture.Form
  ) throws {
    let before = RepairFixture.solution(form, RepairFixture.old, in: "desk")
    let path =
      form == .clone
      ? "desk/connectionreferences.mcs.yml"
      : "desk/infrastructure/connections/\(RepairFixture.old).sync.yaml"
    let item =
      "connectionReferenceLogicalName: \(RepairFixture.old)\n"
      + "    connectorId: /providers/Microsoft.PowerApps/apis/"
    let fixture = try repository(
      before, before.replacing(item + "shared_sql", with: item + "shared_teams", in: path))
    try fixture.applyRepair(.connectorChanged)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a stale row is part of the finding, and taken back with it`() throws {
    let before = merged(Sales.base.files(), settings(Sales.other, Sales.old))
    let after = merged(Sales.recreated.files(), settings(Sales.other, Sales.old))
    let fixture = try repository(before, after)
    #expect(try !fixture.check().reported.contains { $0.contains("settings-stale") })
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.staged()["config/prod.json"] == before.contents["config/prod.json"])
    #expect(try fixture.check().reported == [])
  }

  @Test func `a row that a removed reference leaves is a warning about the reference`() throws {
    let fixture = try repository(
      merged(Sales([Sales.old, Sales.other], []).files(), settings(Sales.old, Sales.other)),
      merged(Sales([Sales.other], []).files(), settings(Sales.old, Sales.other)))
    #expect(try fixture.check().reported == ["warning reference-removed: \(Sales.old.name) -> "])
  }

  @Test func `a missing row is added, and binds nothing so far`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let fixture = try repository(
      merged(Sales([Sales.old], []).files(), settings(Sales.old)),
      merged(Sales([Sales.old, mail], []).files(), settings(Sales.old)))
    try fixture.applyRepair(.settingsMissing)
    var wanted = settings(Sales.old, mail)
    let text = String(decoding: wanted["config/prod.json"]?.bytes ?? [], as: UTF8.self)
    let second = try #require(text.ranges(of: "0123456789abcdef0123456789abcdef").last)
    wanted["config/prod.json"] = TestFile(text.replacingCharacters(in: second, with: ""))
    expectEqual(
      try fixture.staged(), merged(Sales([Sales.old, mail], []).files(), wanted).contents)
    // What is left to do is said: the row still needs a connection.
    let left = try fixture.check().reported
    #expect(
      left == [
        "warning settings-incomplete:  -> sales_Mail",
        "note name-off-convention:  -> sales_Mail",
      ])
  }

  @Test func `a planned renaming is finished or taken back`() throws {
    let plan = Sales.Reference("sales_Orders", "Orders of the shop")
    let before = merged(
      Sales([Sales.old], [Sales.approve(Sales.old)]).files(), settings(Sales.old))
    let after = merged(Sales([plan], [Sales.approve(plan)]).files(), settings(Sales.old))
    let forward = try repository(before, after)
    try forward.applyRepair(.referenceReplaced, .forward)
    expectEqual(
      try forward.staged(),
      merged(Sales([plan], [Sales.approve(plan)]).files(), settings(plan)).contents)
    let back = try repository(before, after)
    try back.applyRepair(.referenceReplaced)
    expectEqual(try back.staged(), before.contents)
    #expect(try back.check().reported == [])
  }

  @Test func `a connection that a flow names directly is in no revision`() throws {
    let before = Sales.base.files()
    let after = before.replacing(
      "\"connectionReferenceLogicalName\": \"\(Sales.old.name)\"",
      with: "\"name\": \"shared-sharepointonl-1b2c\"", in: flowPath)
    let fixture = try repository(before, after)
    #expect(try fixture.refusal(.connectionEmbedded).message.contains("cannot be repaired"))
  }

  @Test func `a reference with another id alone is nothing for a patch`() throws {
    func export(_ id: String) -> [String: TestFile] {
      [
        "env/connectionreferences.json": """
        {"@odata.context": "https://contoso.crm.dynamics.com/api/data/v9.2/$metadata", "value": [
          {"connectionreferenceid": "\(id)0000000-0000-0000-0000-000000000000",
           "connectionreferencelogicalname": "\(Sales.old.name)"}]}
        """
      ]
    }
    let fixture = try repository(
      merged(Sales.base.files(), export("a")), merged(Sales.base.files(), export("b")))
    #expect(try fixture.refusal(.referenceRecreated).message.contains("they agree"))
  }
}

extension String {
  func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
