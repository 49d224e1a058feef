import Detection
import Editing
import Review
import Solution
import TestSupport
import Testing

/// A reference that was re-created, in every form and every way of writing it.
@Suite struct RepairFormTests {
  private let old = RepairFixture.old
  private let new = RepairFixture.new

  @Test(arguments: RepairFixture.Form.allCases, Writing.allCases)
  func `what was re-created is again what it was, byte by byte`(
    form: RepairFixture.Form, writing: Writing
  ) throws {
    let before = writing.write(RepairFixture.files(form, old))
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(writing.write(RepairFixture.files(form, new))))
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(outcome.target == .staged)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test(arguments: [RepairFixture.Form.classic, .plain, .yaml], Writing.allCases)
  func `a consumer left behind moves on, and rows follow`(
    form: RepairFixture.Form, writing: Writing
  ) throws {
    // A solution made its reference again; another one and the settings files know nothing of it.
    func files(sales: String, others: String) -> [String: TestFile] {
      writing.write(
        RepairFixture.files(form, others)
          .filter { !$0.key.hasPrefix("solutions/Sales/") }
          .merging(RepairFixture.solution(form, sales, in: "solutions/Sales")) { $1 }
          .merging(RepairFixture.neighbour(form, others)) { $1 })
    }
    let before = files(sales: old, others: old)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(files(sales: new, others: old)))
    #expect(
      try fixture.check().findings.first?.consumers.contains { $0.state == .leftBehind } == true)
    try fixture.applyRepair(.referenceRecreated, .forward)
    expectEqual(try fixture.staged(), files(sales: new, others: new).contents)
    // The old one is still removed; nothing uses it any more.
    let left = try fixture.check()
    #expect(left.reported == ["error reference-recreated: \(old) -> \(new)"])
    #expect(
      left.findings.allSatisfy { $0.rows.isEmpty && $0.consumers.allSatisfy { $0.state == .moved } }
    )
  }

  @Test(arguments: [RepairFixture.Form.clone, .workspace])
  func `an agent beside the solution moves on with its own list`(
    form: RepairFixture.Form
  ) throws {
    func files(_ sales: String, _ agent: String) -> [String: TestFile] {
      RepairFixture.solution(.classic, sales, in: "solutions/Sales")
        .merging(RepairFixture.solution(form, agent, in: "agents/desk")) { $1 }
    }
    let before = files(old, old)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(files(new, old)))
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.remarks.contains { $0.hasPrefix("the agent 'desk' still lists \(old) (") })
    try fixture.applyRepair(.referenceRecreated, .forward)
    expectEqual(try fixture.staged(), files(new, new).contents)
    let left = try #require(try fixture.check().findings.first)
    #expect(!left.remarks.contains { $0.contains("still lists") })
  }

  @Test func `an agent that lists both gives up the old one`() throws {
    func files(_ sales: String, _ agent: String, lists others: String...) -> [String: TestFile] {
      let list = others.map { "  - connectionReferenceLogicalName: \($0)\n    connectorId: sql\n" }
      return RepairFixture.solution(.classic, sales, in: "solutions/Sales").merging([
        "agents/desk/connectionreferences.mcs.yml": TestFile(
          "connectionReferences:\n" + list.joined()),
        "agents/desk/actions/orders.mcs.yml": TestFile("connectionReference: \(agent)\n"),
      ]) { $1 }
    }
    let before = files(old, old, lists: old, new)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(files(new, old, lists: old, new)))
    let rule = try #require(try fixture.check().findings.first?.rule)
    try fixture.applyRepair(rule, .forward)
    expectEqual(try fixture.staged(), files(new, new, lists: new).contents)
  }

  @Test(arguments: [RepairFixture.Form.classic, .yaml])
  func `a neighbour that was left behind is as it was once the old one is back`(
    form: RepairFixture.Form
  ) throws {
    let before = RepairFixture.files(form, old)
      .merging(RepairFixture.neighbour(form, old)) { $1 }
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(RepairFixture.solution(form, new, in: "solutions/Sales").mapValues { $0 })
    try fixture.stage(
      before.becoming(
        before.filter { !$0.key.hasPrefix("solutions/Sales/") }
          .merging(RepairFixture.solution(form, new, in: "solutions/Sales")) { $1 }))
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().reported == [])
  }

  @Test(arguments: RepairFixture.Form.allCases)
  func `other work in the same files is kept`(form: RepairFixture.Form) throws {
    let before = RepairFixture.files(form, old)
    func working(_ files: [String: TestFile]) -> [String: TestFile] {
      var files = files
      for path in files.keys {
        files = files.replacing("Audit", with: "Audit of stock", in: path)
          .replacing("\"Take\":", with: "\"Take_it\":", in: path)
          .replacing(
            "modelDisplayName: Orders", with: "modelDisplayName: Orders of today", in: path
          )
          .replacing(
            "\"schemaVersion\": \"1.0.0.0\"", with: "\"schemaVersion\":\"1.0.0.1\"", in: path
          )
          .replacing("\"Value\": \"a@example.com\"", with: "\"Value\": \"b@example.com\"", in: path)
      }
      files["solutions/Sales/notes.json"] = "{\"connectionReferenceLogicalName\": \"\(new)\"}"
      return files
    }
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(working(RepairFixture.files(form, new))))
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), working(before).contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `the files on the disk are repaired where they alone have it`() throws {
    let before = RepairFixture.files(.classic, old)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.write(before.becoming(RepairFixture.files(.classic, new)))
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(outcome.target == .worktree)
    #expect(try fixture.check(.worktree).isSilent)
    #expect(try fixture.git("status", "--porcelain") == "")
  }

  @Test(arguments: ["connectionreference.xml", "connectionreference.json"])
  func `Git integration may write declarations as XML or JSON`(name: String) throws {
    func files(_ reference: String) -> [String: TestFile] {
      var files = RepairFixture.files(.yaml, reference)
      let folder = "solutions/Sales/connectionreferences/\(reference)/"
      files["\(folder)connectionreference.yml"] = nil
      files[folder + name] =
        name.hasSuffix("xml")
        ? """
        <connectionreference connectionreferencelogicalname="\(reference)">
          <connectionreferencedisplayname>Stock</connectionreferencedisplayname>
          <connectorid>/apis/shared_sql</connectorid></connectionreference>
        """
        : """
        {"connectionreference": {"@connectionreferencelogicalname": "\(reference)",
          "connectionreferencedisplayname": "Stock", "connectorid": "/apis/shared_sql"}}
        """
      return files
    }
    let fixture = try TestRepository { Commit("base", files(old)) }
    try fixture.stage(files(old).becoming(files(new)))
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), files(old).contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a folder that moved at the same time stays where it is`() throws {
    func moved(_ files: [String: TestFile]) -> [String: TestFile] {
      Dictionary(
        uniqueKeysWithValues: files.map {
          ($0.key.replacing("solutions/Sales/", with: "src/SalesSolution/"), $0.value)
        })
    }
    for form in [RepairFixture.Form.classic, .yaml] {
      let before = RepairFixture.files(form, old)
      let fixture = try TestRepository { Commit("base", before) }
      try fixture.stage(before.becoming(moved(RepairFixture.files(form, new))))
      try fixture.applyRepair(.referenceRecreated)
      expectEqual(try fixture.staged(), moved(before).contents)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `another form on disk takes the name and keeps what else it says`() throws {
    let before = RepairFixture.files(.classic, old)
    let after = RepairFixture.files(.yaml, new)
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(after))
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.check().reported == [])
    let staged = try fixture.staged()
    let declared = staged.keys.filter { $0.contains("/connectionreferences/") }
    #expect(
      declared.contains("solutions/Sales/connectionreferences/\(old)/connectionreference.yml"))
    #expect(!declared.contains { $0.contains("/\(new)/") })
  }

  @Test(arguments: ["connectionReferences: []\n", "connectionReferences:\n"])
  func `the list of a cloned agent is restored where nothing is left of it`(
    _ emptied: String
  ) throws {
    let before = RepairFixture.files(.clone, old)
    let list = "solutions/Sales/connectionreferences.mcs.yml"
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(TestFile(emptied), at: list)
    try fixture.applyRepair(.referenceRemoved)
    let restored = try fixture.check().findings.filter {
      $0.before.contains { $0.name.spelling == old }
    }
    #expect(restored.isEmpty)
  }

  @Test func `no repair is offered for a declaration of another form`() throws {
    let before = RepairFixture.files(.classic, old)
    let after = RepairFixture.files(.yaml, old).filter {
      !$0.key.contains("/connectionreferences/")
    }
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(after))
    let removed = try #require(
      try fixture.check().findings.first { $0.rule == .referenceRemoved })
    #expect(removed.severity == .error)
    #expect(removed.repair == nil)
    #expect(try fixture.refusal(.referenceRemoved).message.contains("in another form on disk"))
  }

  private func archive(_ name: String) -> [String: TestFile] {
    let files = RepairFixture.files(.plain, name).filter { $0.key.hasPrefix("solutions/Sales/") }
    let entries = files.sorted { $0.key < $1.key }.map {
      (path: String($0.key.dropFirst("solutions/Sales/".count)), content: $0.value.bytes)
    }
    return ["Sales_1_0_0_0.zip": TestFile(bytes: storedZip(entries))]
  }

  @Test func `of a folder and a build of it the folder is repaired`() throws {
    let (folder, build) = (RepairFixture.files(.classic, old), archive(new))
    let fixture = try repository(
      folder.merging(archive(old)) { $1 },
      RepairFixture.files(.classic, new).merging(build) { $1 })
    let outcome = try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), folder.merging(build) { $1 }.contents)
    #expect(outcome.remaining.map(\.archives) == [["Sales_1_0_0_0.zip"]])
    try fixture.stage(archive(old).mapValues { $0 })
    #expect(try fixture.check().reported == [])
  }

  @Test func `what another solution's zip declares is not offered to be taken back`() throws {
    func files(_ own: [Sales.Reference], _ used: Sales.Reference, _ base: [Sales.Reference])
      -> [String: TestFile]
    {
      let entries = Sales(base, [], name: "Base").files(.plain, in: "").sorted { $0.key < $1.key }
      return Sales(own, [Sales.approve(used)]).files(.yaml).merging([
        "Base.zip": TestFile(bytes: storedZip(entries.map { ($0.key, $0.value.bytes) }))
      ]) { $1 }
    }
    let fixture = try repository(
      files([Sales.old, Sales.other], Sales.old, [Sales.other]),
      files([Sales.other], Sales.new, [Sales.other, Sales.new]))
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.rule == .referenceRecreated && finding.repair == nil)
    // A consumer that was left behind can follow.
    let left = try repository(
      files([Sales.old, Sales.other], Sales.old, [Sales.other]),
      files([Sales.other], Sales.old, [Sales.other, Sales.new]))
    #expect(try left.check().findings.first?.repair == .forward)
    try left.applyRepair(.referenceRecreated, .forward)
    #expect(try left.check().findings.allSatisfy { $0.consumers.allSatisfy { $0.state == .moved } })
  }

  @Test func `a zip archive is refused, and says why`() throws {
    let fixture = try TestRepository { Commit("base", archive(old)) }
    try fixture.stage(archive(new))
    let refusal = try fixture.refusal(.referenceRecreated)
    #expect(
      refusal.message
        == "could not repair 'Sales_1_0_0_0.zip': it is a zip archive, and a patch changes text")
  }
}
