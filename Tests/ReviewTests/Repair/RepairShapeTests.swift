import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// Re-creations that are not one for one, or took several commits, or lie back.
@Suite struct RepairShapeTests {
  private let second = Sales.Reference("new_sharedsharepointonline_77777", "SharePoint Sales")

  @Test func `two that became one: each flow names again what it named`() throws {
    for form in Sales.Form.allCases {
      let before = Sales(
        [Sales.old, second], [Sales.approve(Sales.old), Sales.remind(second)])
      let after = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
      let fixture = try repository(before.files(form), after.files(form))
      try fixture.applyRepair(try #require(try fixture.check().findings.first?.rule))
      expectEqual(try fixture.staged(), before.files(form).contents)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `two that became one: one row is two again`() throws {
    let rows = { (references: [Sales.Reference]) in ["config/prod.json": Sales.settings(references)]
    }
    let before = Sales([Sales.old, second], [Sales.approve(Sales.old), Sales.remind(second)])
    let after = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
    let fixture = try repository(
      before.files().merging(rows([Sales.old, second])) { $1 },
      after.files().merging(rows([Sales.new])) { $1 })
    try fixture.applyRepair(try #require(try fixture.check().findings.first?.rule))
    let left = try fixture.staged()["config/prod.json"]
    #expect(left == rows([Sales.old, second])["config/prod.json"]?.bytes)
    #expect(try fixture.check().reported == [])
  }

  @Test func `two that became one, and a new flow on it: which it means is unknown`() throws {
    let before = Sales([Sales.old, second], [Sales.approve(Sales.old), Sales.remind(second)])
    let after = Sales(
      [Sales.new],
      [Sales.approve(Sales.new), Sales.remind(Sales.new), Sales.archive(Sales.new)])
    let fixture = try repository(before.files(), after.files())
    let rule = try #require(try fixture.check().findings.first?.rule)
    #expect(try fixture.refusal(rule).message.contains("replaces several references"))
  }

  @Test func `one that became two is one again`() throws {
    for form in Sales.Form.allCases {
      let before = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
      let after = Sales(
        [Sales.new, second], [Sales.approve(Sales.new), Sales.remind(second)])
      let fixture = try repository(before.files(form), after.files(form))
      try fixture.applyRepair(try #require(try fixture.check().findings.first?.rule))
      expectEqual(try fixture.staged(), before.files(form).contents)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `rows of both sides become one, and none is lost`() throws {
    let rows = { (references: [Sales.Reference]) in ["config/prod.json": Sales.settings(references)]
    }
    for staged in [[Sales.old, Sales.other, Sales.new], [Sales.new, Sales.other], [Sales.other]] {
      let fixture = try repository(
        Sales.base.files().merging(rows([Sales.old, Sales.other])) { $1 },
        Sales.recreated.files().merging(rows(staged)) { $1 })
      try fixture.applyRepair(.referenceRecreated)
      let left = try fixture.staged()["config/prod.json"]
      let wanted =
        staged.count == 1 ? [Sales.other, Sales.old] : [Sales.old, Sales.other]
      #expect(left == rows(wanted)["config/prod.json"]?.bytes)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `a flow that is new with the new name gets the old one too`() throws {
    let after = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
    let fixture = try repository(Sales.base.files(), after.files())
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(
      try fixture.staged(),
      Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files().contents)
    #expect(try fixture.check().reported == [])
  }

  @Test func `a twin of the solution that still declares the old one is left alone`() throws {
    let twin = Sales.base.files(in: "release/Sales")
    let fixture = try repository(
      Sales.base.files().merging(twin) { $1 }, Sales.recreated.files().merging(twin) { $1 })
    try fixture.applyRepair(.referenceRecreated)
    let wanted = Sales([Sales.old], [Sales.approve(Sales.old)], version: "1.0.0.1").files()
    expectEqual(try fixture.staged(), wanted.merging(twin) { $1 }.contents)
  }

  @Test func `flows that may find the old one elsewhere are not moved`() throws {
    // Flows without a solution beside them: their reference may be in another repository.
    let lone = "flows/Workflows/\(Sales.remind(Sales.old).fileName)"
    let others = [lone: TestFile(Sales.remind(Sales.old).definition)]
    let rows = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try repository(
      Sales.base.files().merging(others) { $1 }.merging(rows) { $1 },
      Sales.recreated.files().merging(others) { $1 }.merging(rows) { $1 })
    try fixture.applyRepair(.referenceRecreated, .forward)
    #expect(try fixture.staged()[lone] == others[lone]?.bytes)
    #expect(try fixture.staged()["config/prod.json"] == Sales.settings([Sales.new]).bytes)
  }

  @Test func `a successor in another solution is not written into the first one's file`() throws {
    let (old, new, mail) = (Sales.old, Sales.new, Sales.Reference("two_mail", "Mail", "shared_sql"))
    func solutions(_ moved: Bool) -> [String: TestFile] {
      let one = Sales(
        moved ? [Sales.other] : [old, Sales.other],
        [Sales.archive(Sales.other)] + (moved ? [] : [Sales.approve(old)]), name: "One")
      let two = Sales(
        moved ? [mail, new] : [mail], [Sales.remind(mail)] + (moved ? [Sales.approve(new)] : []),
        name: "Two")
      return one.files().merging(two.files()) { $1 }
    }
    let own = ["one.json": Sales.settings([old, Sales.other])]
    let others = ["two.json": Sales.settings([mail])]
    let fixture = try repository(
      solutions(false).merging(own) { $1 }.merging(others) { $1 },
      solutions(true).merging(own) { $1 }.merging(others) { $1 })
    let outcome = try fixture.applyRepair(.referenceRecreated, .forward)
    #expect(try fixture.staged()["one.json"] == own["one.json"]?.bytes)
    let two = String(decoding: try fixture.staged()["two.json"] ?? [], as: UTF8.self)
    #expect(two.contains(new.name))
    #expect(
      outcome.steps.first?.repair.notes.contains { $0.hasPrefix("the row of 'one.json' was left") }
        == true)
    // Without a file of its own it has the row of the other's.
    let lone = try repository(
      solutions(false).merging(own) { $1 }, solutions(true).merging(own) { $1 })
    try lone.applyRepair(.referenceRecreated, .forward)
    #expect(
      try lone.staged()["one.json"] == Sales.settings([new, Sales.other]).bytes)
  }

  @Test func `a row of a solution that uses what another one binds is left`() throws {
    let mail = Sales.Reference("two_mail", "Mail", "shared_sql")
    func solutions(_ moved: Bool) -> [String: TestFile] {
      let one = Sales(
        moved ? [Sales.other] : [Sales.old, Sales.other],
        [Sales.archive(Sales.other), Sales.approve(moved ? Sales.new : Sales.old)], name: "One")
      let two = Sales(moved ? [mail, Sales.new] : [mail], [Sales.remind(mail)], name: "Two")
      return one.files().merging(two.files()) { $1 }
    }
    let rows = [
      "one.json": Sales.settings([Sales.old, Sales.other]), "two.json": Sales.settings([mail]),
    ]
    let fixture = try repository(
      solutions(false).merging(rows) { $1 }, solutions(true).merging(rows) { $1 })
    let outcome = try fixture.applyRepair(.referenceRecreated, .forward)
    #expect(try fixture.staged()["one.json"] == rows["one.json"]?.bytes)
    #expect(
      String(decoding: try fixture.staged()["two.json"] ?? [], as: UTF8.self)
        .contains(Sales.new.name))
    #expect(
      outcome.steps.first?.repair.notes.contains {
        $0
          == "the row of 'one.json' was left: the file is of another solution than the new reference"
      } == true)
  }

  @Test
  func `what another solution declared in an earlier commit is left when a move is taken back`()
    throws
  {
    let stock = Sales.Reference("core_Stock", "Stock", "shared_sql")
    let base = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)], name: "Base").files()
    let core = Sales([stock], [Sales.remind(stock)], name: "Core").files()
    let declared = Sales([stock, Sales.new], [Sales.remind(stock)], name: "Core").files()
    let moved = Sales([Sales.other], [Sales.approve(Sales.new)], name: "Base").files()
    let rows = ["core.json": Sales.settings([stock, Sales.new])]
    let fixture = try TestRepository {
      Commit("base", base.merging(core) { $1 })
      Commit("declared", declared.merging(rows) { $1 })
    }
    try fixture.stage(base.becoming(moved))
    let outcome = try fixture.applyRepair(.referenceRecreated)
    expectEqual(
      try fixture.staged(), base.merging(declared) { $1 }.merging(rows) { $1 }.contents)
    #expect(outcome.steps.first?.repair.dismissed == [])
    #expect(try fixture.check().findings.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `what an earlier commit removed from another solution is not declared in this one`()
    throws
  {
    let own = Sales.Reference("core_Files", "Core files")
    let stock = Sales.Reference("core_Stock", "Stock", "shared_sql")
    let before = Sales([Sales.old, Sales.other], [Sales.archive(Sales.other)], name: "Base").files()
    let after = Sales([Sales.other], [Sales.archive(Sales.other)], name: "Base").files()
    let core = Sales([stock], [Sales.approve(Sales.old)], name: "Core").files()
    let fixture = try TestRepository {
      Commit("base", before.merging(core) { $1 })
      Commit("removed", before.becoming(after))
    }
    try fixture.stage(Sales([stock, own], [Sales.approve(own)], name: "Core").files())
    let finding = try #require(
      try fixture.check().findings.first { !$0.before.isEmpty && !$0.after.isEmpty })
    #expect(finding.deletedIn == fixture.id("removed"))
    #expect(finding.repair == nil)
    #expect(!finding.fix.contains { $0.line.hasPrefix("keep") })
  }

  @Test(arguments: Sales.Form.allCases)
  func `a member of a sibling solution follows its flows`(form: Sales.Form) throws {
    func files(_ declared: Sales.Reference, _ member: [Sales.Reference], _ used: Sales.Reference)
      -> [String: TestFile]
    {
      Sales([declared], [], name: "Base").files(form).merging(
        Sales(member, [Sales.approve(used)], name: "App").files(form)
      ) { $1 }
    }
    let (old, new) = (Sales.old, Sales.new)
    let wanted = files(new, [.stub(new.name)], new)
    for member in [[Sales.Reference.stub(old.name)], [.stub(old.name), .stub(new.name)]] {
      let fixture = try repository(files(old, [.stub(old.name)], old), files(new, member, old))
      try fixture.applyRepair(.referenceRecreated, .forward)
      expectEqual(try fixture.staged(), wanted.contents)
    }
    // What a solution still defines stays a member.
    let kept = Sales([old], [Sales.remind(old)], name: "Keeper").files(form)
    let fixture = try repository(
      files(old, [.stub(old.name)], old).merging(kept) { $1 },
      files(new, [.stub(old.name)], new).merging(kept) { $1 })
    let findings = try fixture.check().findings
    #expect(!findings.contains { $0.repair == .forward }, "\(findings.map(\.summary))")
  }

  @Test func `a declaration that became a mere member is filled again`() throws {
    let base = Sales.base.files()
    let fixture = try repository(
      base, Sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)]).files())
    try fixture.applyRepair(.referenceRemoved)
    expectEqual(try fixture.staged(), base.contents)
  }

  @Test func `with core.autocrlf the patch fits what is staged and the disk`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.git("config", "core.autocrlf", "true")
    try fixture.stage(
      Sales.recreated.files().mapValues { $0.rewritten { $0.replacing("\n", with: "\r\n").utf8 } })
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(outcome.unstaged == [])
    #expect(try fixture.check().reported == [])
    #expect(try fixture.git("diff", "--name-only") == "")
  }

  @Test func `a move over several commits is taken back`() throws {
    let both = Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files()
    let moved = Sales([Sales.old, Sales.new], [Sales.approve(Sales.new)]).files()
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("both", both)
      Commit("moved", moved)
    }
    try fixture.stage(moved.becoming(Sales([Sales.new], [Sales.approve(Sales.new)]).files()))
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), Sales.base.files().contents)
    #expect(try fixture.check().findings.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `of a solution that was deleted and is there again the reference is known`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("deleted", Sales.base.files().removed)
    }
    try fixture.stage(Sales.recreated.files())
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(
      outcome.steps.flatMap(\.repair.restored).map(\.name.spelling) == [Sales.old.name])
  }

  @Test func `a reference that an earlier commit removed is declared as before`() throws {
    let gone = Sales([], [Sales.approve(Sales.old)]).files()
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("deleted", Sales.base.files().becoming(gone))
    }
    try fixture.stage(Sales([Sales.new], [Sales.approve(Sales.new)]).files())
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(outcome.steps.first?.finding.deletedIn == fixture.id("deleted"))
    expectEqual(try fixture.staged(), Sales.base.files().contents)
    #expect(try fixture.check().findings.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `one that was moved before, and goes with it, is reported once the last move is back`()
    throws
  {
    let first = Sales([second], [Sales.approve(second)])
    let both = Sales([second, Sales.old], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit("first", first.files())
      Commit("both", both.files())
    }
    try fixture.stage(both.files().becoming(Sales.recreated.files()))
    let outcome = try fixture.applyRepair(.referenceRecreated)
    #expect(outcome.steps.first?.finding.before.map(\.name.spelling) == [Sales.old.name])
    #expect(
      try fixture.check().reported == [
        "error reference-recreated: \(second.name) -> \(Sales.old.name)"
      ])
    try fixture.applyRepair(.referenceRecreated)
    #expect(try fixture.check().findings.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `a committed re-creation is repaired in what is staged since`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
    }
    try fixture.stage("kept", at: "notes.md")
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let check = try fixture.check(.commits(before: "HEAD~1", after: "HEAD"))
    let id = try #require(check.findings.first?.id)
    let found = try #require(try FindingSearch(repository, options: .test).found(id))
    var review = try RepairReview(repository, .back, options: .test)
    let outcome = try review.outcome(of: found)
    #expect(outcome.target == .staged)
    try fixture.command("git", arguments: ["apply", "--index"]).reading(outcome.patch).succeed()
    #expect(
      try fixture.git("diff", "--name-only", "HEAD~1", "--", "solutions/Sales/Workflows") == "")
  }

  @Test func `a change of the past is repaired as it is now`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
      Commit(
        "more", Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)]).files())
    }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let check = try fixture.check(from: "base", to: "recreated")
    let id = try #require(check.findings.first?.id)
    let change = try #require(
      try FindingSearch(repository, options: .test).change(
        bringing: id, workers: 1
      ) { _ in true })
    #expect(change.before == fixture.id("base"))
    #expect(change.after == fixture.id("recreated"))
    var review = try RepairReview(repository, .back, options: .test)
    let outcome = try review.outcome(of: id, since: change.before)
    try fixture.command("git", arguments: ["apply", "--index"]).reading(outcome.patch).succeed()
    expectEqual(
      try fixture.staged(),
      Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files().contents)
  }

  @Test func `of what was fixed since nothing is left to repair`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
      Commit("fixed", Sales.base.files())
    }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let id = try #require(try fixture.check(from: "base", to: "recreated").findings.first?.id)
    var review = try RepairReview(repository, .back, options: .test)
    let refusal = #expect(throws: Unrepairable.self) {
      _ = try review.outcome(of: id, since: fixture.id("base"))
    }
    #expect(refusal?.message.contains("nothing left to repair") == true)
  }

  @Test func `a bare repository is repaired at its last commit`() throws {
    let fixture = try TestRepository(bare: true) {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
    }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let id = try #require(try fixture.check(from: "base", to: "recreated").findings.first?.id)
    var review = try RepairReview(repository, .back, options: .test)
    let outcome = try review.outcome(
      of: try #require(try FindingSearch(repository, options: .test).found(id)))
    #expect(outcome.target == .head)
    #expect(!outcome.patch.isEmpty)
  }

  @Test func `files that differ from what is staged are named`() throws {
    let fixture = try repository(Sales.base.files(), Sales.recreated.files())
    let flow = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"
    try fixture.write("{}", to: flow)
    let outcome = try fixture.repair(.referenceRecreated)
    #expect(outcome.unstaged == [flow])
    try fixture.command("git", arguments: ["apply", "--cached"]).reading(outcome.patch).succeed()
    #expect(try fixture.check().reported == [])
  }

  @Test func `a merge that took the declaration from one side and a flow from the other`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
      Commit(
        "flow", on: "side", from: "base",
        Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files())
    }
    try fixture.git("merge", "--no-commit", "--no-ff", "side")
    let findings = try fixture.check().findings
    #expect(findings.map(\.rule) == [.linkLost])
    try fixture.applyRepair(.linkLost, .forward)
    #expect(try fixture.check().reported == [])
  }

  private func files(_ solutions: [Sales], _ form: Sales.Form, in folder: String?) -> [String:
    TestFile]
  {
    solutions.reduce(into: [:]) { files, solution in
      files.merge(solution.files(form, in: folder)) { $1 }
    }
  }

  @Test(arguments: Sales.Form.allCases)
  func `what another solution declares in its place is withdrawn`(form: Sales.Form) throws {
    let base = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)], name: "Base")
    let left = Sales([Sales.other], [Sales.approve(Sales.old)], name: "Base")
    var moved = Sales([Sales.other], [Sales.approve(Sales.new)], name: "Base")
    if form != .yaml { moved.externals = [(Sales.new.name, "Core (1.0.0.0)")] }
    let stock = Sales.Reference("core_Stock", "Stock", "shared_sql")
    let core = Sales([stock], [Sales.remind(Sales.old)], name: "Core")
    let successor = Sales([stock, Sales.new], [Sales.remind(Sales.new)], name: "Core")
    for after in [[left, successor], [moved, successor]] {
      let before = files([base, core], form, in: nil)
      let fixture = try repository(before, files(after, form, in: nil))
      try fixture.applyRepair(.referenceRecreated)
      expectEqual(try fixture.staged(), before.contents)
      #expect(try fixture.check().reported == [])
    }
  }

  @Test func `a sibling that became a member of the new one is a member of the old one`() throws {
    let core = { (reference: Sales.Reference) in
      Sales([.stub(reference.name)], [Sales.remind(reference)], name: "Core")
    }
    let base = { (reference: Sales.Reference) in
      Sales([reference], [Sales.approve(reference)], name: "Base")
    }
    let before = files([base(Sales.old), Sales([], [], name: "Core")], .classic, in: nil)
    let fixture = try repository(
      before, files([base(Sales.new), core(Sales.new)], .classic, in: nil))
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(
      try fixture.staged(),
      files([base(Sales.old), core(Sales.old)], .classic, in: nil).contents)
  }
}
