import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// The same event again after it was reverted, and events whose consumers turned to something else.
@Suite struct RepeatedEventTests {
  private func scan(_ fixture: TestRepository, notes: Bool = false) throws -> [Incident] {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var options = HistoryOptions()
    options.includesNotes = notes
    var scan = HistoryScan(repository, options: options)
    return try scan.outcome().history.incidents
  }

  private static let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
  private static let whole = Sales([Sales.old, mail], [Sales.approve(Sales.old)])
  private static let lost = Sales([mail], [Sales.approve(Sales.old)])
  private static let unused = Sales([mail], [Sales.approve(mail)])
  private static let rows = ["prod.json": Sales.settings([Sales.old, mail])]

  /// Removed while a flow uses it, put back, and removed again where no flow uses it any more.
  private func repeated(rows: [String: TestFile] = [:]) throws -> TestRepository {
    try TestRepository {
      Commit("base", Self.whole.files().merging(rows) { $1 })
      Commit("removed", Self.lost.files())
      Commit("back", Self.whole.files())
      Commit("later", on: "topic", from: "main", Self.unused.files())
    }
  }

  @Test func `a removal after another one that was reverted is an incident of its own`() throws {
    let fixture = try repeated(rows: Self.rows)
    let incidents = try scan(fixture)
    #expect(Set(incidents.map(\.finding.id)).count == 1)
    #expect(incidents.map(\.moment.commit) == [fixture.id("later"), fixture.id("removed")])
    #expect(incidents.map(\.finding.severity) == [.warning, .error])
    #expect(incidents.map(\.outcome) == [.open, .reverted])
    #expect(incidents.map { $0.openAt.map(\.branch) } == [["topic"], []])
    #expect(incidents.map { $0.revertedIn?.commit } == [nil, fixture.id("back")])
    #expect(incidents.flatMap { $0.places.map(\.commit) } == [])
    let check = try fixture.check(from: "back", to: "later").findings.first
    #expect(incidents.first?.finding.id == check?.id)
    #expect(incidents.first?.finding.fix == check?.fix)
  }

  @Test func `a removal that broke nothing leaves the earlier one reverted`() throws {
    let fixture = try repeated()
    let incident = try #require(try scan(fixture).first)
    #expect(incident.outcome == .reverted)
    #expect(incident.revertedIn?.commit == fixture.id("back"))
    let removals = try scan(fixture, notes: true).filter {
      $0.finding.rule == .referenceRemoved
    }
    #expect(removals.map(\.finding.severity) == [.note, .error])
    #expect(removals.map(\.outcome) == [.completed, .reverted])
    #expect(removals.first?.wasCompleteAtOnce == true)
  }

