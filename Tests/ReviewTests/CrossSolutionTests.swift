import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Re-creations whose consumers are in another solution, on another branch, or in no solution.
@Suite struct CrossSolutionTests {
  private let settings = ["prod.json": Sales.settings([Sales.old])]

  private func sales(_ references: [Sales.Reference], _ flows: [Sales.Flow], _ name: String)
    -> [String: TestFile]
  {
    Sales(references, flows, name: name).files()
  }

  /// The ids of the errors of a check and of the history of HEAD, which are the same.
  private func errors(
    _ fixture: TestRepository, from before: String, to after: String, inHistory: Bool = true
  ) throws -> [Finding] {
    let findings = try fixture.check(from: before, to: after).findings
      .filter { $0.severity == .error }
    guard inHistory else { return findings }
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incidents = try scan.outcome().history.incidents.filter { $0.finding.severity == .error }
    #expect(incidents.map(\.finding.id) == findings.map(\.id))
    #expect(incidents.map(\.outcome) == findings.map(\.outcome))
    return findings
  }

  @Test func `a flow is copied to another solution, and the old one is dropped later`() throws {
    let (old, new) = (Sales.old, Sales.new)
    let empty = sales([Sales.other], [Sales.remind(Sales.other)], "Base")
    let fixture = try TestRepository {
      Commit(
        "base",
        sales([old], [Sales.approve(old)], "App").merging(empty) { $1 }
          .merging(settings) { $1 })
      Commit(
        "copied",
        sales([Sales.other, new], [Sales.remind(Sales.other), Sales.approve(new)], "Base"))
      Commit("dropped", sales([old], [Sales.approve(old)], "App").becoming(sales([], [], "App")))
    }
    let errors = try errors(fixture, from: "copied", to: "dropped")
    #expect(errors.map(\.rule) == [.referenceRecreated])
    #expect(errors.first?.consumers.map(\.state) == [.moved])
  }

