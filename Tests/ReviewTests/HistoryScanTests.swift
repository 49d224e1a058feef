import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

@Suite struct HistoryScanTests {
  private static let settings = [
    "config/prod.json": SolutionFixture.settings([SolutionFixture.old])
  ]
  private static let followed = [
    "config/prod.json": SolutionFixture.settings([SolutionFixture.new])
  ]

  private func scan(
    _ fixture: TestRepository, _ options: HistoryOptions = HistoryOptions(),
    reference: String? = nil, proceed: (HistoryScan.Progress) -> Bool = { _ in true }
  ) throws -> HistoryOutcome {
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(repository, options: options)
    return try scan.outcome(reference: reference, proceed: proceed)
  }

  @Test func `an incident names the commit that re-created the reference`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("later", ["notes.txt": "nothing of a solution"])
    }
    let history = try scan(fixture).history
    #expect(history.incidents.map(\.finding.rule) == [.referenceRecreated])
    #expect(history.incidents.first?.moment.commit == fixture.id("again"))
    #expect(history.incidents.first?.moment.parent == fixture.id("base"))
    #expect(history.commits == 3)
  }

  @Test func `a stale row keeps it open, and the commit that follows completes it`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { _, new in new })
      Commit("again", SolutionFixture.recreated.files())
      Commit("side", on: "side", from: "main", ["notes.txt": "still open here"])
      Commit("fixed", on: "main", Self.followed)
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.completedIn?.commit == fixture.id("fixed"))
    #expect(incident.revertedIn == nil)
    #expect(incident.outcome == .open)
    #expect(incident.openAt.map(\.branch) == ["side"])
    #expect(incident.openAt.first?.remains.rows.map(\.place.path) == ["config/prod.json"])
  }

  @Test func `restoring the old name fixes it`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { _, new in new })
      Commit("again", SolutionFixture.recreated.files())
      Commit("back", SolutionFixture.base.files())
    }
    let history = try scan(fixture).history
    #expect(history.incidents.count == 1)
    #expect(history.incidents.first?.revertedIn?.commit == fixture.id("back"))
    #expect(history.incidents.first?.outcome == .reverted)
    #expect(history.incidents.first?.isStillBroken == false)
  }

  @Test func `a name that was lost and is put back is looked at again`() throws {
    let empty = SolutionFixture([SolutionFixture.other], [])
    let base = SolutionFixture.base.files()
    for (rows, outcome) in [
      ([SolutionFixture.old], Outcome.open), ([SolutionFixture.new], .completed),
    ] {
      let fixture = try TestRepository {
        Commit("base", base.merging(Self.settings) { $1 })
        Commit("again", SolutionFixture.recreated.files())
        Commit(
          "lost",
          base.becoming(empty.files())
            .merging(["config/prod.json": SolutionFixture.settings(rows)]) { $1 })
        Commit("put back", SolutionFixture.recreated.files())
      }
      let incidents = try scan(fixture).history.incidents
      let incident = try #require(incidents.first { $0.finding.rule == .referenceRecreated })
      #expect(incident.outcome == outcome)
      #expect(incident.revertedIn == nil)
      #expect(
        incident.completedIn?.commit == (outcome == .completed ? fixture.id("put back") : nil))
    }
  }

  @Test func `what stays lost is superseded`() throws {
    let empty = SolutionFixture([SolutionFixture.other], [])
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("lost", SolutionFixture.base.files().becoming(empty.files()))
    }
    let incidents = try scan(fixture).history.incidents
    #expect(
      incidents.first { $0.finding.rule == .referenceRecreated }?.outcome == .superseded)
  }

  @Test func `a chain whose first name stays has the end alone`() throws {
    let third = SolutionFixture.Reference("new_sharedsharepointonline_c3d4e", "SharePoint Sales")
    let (old, new) = (SolutionFixture.old, SolutionFixture.new)
    func sales(_ references: [SolutionFixture.Reference], _ used: SolutionFixture.Reference)
      -> [String: TestFile]
    {
      SolutionFixture(references, [SolutionFixture.approve(used)]).files()
    }
    let fixture = try TestRepository {
      Commit("base", sales([old, new], new))
      Commit("third", sales([old, new, third], new))
      Commit("moved on", sales([old, new, third], third))
      Commit("removed", sales([old, third], third))
    }
    #expect(
      try fixture.check(from: "moved on", to: "removed").reported
        == ["error reference-recreated: \(new.name) -> \(third.name)"])
  }

  @Test func `a lost link is not fixed by taking its name out`() throws {
    let base = SolutionFixture.base.files()
    let lost = SolutionFixture(
      [SolutionFixture.old], [SolutionFixture.approve(SolutionFixture.new)])
    let path = "solutions/Sales/Workflows/\(SolutionFixture.base.flows[0].fileName)"
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("lost", lost.files())
      Commit(
        "taken out",
        base.replacing(
          "\"connectionReferenceLogicalName\": \"\(SolutionFixture.old.name)\"", with: "", in: path)
      )
      Commit("back", base)
    }
    let incident = try #require(
      try scan(fixture).history.incidents.first { $0.moment.commit == fixture.id("lost") })
    #expect(incident.revertedIn?.commit == fixture.id("back"))
  }

  @Test func `one event on two branches is one incident with two places`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("fork", on: "release", from: "main", ["release.txt": "1"])
      Commit("again", on: "main", SolutionFixture.recreated.files())
      Commit("picked", on: "release", SolutionFixture.recreated.files())
    }
    let history = try scan(fixture).history
    #expect(history.incidents.count == 1)
    #expect(history.incidents.first?.moment.commit == fixture.id("again"))
    #expect(history.incidents.first?.places.map(\.commit) == [fixture.id("picked")])
  }

  @Test func `where the same event broke nothing, it is a place of the incident`() throws {
    let (old, other) = (SolutionFixture.old, SolutionFixture.other)
    let archive = SolutionFixture.archive(other)
    let whole = SolutionFixture([old, other], [SolutionFixture.approve(old), archive]).files()
    let unused = SolutionFixture([old, other], [archive]).files()
    let fixture = try TestRepository {
      Commit("base", whole)
      Commit("unused", on: "side", from: "base", whole.becoming(unused))
      Commit(
        "harmless", on: "side", unused.becoming(SolutionFixture([other], [archive]).files()))
      Commit(
        "removed", on: "main",
        SolutionFixture([other], [SolutionFixture.approve(old), archive]).files())
    }
    let incidents = try scan(fixture, HistoryOptions(includesNotes: true)).history.incidents
      .filter { $0.finding.rule == .referenceRemoved }
    #expect(incidents.map(\.finding.severity) == [.error])
    #expect(incidents.map(\.moment.commit) == [fixture.id("removed")])
    #expect(incidents.first?.places.map(\.commit) == [fixture.id("harmless")])
  }

  @Test func `a merge reports only what it alone brought in`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", on: "side", from: "main", SolutionFixture.recreated.files())
      Commit("work", on: "main", ["notes.txt": "1"])
      Commit("merge", on: "main", merging: "side", SolutionFixture.recreated.files())
    }
    let history = try scan(fixture).history
    #expect(history.incidents.count == 1)
    #expect(history.incidents.first?.moment.commit == fixture.id("again"))
    #expect(history.incidents.first?.places.isEmpty == true)
  }

  @Test func `a merge that drops a declaration and keeps the flow lost the link`() throws {
    let without = SolutionFixture([SolutionFixture.other], [])
    let fixture = try TestRepository {
      Commit("base", without.files())
      Commit(
        "side", on: "side", from: "main",
        SolutionFixture(
          [SolutionFixture.other, SolutionFixture.old],
          [SolutionFixture.approve(SolutionFixture.old)]
        ).files())
      Commit("work", on: "main", ["notes.txt": "1"])
      Commit(
        "merge", on: "main", merging: "side",
        SolutionFixture([SolutionFixture.other], [SolutionFixture.approve(SolutionFixture.old)])
          .files())
    }
    let history = try scan(fixture).history
    #expect(history.incidents.map(\.finding.rule) == [.linkLost])
    #expect(history.incidents.first?.moment.commit == fixture.id("merge"))
    #expect(history.incidents.first?.openAt.map(\.branch) == ["main"])
  }

  @Test func `a merge that broke without a conflict names the commits of both sides`() throws {
    let (old, new) = (SolutionFixture.old, SolutionFixture.new)
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", on: "side", from: "main", SolutionFixture.recreated.files())
      Commit(
        "adds", on: "main",
        SolutionFixture([old], [SolutionFixture.approve(old), SolutionFixture.remind(old)]).files())
      Commit(
        "merge", on: "main", merging: "side",
        SolutionFixture([new], [SolutionFixture.approve(new), SolutionFixture.remind(old)]).files())
    }
    let incident = try scan(fixture).history.incidents.first {
      $0.moment.commit == fixture.id("merge")
    }
    let remarks = try #require(incident).finding.remarks.joined(separator: "\n")
    #expect(remarks.contains("commit \(fixture.id("again").prefix(10)) by "))
    #expect(remarks.contains("commit \(fixture.id("adds").prefix(10)) by "))
  }

  @Test func `flows moved side by side, and the old one removed later, is one event`() throws {
    let both = [SolutionFixture.old, SolutionFixture.new]
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit(
        "beside", SolutionFixture(both, [SolutionFixture.approve(SolutionFixture.old)]).files())
      Commit("moved", SolutionFixture(both, [SolutionFixture.approve(SolutionFixture.new)]).files())
      Commit("gone", SolutionFixture.recreated.files())
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.finding.rule == .referenceRecreated)
    #expect(incident.moment.commit == fixture.id("gone"))
    #expect(incident.repointedIn?.commit == fixture.id("moved"))
  }

  @Test func `a lineage names every identity, dated`() throws {
    let third = SolutionFixture.Reference("new_sharedsharepointonline_55555", "SharePoint Sales")
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("and again", SolutionFixture([third], [SolutionFixture.approve(third)]).files())
    }
    let history = try scan(fixture).history
    let lineage = try #require(history.lineages.first)
    #expect(
      lineage.identities.map(\.name.spelling) == [
        SolutionFixture.old.name, SolutionFixture.new.name, third.name,
      ])
    #expect(
      lineage.identities.map { $0.since?.commit }
        == ["base", "again", "and again"].map { fixture.id($0) })
    #expect(lineage.identities.last?.until == nil)
    #expect(history.lineages.count == 1)
  }

  @Test func `the life of a reference goes on under its next name`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
    }
    let life = try scan(fixture, reference: SolutionFixture.old.name).life
    #expect(
      life.map { "\($0.reference.spelling) \($0.kind.rawValue)" } == [
        "\(SolutionFixture.old.name) declared", "\(SolutionFixture.old.name) consumer-gained",
        "\(SolutionFixture.new.name) declared", "\(SolutionFixture.new.name) consumer-gained",
        "\(SolutionFixture.old.name) recreated", "\(SolutionFixture.old.name) consumer-lost",
      ])
  }

  @Test func `a range, a path and a day narrow what is reported`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("later", ["notes.txt": "1"])
    }
    func count(_ options: HistoryOptions) throws -> Int {
      try scan(fixture, options).history.incidents.count
    }
    #expect(try count(HistoryOptions(revisions: ["main"])) == 1)
    #expect(try count(HistoryOptions(revisions: ["\(fixture.id("again"))..main"])) == 0)
    #expect(try count(HistoryOptions(paths: ["solutions/Sales"])) == 1)
    #expect(try count(HistoryOptions(paths: ["solutions/Sal"])) == 0)
    #expect(try count(HistoryOptions(since: 4_000_000_000)) == 0)
  }

  @Test func `a finding is reported as soon as its commit is read`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("later", ["notes.txt": "1"])
    }
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(repository)
    var done = 0
    var foundAt: [Int] = []
    _ = try scan.outcome(
      found: { _ in foundAt.append(done) },
      proceed: { progress in
        done = progress.done
        return true
      })
    #expect(foundAt == [2])
  }

  @Test func `a scan that was ended early says so`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
    }
    let outcome = try scan(fixture) { $0.done < 2 }
    #expect(!outcome.history.isComplete)
    #expect(outcome.history.incidents.isEmpty)
  }

  @Test func `an event that happens again after it was reverted is open`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { _, new in new })
      Commit("again", SolutionFixture.recreated.files())
      Commit("back", SolutionFixture.base.files())
      Commit("once more", SolutionFixture.recreated.files())
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.isStillBroken)
    #expect(incident.revertedIn == nil)
    #expect(incident.outcome == .open)
  }

  @Test func `a move that was complete at once and taken back is fixed by the commit that did`()
    throws
  {
    let (before, after) = (SolutionFixture.base, SolutionFixture.recreated)
    let fixture = try TestRepository {
      Commit("base", before.files())
      Commit("again", on: "topic", from: "main", after.files())
      Commit("docs", on: "topic", ["docs/a.md": "1"])
      Commit("back", on: "topic", before.files())
      Commit("later", on: "topic", ["docs/a.md": "2"])
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.outcome == .reverted)
    #expect(incident.revertedIn?.commit == fixture.id("back"))
    #expect(incident.completedIn == nil)
    try fixture.git("branch", "other", fixture.id("docs"))
    let elsewhere = try #require(try scan(fixture).history.incidents.first)
    #expect(elsewhere.outcome == .completed)
    #expect(elsewhere.revertedIn == nil)
  }

  @Test func `a completed move is open again where a row binds the old name again`() throws {
    let (before, after) = (SolutionFixture.base, SolutionFixture.recreated)
    let fixture = try TestRepository {
      Commit("base", before.files())
      Commit("again", after.files())
      Commit("row", ["uat.json": SolutionFixture.settings([SolutionFixture.old])])
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.outcome == .open)
    #expect(incident.openAt.first?.remains.rows.map(\.place.path) == ["uat.json"])
  }

  @Test func `a completed move whose new name is removed later leaves nothing to bind`() throws {
    let (before, after) = (SolutionFixture.base, SolutionFixture.recreated)
    let fixture = try TestRepository {
      Commit("base", before.files())
      Commit("again", after.files())
      Commit("none", after.files().mapValues { _ in nil })
    }
    let incident = try #require(
      try scan(fixture).history.incidents.first { $0.finding.rule == .referenceRecreated })
    #expect(incident.outcome == .superseded)
    #expect(!incident.hasNewName)
  }

  @Test func `what a manifest alone changed is found where a link needs it`() throws {
    var before = SolutionFixture(
      [SolutionFixture.old],
      [SolutionFixture.approve(SolutionFixture.old), SolutionFixture.remind(SolutionFixture.other)])
    before.externals = [(SolutionFixture.other.name, "Archive (1.2.0.0)")]
    var after = before
    after.externals = []
    let fixture = try TestRepository {
      Commit("base", before.files())
      Commit("no dependency", after.files())
    }
    let incidents = try scan(fixture, HistoryOptions(includesNotes: true)).history.incidents
    #expect(incidents.map(\.finding.rule) == [.linkLost])
    #expect(incidents.first?.moment.commit == fixture.id("no dependency"))
  }

  /// A clone of an agent beside the solution, which lists the reference that its tool uses.
  private static func agent(_ reference: SolutionFixture.Reference) -> [String: TestFile] {
    [
      "desk/settings.mcs.yml": TestFile("displayName: Desk\nschemaName: new_desk\n"),
      "desk/agent.mcs.yml": TestFile("kind: GptComponentMetadata\n"),
      "desk/connectionreferences.mcs.yml": TestFile(
        """
        connectionReferences:
          - connectionReferenceLogicalName: \(reference.name)
            connectorId: /providers/Microsoft.PowerApps/apis/\(reference.connector)

        """),
      "desk/actions/Mail.mcs.yml": TestFile(
        """
        mcs.metadata:
          componentName: Mail
        kind: TaskDialog
        action:
          kind: InvokeConnectorTaskAction
          connectionReference: \(reference.name)
          operationId: GetItems

        """),
    ]
  }

  @Test func `an agent that is left behind beside its own list keeps it open`() throws {
    let base = SolutionFixture.base.files().merging(Self.agent(SolutionFixture.old)) { $1 }
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("again", SolutionFixture.recreated.files())
      Commit("side", on: "side", from: "main", ["notes.txt": "still left behind"])
      Commit("followed", on: "main", Self.agent(SolutionFixture.new))
    }
    let incidents = try scan(fixture).history.incidents
    // The agent that follows is part of it.
    #expect(incidents.map(\.finding.rule) == [.referenceRecreated])
    #expect(incidents.first?.openAt.map(\.branch) == ["side"])
    #expect(
      incidents.first?.openAt.first?.remains.consumers.map(\.place.path)
        == ["desk/actions/Mail.mcs.yml"])
    #expect(incidents.first?.completedIn?.commit == fixture.id("followed"))
    // Looked at as one change, it is one event too.
    let whole = try fixture.check(from: "base", to: "followed").findings
      .filter { $0.rule == .referenceRecreated }
    #expect(whole.map(\.solution) == ["Sales"])
    #expect(Set(whole.flatMap(\.consumers).map(\.name)) == ["Approve order", "Mail"])
  }

  @Test func `an agent's list that keeps both names does not make it fixed`() throws {
    var both = Self.agent(SolutionFixture.new)
    let list = "desk/connectionreferences.mcs.yml"
    both[list] = TestFile(
      [SolutionFixture.new, SolutionFixture.old].reduce(into: "connectionReferences:\n") {
        $0 +=
          "  - connectionReferenceLogicalName: \($1.name)\n"
          + "    connectorId: /providers/Microsoft.PowerApps/apis/\($1.connector)\n"
      })
    let left = SolutionFixture(
      [SolutionFixture.new],
      [SolutionFixture.approve(SolutionFixture.new), SolutionFixture.remind(SolutionFixture.old)])
    let fixture = try TestRepository {
      Commit(
        "base",
        SolutionFixture(
          [SolutionFixture.old],
          [
            SolutionFixture.approve(SolutionFixture.old),
            SolutionFixture.remind(SolutionFixture.old),
          ]
        ).files().merging(Self.agent(SolutionFixture.old)) { $1 })
      Commit("again", left.files().merging(both) { $1 })
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.outcome == .open)
    #expect(try fixture.check(from: "base", to: "again").findings.first?.outcome == .open)
  }

  @Test func `a name that comes back and leaves a flow behind is open`() throws {
    let more = SolutionFixture(
      [SolutionFixture.new],
      [SolutionFixture.approve(SolutionFixture.new), SolutionFixture.remind(SolutionFixture.new)])
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("more", more.files())
      // As a revert of "again" does.
      Commit("back", SolutionFixture.base.files())
    }
    let incidents = try scan(fixture).history.incidents
    #expect(incidents.map(\.outcome) == [.open, .reverted])
    #expect(incidents.map(\.moment.commit) == [fixture.id("back"), fixture.id("again")])
    #expect(incidents[0].openAt.first?.remains.consumers.map(\.name) == ["Remind buyer"])
    #expect(incidents[0].finding.fix.contains { $0.line.contains("still uses") })
    let check = try fixture.check(from: "more", to: "back").findings
    #expect(check.map(\.id) == [incidents[0].finding.id])
    #expect(check.map(\.outcome) == [.open])
  }

  @Test func `an approval of what history found first covers it later`() throws {
    let more = SolutionFixture(
      [SolutionFixture.old],
      [SolutionFixture.approve(SolutionFixture.old), SolutionFixture.remind(SolutionFixture.old)])
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("back", SolutionFixture.base.files())
      Commit("more", more.files())
      Commit("once more", SolutionFixture.recreated.files())
    }
    let found = try #require(
      try fixture.check(from: "more", to: "once more").findings.first { $0.severity == .error })
    var options = HistoryOptions()
    options.policy = TeamPolicy(
      approvals: Approvals([
        Approval(
          id: found.id, rule: found.rule, names: Set((found.before + found.after).map(\.name)),
          removed: found.replacedNames, reason: "r", place: Place(path: "", line: 1))
      ]))
    let incident = try #require(try scan(fixture, options).history.incidents.first)
    #expect(incident.finding.id == found.id)
    #expect(incident.outcome == .accepted)
  }

  @Test func `what was reverted and happens again is no return`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { $1 })
      Commit("again", SolutionFixture.recreated.files())
      Commit("reverted", SolutionFixture.base.files())
      Commit("once more", SolutionFixture.recreated.files())
    }
    let severities = try [("base", "again"), ("again", "reverted"), ("reverted", "once more")].map {
      try fixture.check(from: $0, to: $1).findings.filter { $0.rule == .referenceRecreated }
        .map(\.severity)
    }
    #expect(severities == [[.error], [.note], [.error]])
    let incidents = try scan(fixture).history.incidents
    #expect(incidents.map(\.outcome) == [.open, .reverted])
    #expect(incidents.map(\.moment.commit) == [fixture.id("once more"), fixture.id("again")])
  }

  @Test func `a removal whose name is back is over, whatever else the flow lacks`() throws {
    let (old, other) = (SolutionFixture.old, SolutionFixture.other)
    var flow = SolutionFixture.approve(old)
    flow.references.append(other)
    func files(_ references: [SolutionFixture.Reference]) -> [String: TestFile] {
      SolutionFixture(references, [flow]).files()
    }
    let fixture = try TestRepository {
      Commit("base", files([old, other]))
      Commit("both removed", files([]))
      Commit("one is back", files([old]))
    }
    let incidents = try scan(fixture).history.incidents
    #expect(
      Dictionary(
        uniqueKeysWithValues: incidents.map { ($0.finding.before[0].name.spelling, $0.outcome) })
        == [old.name: .reverted, other.name: .open])
  }

  @Test func `an approval of what a check of a merge found covers it in history`() throws {
    let (old, other) = (SolutionFixture.old, SolutionFixture.other)
    let archive = SolutionFixture.archive(other)
    let (base, removed) = (
      SolutionFixture([old, other], [SolutionFixture.approve(old), archive]).files(),
      SolutionFixture([other], [archive]).files()
    )
    let merged = SolutionFixture([other], [archive, SolutionFixture.remind(old)]).files()
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("side", on: "side", from: "main", base.becoming(removed))
      Commit(
        "main", on: "main",
        SolutionFixture([old, other], [archive, SolutionFixture.remind(old)]).files())
    }
    try fixture.git("merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    try fixture.stage(merged)
    let found = try #require(try fixture.check().findings.first { $0.severity == .error })
    try fixture.git("commit", "--quiet", "--message=merged")
    #expect(found.rule == .referenceRemoved)
    var options = HistoryOptions()
    let incident = try #require(try scan(fixture, options).history.incidents.first)
    #expect(incident.finding.rule == .linkLost)
    #expect(incident.outcome == .open)
    options.policy = TeamPolicy(
      approvals: Approvals([
        Approval(
          id: found.id, rule: found.rule, names: Set(found.before.map(\.name)), reason: "r",
          place: Place(path: "", line: 1))
      ]))
    #expect(try scan(fixture, options).history.incidents.first?.outcome == .accepted)
  }

  @Test func `a settings file that a commit made unreadable is a problem of that commit`() throws {
    let broken: [String: TestFile?] = ["config/prod.json": "{ \"ConnectionReferences\": [ {"]
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { $1 })
      Commit("broken", broken)
      Commit("later", ["notes.txt": "nothing of a solution"])
      Commit("whole", Self.settings)
    }
    let problems = try scan(fixture).problems
    #expect(problems.map(\.problem.path) == ["config/prod.json"])
    #expect(problems.map(\.commit) == [fixture.id("broken")])
    #expect(problems.map(\.correctedIn) == [fixture.id("whole")])
  }

  @Test func `a file that was corrected is no problem, unless a branch still has it broken`() throws
  {
    let broken: [String: TestFile?] = [
      "solutions/Sales/Other/Customizations.xml": "<ImportExportXml>\n<<<<<<< HEAD\n"
    ]
    func outcome(_ more: TestSupport.Commit...) throws -> (HistoryOutcome, TestRepository) {
      let fixture = try TestRepository {
        Commit("base", SolutionFixture.base.files())
        Commit("broken", broken)
        Commit("whole", SolutionFixture.recreated.files())
        for commit in more { commit }
      }
      return (try scan(fixture), fixture)
    }
    let (over, fixture) = try outcome()
    #expect(over.problems.map(\.correctedIn) == [fixture.id("whole")])
    #expect(over.history.incidents.map(\.finding.rule) == [.referenceRecreated])
    let (open, _) = try outcome(Commit("left", on: "left", from: "broken", ["notes.txt": "x"]))
    #expect(open.problems.map(\.correctedIn) == [nil])
    let (again, twice) = try outcome(Commit("again", broken))
    #expect(Set(again.problems.map(\.correctedIn)) == [twice.id("whole"), nil])
  }

  @Test func `a file that was never a settings file is none that cannot be read`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(Self.settings) { $1 })
      Commit("draft", ["config/notes.json": "{ \"Connection"])
    }
    #expect(try scan(fixture).problems.isEmpty)
  }

  @Test func `what one branch completes later is not completed at once on another`() throws {
    let base = SolutionFixture.base.files().merging(Self.settings) { $1 }
    let both = SolutionFixture.recreated.files().merging(Self.followed) { $1 }
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("again", SolutionFixture.recreated.files())
      Commit("followed", Self.followed)
      Commit("whole", on: "whole", from: "base", both)
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.outcome == .completed)
    #expect(incident.completedIn?.commit == fixture.id("followed"))
  }

  @Test func `the file that a renamed flow left is no flow that is left behind`() throws {
    let left = SolutionFixture(
      [SolutionFixture.old], [SolutionFixture.approve(SolutionFixture.old)])
    var renamed = SolutionFixture.recreated
    renamed.flows[0].name = "Approve purchase"
    let fixture = try TestRepository {
      Commit("base", left.files())
      // Nothing is deleted, as an unpack into the same folder does.
      Commit("again", renamed.files())
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.finding.rule == .referenceRecreated)
    #expect(incident.outcome == .completed)
  }

  @Test func `another id under the same name is to be bound, and not reverted`() throws {
    func export(_ id: Int) -> [String: TestFile] {
      [
        "env/connectionreferences.json": TestFile(
          """
          {"@odata.context": "https://org.crm.dynamics.com/api/data/v9.2/$metadata#connectionreferences",
          "value": [{"connectionreferenceid": "0000000\(id)-1111-4222-8333-000000000001",
          "connectionreferencelogicalname": "\(SolutionFixture.old.name)",
          "connectionreferencedisplayname": "Sites"}]}
          """)
      ]
    }
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files().merging(export(1)) { $1 })
      Commit("again", export(2))
    }
    let incident = try #require(try scan(fixture).history.incidents.first)
    #expect(incident.finding.evidence == [.otherGUID])
    #expect(incident.outcome == .completed)
  }

  @Test func `a damaged tree in the middle is a problem, and the scan goes on`() throws {
    let fixture = try TestRepository { Commit("base", SolutionFixture.base.files()) }
    for (name, file) in SolutionFixture.recreated.files() { try fixture.write(file, to: name) }
    try fixture.git("add", "--all")
    try fixture.git("commit", "--quiet", "--message", "again")
    try fixture.write("1", to: "solutions/Sales/notes.json")
    try fixture.git("add", "--all")
    try fixture.git("commit", "--quiet", "--message", "damaged")
    try fixture.damage(try fixture.git("rev-parse", "HEAD:solutions/Sales"))
    try fixture.git("commit", "--quiet", "--allow-empty", "--message", "later")
    let outcome = try scan(fixture)
    #expect(outcome.history.incidents.count == 1)
    #expect(outcome.problems.count == 2)
    #expect(outcome.problems.allSatisfy { $0.problem.hidesContent })
  }

  @Test func `a shallow clone says that nothing before it can be seen`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
      Commit("later", ["notes.txt": "1"])
    }
    let clone = fixture.beside("clone")
    try fixture.git("clone", "-q", "--depth", "2", "file://\(fixture.path)", clone)
    let repository = try Repository(at: clone, folder: clone, environment: Command.closedWorld)
    var scan = HistoryScan(repository)
    let outcome = try scan.outcome()
    #expect(outcome.problems.contains { $0.problem.message.contains("shallow") })
  }

  @Test func `a planned move is a note that is left out, and counted`() throws {
    let fixture = try TestRepository {
      Commit("base", SolutionFixture.base.files())
      Commit("again", SolutionFixture.recreated.files())
    }
    let plan = "moved: [{from: \(SolutionFixture.old.name), to: \(SolutionFixture.new.name)}]\n"
    var options = HistoryOptions()
    options.policy = TeamPolicy(
      configuration: try Configuration(file: Array(plan.utf8), path: Configuration.path))
    let left = try scan(fixture, options).history
    #expect(left.incidents.isEmpty)
    #expect(left.notesLeftOut == 1)
    options.includesNotes = true
    let shown = try scan(fixture, options).history
    #expect(shown.incidents.map(\.finding.severity) == [.note])
    #expect(shown.notesLeftOut == 0)
  }

  /// The reference and its flow are removed, and a row stays; both come back under another name.
  private func droppedFirst() throws -> TestRepository {
    let (old, new, other) = (SolutionFixture.old, SolutionFixture.new, SolutionFixture.other)
    let archive = SolutionFixture.archive(other)
    let base = SolutionFixture([old, other], [SolutionFixture.approve(old), archive]).files()
    let removed = SolutionFixture([other], [archive]).files()
    return try TestRepository {
      Commit(
        "base",
        base.merging(["config/prod.json": SolutionFixture.settings([old, other])]) { $1 })
      Commit("removed", base.becoming(removed))
      Commit("fork", on: "release", from: "main", ["release.txt": "1"])
      Commit(
        "back", on: "main",
        SolutionFixture([new, other], [SolutionFixture.approve(new), archive]).files())
    }
  }

  @Test func `a removal that becomes a re-creation is no open incident beside it`() throws {
    let fixture = try droppedFirst()
    var options = HistoryOptions()
    options.revisions = ["main"]
    let incidents = try scan(fixture, options).history.incidents
    let recreated = try #require(incidents.first { $0.finding.rule == .referenceRecreated })
    let removed = try #require(incidents.first { $0.finding.rule == .referenceRemoved })
    #expect(recreated.outcome == .open)
    #expect(recreated.deletedIn?.commit == fixture.id("removed"))
    #expect(removed.outcome == .superseded)
    #expect(removed.supersededBy == recreated.finding.id)
    #expect(removed.supersededIn?.commit == fixture.id("back"))
    #expect(removed.openAt.isEmpty && removed.completedIn == nil && removed.revertedIn == nil)
  }

  @Test func `a removal stays open at a branch without the re-creation`() throws {
    let incidents = try scan(droppedFirst()).history.incidents
    let removed = try #require(incidents.first { $0.finding.rule == .referenceRemoved })
    #expect(removed.openAt.map(\.branch) == ["release"])
    #expect(removed.supersededBy == nil && removed.completedIn == nil)
  }

  @Test func `a removal that nothing follows stays open`() throws {
    let (old, other) = (SolutionFixture.old, SolutionFixture.other)
    let archive = SolutionFixture.archive(other)
    let base = SolutionFixture([old, other], [SolutionFixture.approve(old), archive]).files()
    let fixture = try TestRepository {
      Commit(
        "base",
        base.merging(["config/prod.json": SolutionFixture.settings([old, other])]) { $1 })
      Commit("removed", base.becoming(SolutionFixture([other], [archive]).files()))
      Commit("later", ["notes.txt": "nothing of a solution"])
    }
    let incidents = try scan(fixture).history.incidents
    #expect(incidents.map(\.finding.rule) == [.referenceRemoved])
    #expect(incidents.first?.outcome == .open)
  }

  @Test func `a merge of unrelated histories did what it changes for its first parent`() throws {
    let recreated = Sales.recreated.files()
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["notes.txt": "1"]) { $1 })
      Commit("other", on: "other", recreated)
      Commit(
        "merge", on: "main", merging: "other",
        Sales.base.files().becoming(recreated))
    }
    let check = try fixture.check(from: "base", to: "merge").findings.first
    #expect(check?.rule == .referenceRecreated)
    for files in [["notes.txt": nil], [:]] as [[String: TestFile?]] {
      let fixture = try TestRepository {
        Commit("base", Sales.base.files().merging(["notes.txt": "1"]) { $1 })
        Commit("other", on: "other", recreated)
        Commit(
          "merge", on: "main", merging: "other",
          Sales.base.files().becoming(recreated).merging(files) { $1 })
      }
      let incident = try #require(try scan(fixture).history.incidents.first)
      #expect(incident.moment.commit == fixture.id("merge"))
      #expect(incident.moment.parent == fixture.id("base"))
      #expect(incident.finding.id == check?.id && incident.outcome == check?.outcome)
    }
  }

  @Test func `a merge of related histories did nothing that its sides did`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("other root", on: "other", ["other.txt": "1"])
      Commit("roots", on: "main", merging: "other", ["other.txt": "1"])
      Commit(
        "again", on: "side", from: "roots", Sales.base.files().becoming(Sales.recreated.files()))
      Commit("notes", on: "main", ["notes.txt": "1"])
      Commit(
        "merge", on: "main", merging: "side", Sales.base.files().becoming(Sales.recreated.files()))
    }
    let incidents = try scan(fixture).history.incidents
    #expect(incidents.map(\.moment.commit) == [fixture.id("again")])
    #expect(incidents.first?.places == [])
  }

  @Test func `a removal whose re-creation was reverted is reverted, and no part of that`() throws {
    let (old, new, other) = (SolutionFixture.old, SolutionFixture.new, SolutionFixture.other)
    let archive = SolutionFixture.archive(other)
    func state(_ reference: SolutionFixture.Reference) -> [String: TestFile] {
      SolutionFixture([reference, other], [SolutionFixture.approve(reference), archive]).files()
    }
    let fixture = try TestRepository {
      Commit(
        "base", state(old).merging(["config/prod.json": SolutionFixture.settings([old])]) { $1 })
      Commit("removed", state(old).becoming(SolutionFixture([other], [archive]).files()))
      Commit("again", state(new))
      Commit("reverted", state(old))
    }
    let incidents = try scan(fixture).history.incidents
    let removed = try #require(incidents.first { $0.finding.rule == .referenceRemoved })
    #expect(removed.outcome == .reverted)
    #expect(removed.supersededBy == nil && removed.supersededIn == nil)
    #expect(removed.revertedIn?.commit == fixture.id("reverted"))
  }
}