  @Test func `both are merged: the main branch has the later one alone`() throws {
    let fixture = try repeated(rows: Self.rows)
    try fixture.git("checkout", "-q", "main")
    try fixture.git("merge", "-q", "--no-ff", "-m", "merge", "topic")
    let later = try scan(fixture).first
    #expect(later?.openAt.map(\.branch) == ["main", "topic"])
    let options = BranchReview.Options(today: try #require(Day("2026-06-01")))
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: options)
    let main = try #require(
      try BranchReview.branches(of: repository).first { $0.shortName == "main" })
    let verdict = review.verdict(on: main)
    #expect(verdict.state == .warned)
    #expect(verdict.findings.map(\.finding.severity) == [.warning])
  }

  @Test func `an event on another branch is a place of the one that was reverted`() throws {
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("removed", Self.lost.files())
      Commit("picked", on: "side", from: "base", Self.lost.files())
      Commit("back", on: "main", Self.whole.files())
    }
    let found = try scan(fixture)
    #expect(found.map(\.moment.commit) == [fixture.id("removed")])
    #expect(found.first?.places.map(\.commit) == [fixture.id("picked")])
    #expect(found.first?.openAt.map(\.branch) == ["side"])
  }

  @Test func `a re-creation again after it was reverted is an incident of its own`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
      Commit("back", Sales.base.files())
      Commit("once more", Sales.recreated.files())
    }
    let found = try scan(fixture)
    #expect(found.map(\.moment.commit) == [fixture.id("once more"), fixture.id("again")])
    #expect(found.map(\.outcome) == [.completed, .reverted])
    #expect(found.last?.revertedIn?.commit == fixture.id("back"))
  }

  @Test func `a new name that is left alone after the old one was back is to be bound`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
      Commit("both", Sales([Sales.old, Sales.new], [Sales.approve(Sales.new)]).files())
      Commit("cleaned up", Sales.recreated.files())
    }
    let found = try scan(fixture).filter { $0.finding.rule == .referenceRecreated }
    #expect(found.map(\.outcome) == [.completed])
    #expect(found.first?.hasNewName == true)
  }

  @Test func `a flow that turns to another undeclared name is the event of that name`() throws {
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("removed", Self.lost.files())
      Commit("astray", Sales([Self.mail], [Sales.approve(Sales.new)]).files())
    }
    let found = try scan(fixture)
    #expect(found.map(\.finding.rule) == [.linkLost, .referenceRemoved])
    #expect(found.map(\.outcome) == [.open, .completed])
    #expect(found.last?.completedIn?.commit == fixture.id("astray"))
  }

  @Test func `a lost link that leads to another undeclared name is not called fixed`() throws {
    let third = Sales.Reference("sales_Third", "Third")
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("lost", Sales(Self.whole.references, [Sales.approve(Sales.new)]).files())
      Commit("astray", Sales(Self.whole.references, [Sales.approve(third)]).files())
    }
    #expect(try scan(fixture).map { $0.outcome } == [.open, .superseded])
    try fixture.stage(Self.whole.files())
    try fixture.git("commit", "-qm", "found")
    #expect(try scan(fixture).map { $0.outcome } == [.reverted, .superseded])
  }

  @Test func `a lost link whose flow was deleted is not called fixed`() throws {
    let broken = Sales(Self.whole.references, [Sales.approve(Sales.new)]).files()
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("lost", broken)
      Commit("deleted", broken.becoming(Sales(Self.whole.references, []).files()))
    }
    let incident = try #require(try scan(fixture).first)
    #expect(incident.outcome == .superseded)
    #expect(incident.revertedIn == nil)
    #expect(incident.completedIn?.commit == fixture.id("deleted"))
  }

  @Test func `a flow that was left behind is not completed by emptying its entry`() throws {
    let left = Sales([Sales.new], [Sales.approve(Sales.old)]).files()
    let path = "solutions/Sales/Workflows/\(Sales.base.flows[0].fileName)"
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", left)
      Commit(
        "emptied",
        left.replacing(
          "\"connectionReferenceLogicalName\": \"\(Sales.old.name)\"", with: "", in: path))
    }
    let incident = try #require(
      try scan(fixture).first { $0.finding.rule == .referenceRecreated })
    #expect(incident.outcome == .open)
    #expect(incident.openAt.first?.remains.consumers.map(\.name) == ["Approve order"])
    try fixture.stage(Sales.recreated.files())
    try fixture.git("commit", "-qm", "followed")
    let followed = try #require(
      try scan(fixture).first { $0.finding.rule == .referenceRecreated })
    #expect(followed.outcome == .completed)
    #expect(followed.completedIn?.summary == "followed")
  }

  private static let manifests = [
    "solutions/Sales/Other/Customizations.xml", "solutions/Sales/Other/Solution.xml",
  ]

  /// A reference that was re-created, and a row that was left.
  private static let stale = Sales.recreated.files().merging([
    "prod.json": Sales.settings([Sales.old])
  ]) { $1 }

  @Test(arguments: [
    // Removed, while the flows stay.
    Dictionary(uniqueKeysWithValues: manifests.map { ($0, TestFile?.none) }),
    [manifests[0]: TestFile("<ImportExportXml><connectionreferences>")],
  ])
  func `a commit that makes the solution unreadable fixes nothing`(
    change: [String: TestFile?]
  ) throws {
    let fixture = try TestRepository {
      Commit(
        "base", Sales.base.files().merging(["prod.json": Sales.settings([Sales.old])]) { $1 })
      Commit("again", Sales.recreated.files())
      Commit("unreadable", change)
    }
    let unread = try #require(
      try scan(fixture).first { $0.finding.rule == .referenceRecreated })
    #expect(unread.outcome == .open && unread.settledIn == nil)
    #expect(unread.openAt.first?.remains.rows.map(\.place.path) == ["prod.json"])
    try fixture.stage(Self.stale)
    try fixture.git("commit", "-qm", "readable")
    let open = try #require(try scan(fixture).first { $0.finding.rule == .referenceRecreated })
    #expect(open.outcome == .open && open.settledIn == nil)
    try fixture.stage(["prod.json": Sales.settings([Sales.new])])
    try fixture.git("commit", "-qm", "followed")
    let done = try #require(try scan(fixture).first { $0.finding.rule == .referenceRecreated })
    #expect(done.completedIn?.summary == "followed")
  }

  @Test func `a solution that was removed whole leaves nothing of its lost link`() throws {
    let broken = Sales(Self.whole.references, [Sales.approve(Sales.new)]).files()
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("lost", broken)
      Commit("removed", broken.removed)
    }
    let incident = try #require(try scan(fixture).first { $0.finding.rule == .linkLost })
    #expect(incident.outcome == .superseded)
    #expect(incident.completedIn?.commit == fixture.id("removed"))
  }

  @Test func `a branch reports a removal as the commit does, though its base lacks the name`()
    throws
  {
    let fixture = try TestRepository {
      Commit("base", Sales([Self.mail], []).files())
      Commit("added", on: "topic", from: "main", Self.whole.files())
      Commit("removed", on: "topic", Self.lost.files())
    }
    let options = BranchReview.Options(today: try #require(Day("2026-06-01")))
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: options)
    func found() throws -> [BranchVerdict.DatedFinding] {
      let topic = try #require(
        try BranchReview.branches(of: repository).first { $0.shortName == "topic" })
      return review.verdict(on: topic).findings
    }
    let check = try fixture.check(from: "added", to: "removed").findings.first
    #expect(check?.rule == .referenceRemoved)
    let removed = try found()
    #expect(removed.map(\.finding.id) == [check?.id])
    #expect(removed.first?.since?.commit == fixture.id("removed"))
    #expect(removed.first?.finding.before.first?.removedIn == fixture.id("removed"))
    // A flow that began to use what nothing declared is a lost link in its commit too.
    try fixture.git("checkout", "-q", "topic")
    try fixture.stage(
      Sales(Self.lost.references, [Sales.approve(Self.mail), Sales.remind(Sales.new)]).files())
    try fixture.git("commit", "-qm", "begins")
    #expect(try found().map { $0.finding.rule } == [.linkLost])
  }

  @Test func `a reference that an earlier commit removed is shown where it was removed`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("removed", Sales([], [Sales.approve(Sales.old)]).files())
      Commit("again", Sales.recreated.files())
    }
    let finding = try #require(
      try fixture.check(from: "removed", to: "again").findings.first {
        $0.rule == .referenceRecreated
      })
    #expect(finding.before.first?.place?.path == "solutions/Sales/Other/Customizations.xml")
    #expect(finding.before.first?.removedIn == fixture.id("removed"))
  }

  @Test func `no repair is offered where the solution has another form on disk`() throws {
    let fixture = try TestRepository {
      Commit("base", Self.whole.files())
      Commit("removed", Self.lost.files())
      Commit("converted", Self.lost.files().becoming(Self.lost.files(.plain)))
      Commit("kept", on: "kept", from: "removed", ["notes.txt": "1"])
    }
    func removal() throws -> Incident? {
      try scan(fixture).first { $0.finding.rule == .referenceRemoved }
    }
    // One of the branches allows it.
    #expect(try removal()?.finding.repair == .back)
    #expect(try removal()?.openAt.map(\.branch) == ["kept", "main"])
    try fixture.git("checkout", "-q", "main")
    try fixture.git("branch", "-qD", "kept")
    #expect(try removal()?.outcome == .open)
    #expect(try removal()?.finding.repair == nil)
  }
}