  @Test func `a reference of two solutions is re-created once`() throws {
    let (old, new) = (Sales.old, Sales.new)
    func both(_ reference: Sales.Reference) -> [String: TestFile] {
      sales([reference], [Sales.approve(reference)], "App")
        .merging(sales([reference], [Sales.remind(reference)], "Base")) { $1 }
    }
    let fixture = try TestRepository {
      Commit("base", both(old).merging(settings) { $1 })
      Commit("again", both(new))
    }
    let errors = try errors(fixture, from: "base", to: "again")
    #expect(errors.map(\.rule) == [.referenceRecreated])
    let finding = try #require(errors.first)
    #expect(finding.consumers.map(\.name).sorted() == ["Approve order", "Remind buyer"])
    #expect(finding.remarks.contains("the same in solutions/Base/Other/Customizations.xml"))
    #expect(finding.rows.count == 1)
    try fixture.git("reset", "-q", "--hard", fixture.id("base"))
    try fixture.stage(both(new))
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.check().isSilent)
  }

  /// Each of two solutions has a reference of its own, and one that a third declares replaces both.
  @Test(arguments: [true, false])
  func `one reference for two solutions is one event`(isMoved: Bool) throws {
    let third = Sales.Reference("new_sharedsharepointonline_c3d4e", Sales.old.displayName)
    func both(_ one: Sales.Reference, _ other: Sales.Reference, declared: Bool)
      -> [String: TestFile]
    {
      sales(declared ? [one] : [], [Sales.approve(one)], "App")
        .merging(sales(declared ? [other] : [], [Sales.remind(other)], "Orders")) { $1 }
    }
    let rows = [
      "App-prod.json": Sales.settings([Sales.old]), "Orders-prod.json": Sales.settings([third]),
    ]
    let fixture = try TestRepository {
      Commit("base", both(Sales.old, third, declared: true).merging(rows) { $1 })
      Commit(
        "joined",
        both(isMoved ? Sales.new : Sales.old, isMoved ? Sales.new : third, declared: false)
          .merging(sales([Sales.new], [], "Base")) { $1 })
    }
    let errors = try errors(fixture, from: "base", to: "joined")
    #expect(errors.map(\.rule) == [.referenceRecreated])
    let finding = try #require(errors.first)
    #expect(finding.before.map(\.name.spelling) == [Sales.old.name, third.name])
    #expect(
      finding.consumers.map(\.state) == Array(repeating: isMoved ? .moved : .leftBehind, count: 2))
    #expect(finding.rows.map(\.place.path) == ["App-prod.json", "Orders-prod.json"])
    try fixture.git("reset", "-q", "--soft", fixture.id("base"))
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.check().isSilent)
  }

  @Test func `two solutions that re-create two references have a finding each`() throws {
    let third = Sales.Reference("new_sharedsharepointonline_c3d4e", "SharePoint Stock")
    let fourth = Sales.Reference("new_sharedsharepointonline_d4e5f", "SharePoint Stock")
    func both(_ one: Sales.Reference, _ other: Sales.Reference) -> [String: TestFile] {
      sales([one], [Sales.approve(one)], "App")
        .merging(sales([other], [Sales.remind(other)], "Base")) { $1 }
    }
    let fixture = try TestRepository {
      Commit("base", both(Sales.old, third))
      Commit("again", both(Sales.new, fourth))
    }
    #expect(try errors(fixture, from: "base", to: "again").count == 2)
  }

  @Test(arguments: [Sales.Form.classic, .plain, .yaml])
  func `a solution that becomes a zip still declares what others use`(form: Sales.Form) throws {
    let (old, new) = (Sales.old, Sales.new)
    func zip(_ references: [Sales.Reference]) -> [String: TestFile] {
      let files = Sales(references, [], name: "Base").files(.plain, in: "")
      return [
        "out/Base.zip": TestFile(
          bytes: storedZip(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.bytes) }))
      ]
    }
    let base = Sales([old], [], name: "Base").files(form)
    let app = sales([], [Sales.approve(old)], "App")
    let more = sales([], [Sales.approve(old), Sales.remind(old)], "App")
    let fixture = try TestRepository {
      Commit("folder", base.merging(app) { $1 })
      Commit("zip", base.becoming(zip([old])).merging(more) { $1 })
      Commit("folder again", zip([old]).becoming(base).merging(app) { $1 })
      Commit("another", base.becoming(zip([new])))
    }
    #expect(try errors(fixture, from: "folder", to: "zip", inHistory: false).isEmpty)
    #expect(try errors(fixture, from: "zip", to: "folder again", inHistory: false).isEmpty)
    let found = try errors(fixture, from: "folder again", to: "another")
    #expect(found.map(\.rule) == [.referenceRecreated])
    #expect(found.first?.consumers.allSatisfy { $0.state == .leftBehind } == true)
  }

  @Test func `a flow moves to another solution, and the old reference is dropped later`() throws {
    let (old, new) = (Sales.old, Sales.new)
    let app = sales([old], [Sales.approve(old)], "App")
    let left = sales([old], [], "App")
    let fixture = try TestRepository {
      Commit(
        "base",
        app.merging(sales([Sales.other], [Sales.remind(Sales.other)], "Base")) { $1 }
          .merging(settings) { $1 })
      Commit(
        "moved",
        app.becoming(left).merging(
          sales([Sales.other, new], [Sales.remind(Sales.other), Sales.approve(new)], "Base")
        ) { $1 })
      Commit("dropped", sales([], [], "App"))
    }
    #expect(
      try errors(fixture, from: "moved", to: "dropped").map(\.rule) == [.referenceRecreated])
  }

  @Test func `one branch deletes the old one, the other moves the flows to the new one`() throws {
    let (old, new) = (Sales.old, Sales.new)
    let base = sales([old, Sales.other], [Sales.approve(old)], "App")
    let merged = sales([new, Sales.other], [Sales.approve(new)], "App")
    let fixture = try TestRepository {
      Commit("base", base.merging(settings) { $1 })
      Commit(
        "added", on: "added", from: "main",
        sales([old, new, Sales.other], [Sales.approve(new)], "App"))
      Commit("deleted", base.becoming(sales([Sales.other], [], "App")))
      Commit("merge", merging: "added", merged)
    }
    #expect(
      try errors(fixture, from: "deleted", to: "merge").map(\.rule) == [.referenceRecreated])
  }

  @Test func `an unpacked app that is called like the solution is left behind`() throws {
    let app = [
      "apps/Sales/Connections/Connections.json": TestFile(
        #"{"5b": {"id": "/providers/microsoft.powerapps/apis/shared_sharepointonline", "#
          + #""connectionRef": {"xrmConnectionReferenceLogicalName": "\#(Sales.old.name)"}}}"#),
      "apps/Sales/CanvasManifest.json": TestFile(#"{"Properties": {"Name": "Sales"}}"#),
    ]
    let fixture = try TestRepository {
      Commit("base", sales([Sales.old], [], "Sales").merging(app) { $1 })
      Commit("again", sales([Sales.new], [], "Sales"))
    }
    let recreated = try #require(
      try fixture.check(from: "base", to: "again").findings.first { $0.rule == .referenceRecreated }
    )
    #expect(recreated.severity == .error)
    #expect(recreated.consumers.map(\.state) == [.leftBehind])
  }

  @Test func `a member that another solution defines goes with it`() throws {
    func files(_ reference: Sales.Reference) -> [String: TestFile] {
      sales([reference], [], "Base").merging(
        sales([.stub(reference.name)], [Sales.approve(reference)], "App")
      ) { $1 }
    }
    let fixture = try TestRepository {
      Commit("base", files(Sales.old).merging(settings) { $1 })
      Commit("again", files(Sales.new))
    }
    #expect(
      try fixture.check(from: "base", to: "again").findings.filter { $0.severity > .note }
        .map(\.rule) == [.referenceRecreated])
  }

  @Test func `a full export over a patch is compared with what the patch was unpacked over`() throws
  {
    let (old, new) = (Sales.old, Sales.new)
    let whole = sales(
      [old, Sales.other], [Sales.approve(old), Sales.remind(Sales.other)], "Sales")
    let patch = Sales(
      [Sales.other], [Sales.remind(Sales.other)], name: "Sales_Patch_33b0c84d", version: "1.0.1.0"
    ).files(in: "solutions/Sales")
    let next = Sales(
      [new, Sales.other], [Sales.approve(new), Sales.remind(Sales.other)], version: "1.1.0.0"
    ).files()
    let fixture = try TestRepository {
      Commit("base", whole.merging(settings) { $1 })
      Commit("patch", patch)
      Commit("export", next)
    }
    #expect(
      try fixture.check(from: "base", to: "patch").findings.filter { $0.severity > .note } == [])
    #expect(
      try errors(fixture, from: "patch", to: "export").map(\.rule) == [.referenceRecreated])
  }

  @Test func `a flow of a patch is left behind by its base`() throws {
    func patch(_ version: String) -> [String: TestFile] {
      Sales([], [Sales.remind(Sales.old)], name: "Sales_Patch_33b0c84d", version: version).files()
    }
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(patch("1.0.1.0")) { $1 })
      Commit("again", Sales.recreated.files())
      Commit("old patch", on: "side", from: "base", patch("1.0.0.0"))
      Commit("upgraded", on: "side", Sales.recreated.files())
    }
    let finding = try #require(try fixture.check(from: "base", to: "again").findings.first)
    #expect(
      finding.consumers.filter { $0.state == .leftBehind }.map(\.name) == ["Remind buyer"])
    // Its base may be elsewhere.
    let elsewhere = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("other release", patch("1.2.1.0"))
      Commit("again", Sales.recreated.files())
    }
    let released = try #require(
      try elsewhere.check(from: "other release", to: "again").findings.first)
    #expect(released.consumers.filter { $0.state == .leftBehind }.isEmpty)
    // A patch of an earlier version is not deployed over this one.
    let upgrade = try #require(try fixture.check(from: "old patch", to: "upgraded").findings.first)
    #expect(upgrade.consumers.filter { $0.state == .leftBehind }.isEmpty)
  }

  @Test func `a solution that gives up a name with the one that re-creates it is part of that`()
    throws
  {
    let stock = Sales.Reference("new_stock", "Stock", "shared_sql")
    func other(_ declared: [Sales.Reference], _ used: Sales.Reference) -> [String: TestFile] {
      Sales(declared, [Sales.remind(used)], name: "Other").files()
    }
    let fixture = try TestRepository {
      Commit(
        "base", Sales.base.files().merging(other([Sales.old, stock], Sales.old)) { $1 })
      Commit("again", Sales.recreated.files().merging(other([stock], Sales.new)) { $1 })
    }
    let findings = try fixture.check(from: "base", to: "again").findings
    #expect(findings.filter { $0.severity > .note }.map(\.rule) == [.referenceRecreated])
    #expect(
      Set(findings[0].consumers.map(\.name)) == ["Approve order", "Remind buyer"])
  }

  /// A reference of its own for a solution.
  private func own(_ tail: String) -> Sales.Reference {
    Sales.Reference("new_sharedsharepointonline_\(tail)", "SharePoint Sales")
  }

  @Test func `two solutions that replace what they shared in two commits are one event`() throws {
    let (old, one, two) = (Sales.old, own("11111"), own("22222"))
    let base = sales([old, Sales.other], [Sales.archive(Sales.other)], "Base")
    let fixture = try TestRepository {
      Commit(
        "base",
        base.merging(sales([], [Sales.approve(old)], "One")) { $1 }
          .merging(sales([], [Sales.remind(old)], "Two")) { $1 })
      Commit("one", sales([one], [Sales.approve(one)], "One"))
      Commit(
        "two",
        sales([two], [Sales.remind(two)], "Two").merging(
          sales([Sales.other], [Sales.archive(Sales.other)], "Base")
        ) { $1 })
    }
    let finding = try #require(try errors(fixture, from: "one", to: "two").first)
    #expect(finding.after.map(\.name.spelling) == [two.name, one.name])
    #expect(finding.consumers.map(\.name) == ["Approve order", "Remind buyer"])
    #expect(finding.repointedIn == fixture.id("one"))
  }

  @Test func `a flow that moved earlier to what existed before is no part of it`() throws {
    let (old, new, one) = (Sales.old, Sales.new, own("11111"))
    let fixture = try TestRepository {
      Commit("one", sales([one], [Sales.archive(one)], "One"))
      Commit(
        "base",
        sales([old], [Sales.approve(old)], "Base").merging(
          sales([one], [Sales.archive(one), Sales.remind(old)], "One")
        ) { $1 })
      Commit("moved", sales([one], [Sales.archive(one), Sales.remind(one)], "One"))
      Commit("again", sales([new], [Sales.approve(new)], "Base"))
    }
    let finding = try #require(try errors(fixture, from: "moved", to: "again").first)
    #expect(finding.after.map(\.name.spelling) == [new.name])
  }

  @Test func `a member that is left when the solution that defined it goes is lost`() throws {
    let base = sales([Sales.old], [], "Base")
    let app = sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)], "App")
    let fixture = try TestRepository {
      Commit("base", base.merging(app) { $1 })
      Commit("gone", base.removed)
    }
    #expect(try errors(fixture, from: "base", to: "gone").map(\.rule) == [.linkLost])
  }

  @Test func `a solution that goes with all that uses it leaves nothing lost`() throws {
    var app = Sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)], name: "App")
    let base = sales([Sales.old], [], "Base")
    let before = app.files()
    app.externals = [(Sales.old.name, "Base (1.0.0.0)")]
    let fixture = try TestRepository {
      Commit("base", base.merging(before) { $1 })
      Commit("elsewhere", base.removed.merging(app.files().mapValues { $0 }) { $1 })
      Commit("back", base.merging(before) { $1 })
      Commit(
        "unused",
        base.removed.merging(before.becoming(sales([.stub(Sales.old.name)], [], "App"))) { $1 })
    }
    #expect(try fixture.check(from: "base", to: "elsewhere").findings.isEmpty)
    #expect(
      try fixture.check(from: "back", to: "unused").findings.filter { $0.severity > .note }
        .isEmpty)
  }

  @Test func `a declaration that becomes a member of nothing is removed`() throws {
    let stub = sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)], "App")
    let fixture = try TestRepository {
      Commit("base", sales([Sales.old], [Sales.approve(Sales.old)], "App"))
      Commit("emptied", stub)
    }
    #expect(
      try errors(fixture, from: "base", to: "emptied").map(\.rule) == [.referenceRemoved])
  }

  @Test func `a member is filled in, or defined by another solution from now on`() throws {
    let stub = sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)], "App")
    let fixture = try TestRepository {
      Commit("emptied", stub)
      Commit("filled", sales([Sales.old], [Sales.approve(Sales.old)], "App"))
      Commit("taken over", stub.merging(sales([Sales.old], [], "Base")) { $1 })
    }
    for (before, after) in [("emptied", "filled"), ("filled", "taken over")] {
      let findings = try fixture.check(from: before, to: after).findings
      #expect(findings.filter { $0.severity > .note }.isEmpty)
    }
  }

  @Test func `a reference that moves to a solution whose own settings file lacks it is reported`()
    throws
  {
    func files(_ left: [Sales.Reference], _ right: [Sales.Reference]) -> [String: TestFile] {
      Sales(left, [Sales.approve(Sales.old), Sales.remind(Sales.other)]).files()
        .merging(
          Sales(right, [Sales.archive(Sales.new)], name: "Archive").files()
        ) { $1 }
    }
    let before = files([Sales.old, Sales.other], [Sales.new]).merging([
      "sales.json": Sales.settings([Sales.old, Sales.other]),
      "archive.json": Sales.settings([Sales.new]),
    ]) { $1 }
    let fixture = try TestRepository { Commit("base", before) }
    let moved = files([Sales.old], [Sales.new, Sales.other])
    try fixture.stage(moved)
    let outcome = try fixture.check()
    #expect(outcome.reported == ["warning settings-incomplete:  -> \(Sales.other.name)"])
    #expect(outcome.findings.first?.rows.map(\.place.path) == ["archive.json"])
    try fixture.stage(["archive.json": Sales.settings([Sales.new, Sales.other])])
    #expect(try fixture.check().findings.filter { $0.severity > .note }.isEmpty)
  }
}
