import Detection
import Git
import Review
import TestSupport
import Testing

/// What the commits before the change say, and what is said where they are missing.
@Suite struct CheckLookBackTests {
  /// `new` replaced `old` long ago, and `old` is restored now.
  private func returning(after commits: Int) throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
      for number in 1...max(commits, 1) { Commit("between \(number)", ["docs/a.md": "\(number)"]) }
      Commit("back", Sales.base.files())
    }
  }

  private let returned =
    "note reference-recreated: \(Sales.new.name) -> \(Sales.old.name)"
  private let unseen =
    "error reference-recreated: \(Sales.new.name) -> \(Sales.old.name)"

  @Test func `a restored name is a note`() throws {
    let fixture = try returning(after: 5)
    #expect(try fixture.check(from: "between 5", to: "back").reported == [returned])
  }

  @Test func `a restored name is recognised within the limit alone`() throws {
    let fixture = try returning(after: 5)
    #expect(try fixture.check(from: "between 5", to: "back", lookBack: 6).reported == [returned])
    #expect(try fixture.check(from: "between 5", to: "back", lookBack: 5).reported == [unseen])
  }

  @Test func `a folder that held no file of a solution may hold one later`() throws {
    let fixture = try TestRepository {
      Commit("notes", ["data/a.md": "1", "data/b/other.xml": "<a/>"])
      Commit("more", ["data/a.md": "2", "data/b/other.xml": "<b/>"])
      Commit("base", Sales.base.files(in: "data"))
      Commit("again", Sales.recreated.files(in: "data"))
      Commit("between", ["data/a.md": "3", "data/b/other.xml": "<c/>"])
      Commit("back", Sales.base.files(in: "data"))
    }
    #expect(try fixture.check(from: "between", to: "back").reported == [returned])
  }

  @Test func `without looking back a restored name is new`() throws {
    let fixture = try returning(after: 1)
    let outcome = try fixture.check(from: "between 1", to: "back", lookBack: 0)
    #expect(outcome.reported == [unseen])
  }

  /// Both declared side by side, the flow moved, the old one removed: a commit each.
  private func staged() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit(
        "both",
        Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files())
      Commit(
        "moved",
        Sales([Sales.old, Sales.new], [Sales.approve(Sales.new)]).files())
      Commit("removed", Sales.recreated.files())
    }
  }

  @Test func `a move over several commits is reported where the old one is removed`() throws {
    let fixture = try staged()
    #expect(try fixture.check(from: "base", to: "both").reported == lookAlike)
    #expect(
      try fixture.check(from: "both", to: "moved").reported
        == ["note reference-unused:  -> \(Sales.old.name)"])
    let outcome = try fixture.check(from: "moved", to: "removed")
    #expect(outcome.reported == [recreatedError])
    let finding = try #require(outcome.findings.first)
    #expect(finding.evidence.contains(.severalCommits))
    #expect(finding.remarks.contains { $0.contains(fixture.id("moved").prefix(10)) })
  }

  @Test func `a staged removal after a move is reported as the commit of it would be`() throws {
    let fixture = try staged()
    try fixture.git("reset", "--quiet", "--soft", "main~1")
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `without looking back a move over several commits is not seen`() throws {
    let fixture = try staged()
    let reported = try fixture.check(from: "moved", to: "removed", lookBack: 0).reported
    #expect(reported == ["note reference-removed: \(Sales.old.name) -> "])
  }

  /// The move and the removal at once, long after both were declared.
  private func lateMove() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit(
        "both",
        Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files())
      Commit("between", ["docs/a.md": "1"])
      Commit("removed", Sales.recreated.files())
    }
  }

  @Test func `an order beyond the limit is to be found out before anything else`() throws {
    let fixture = try lateMove()
    let outcome = try fixture.check(from: "between", to: "removed", lookBack: 1)
    #expect(outcome.reported == ["note reference-removed: \(Sales.old.name) -> "])
    let finding = try #require(outcome.findings.first)
    #expect(
      finding.remarks.first
        == "was re-created as \(Sales.new.name) ('\(Sales.new.displayName)', "
        + "solutions/Sales/Other/Customizations.xml:6) if that was declared later: "
        + "consumers use it instead")
    #expect(finding.remarks.contains { $0.hasPrefix("looked back over 1 commit:") })
    #expect(
      finding.fix.first
        == .command(
          "connref history",
          purpose: "find out whether it was re-created: a history looks at every commit"))
    #expect(
      finding.fix.last
        == "if it was not: nothing, once no environment has anything left that uses it")
  }

  @Test func `an order within the limit needs no history`() throws {
    let fixture = try lateMove()
    let outcome = try fixture.check(from: "between", to: "removed", lookBack: 2)
    #expect(outcome.reported == [recreatedError])
  }

  @Test func `a removal without a move beyond the limit needs no history`() throws {
    let base = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)]).files()
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("between", ["docs/a.md": "1"])
      Commit("removed", base.becoming(Sales([Sales.other], []).files()))
    }
    let finding = try #require(
      try fixture.check(from: "between", to: "removed", lookBack: 1).findings.first)
    #expect(finding.rule == .referenceRemoved)
    #expect(finding.fix == ["nothing, if no environment has anything left that uses it"])
  }

  @Test func `the window of a branch sees a move over several commits`() throws {
    let fixture = try staged()
    #expect(try fixture.check(from: "base", to: "removed").reported == [recreatedError])
  }

  @Test func `one deleted first and re-created later is reported where it is added`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("deleted", Sales([], [Sales.approve(Sales.old)]).files())
      Commit("re-created", Sales.recreated.files())
    }
    #expect(
      try fixture.check(from: "base", to: "deleted").reported
        == ["error reference-removed: \(Sales.old.name) -> "])
    #expect(try fixture.check(from: "deleted", to: "re-created").reported == [recreatedError])
  }

  @Test func `a shallow clone lowers the confidence and names the fix`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("between", ["docs/a.md": "1"])
      Commit("again", Sales.recreated.files())
    }
    let clone = fixture.beside("shallow")
    try fixture.git("clone", "--quiet", "--depth=2", "file://" + fixture.path, clone)
    let outcome = try fixture.check(.commits(before: "main~1", after: "main"), in: clone)
    #expect(outcome.reported == [recreatedError])
    let finding = try #require(outcome.findings.first)
    #expect(finding.confidence == .strong)
    #expect(
      finding.remarks.first
        == "could not look back beyond the shallow clone: git fetch --unshallow")
  }

  @Test func `in a whole clone the same finding is certain and needs no remark`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    let finding = try #require(try fixture.check(from: "base", to: "again").findings.first)
    #expect(finding.confidence == .certain)
    #expect(!finding.remarks.contains { $0.contains("look back") })
  }

  @Test func `the parent of a shallow clone's last commit cannot be had`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    let clone = fixture.beside("shallow")
    try fixture.git("clone", "--quiet", "--depth=1", "file://" + fixture.path, clone)
    #expect(throws: GitError.self) {
      try fixture.check(.commits(before: "main~1", after: "main"), in: clone)
    }
  }

  @Test func `the merge base that a shallow clone cut off is asked for`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("main moved", ["docs/b.md": "1"])
    }
    let clone = fixture.beside("shallow")
    try fixture.git(
      "clone", "--quiet", "--depth=1", "--no-single-branch", "file://" + fixture.path, clone)
    let error = try #require(throws: GitError.self) {
      try fixture.check(.branch(base: "origin/side", tip: "main"), in: clone)
    }
    #expect(error.hint == "git fetch --unshallow")
  }

  private func blobless(_ fixture: TestRepository) throws -> String {
    let clone = fixture.beside("blobless")
    try fixture.git("config", "uploadpack.allowFilter", "true")
    try fixture.git(
      "clone", "--quiet", "--no-checkout", "--filter=blob:none", "file://" + fixture.path, clone)
    return clone
  }

  @Test func `a blob that a partial clone lacks is named, with the fetch that brings it`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    let clone = try blobless(fixture)
    let outcome = try fixture.check(.commits(before: "main~1", after: "main"), in: clone)
    #expect(outcome.reported == [])
    let id = try fixture.git("rev-parse", "main:solutions/Sales/Other/Customizations.xml")
    #expect(
      outcome.unknown.contains(
        "solutions/Sales/Other/Customizations.xml: could not find blob '\(id)': "
          + "not fetched by this partial clone\nhint: git fetch origin \(id)"))
  }

  @Test func `a blob that a partial clone lacks and does not need is no problem`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("docs", ["docs/a.md": "1"])
    }
    let clone = try blobless(fixture)
    #expect(try fixture.check(.commits(before: "main~1", after: "main"), in: clone).isSilent)
  }

  @Test func `a past that a partial clone lacks lowers the confidence`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
      Commit("back", Sales.base.files())
    }
    let clone = fixture.beside("partly blobless")
    // The two commits that are compared are there in full, those before are not.
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let other = Sales([Sales.other], [Sales.approve(Sales.other)])
    try fixture.stage(other.files())
    try fixture.git("commit", "--quiet", "-m", "third")
    try fixture.git(
      "clone", "--quiet", "--filter=blob:none", "file://" + fixture.path, clone)
    // `base` and `back` share their blobs, which are fetched; those of `again` stay away.
    try Command("git", "checkout", "--quiet", "main~1", in: clone).succeed()
    let outcome = try fixture.check(.commits(before: "main~1", after: "main"), in: clone)
    #expect(outcome.reported == ["warning reference-replaced: \(Sales.old.name) -> sales_Archive"])
    #expect(
      outcome.findings.first?.remarks.contains { $0.hasPrefix("could not look back") } == true)
  }

  /// The references that a solution or an agent declares, by name, and what each of its consumers uses.
  private typealias State = (declared: [Sales.Reference], used: [Sales.Flow])

  private func files(_ state: State, ofAgent isAgent: Bool) -> [String: TestFile] {
    guard isAgent else { return Sales(state.declared, state.used).files() }
    let rows = state.declared.map {
      "  - connectionReferenceLogicalName: \($0.name)\n    connectorId: /apis/\($0.connector)\n"
    }
    var files = [
      "desk/settings.mcs.yml": TestFile("displayName: Desk\nschemaName: new_desk\n"),
      "desk/agent.mcs.yml": TestFile("kind: GptComponentMetadata\n"),
      "desk/connectionreferences.mcs.yml": TestFile(
        "connectionReferences:\n" + rows.joined()),
    ]
    for flow in state.used {
      files["desk/actions/\(flow.id).mcs.yml"] = TestFile(
        """
        mcs.metadata:
          componentName: \(flow.name)
        kind: TaskDialog
        action:
          kind: InvokeConnectorTaskAction
          connectionReference: \(flow.references[0].name)
          operationId: GetItems

        """)
    }
    return files
  }

  /// What each commit reports, after the first one.
  private func reports(_ states: [State], ofAgent isAgent: Bool) throws -> [[String]] {
    var commits: [TestSupport.Commit] = []
    var last: [String: TestFile] = [:]
    for (number, state) in states.enumerated() {
      let files = files(state, ofAgent: isAgent)
      commits.append(TestSupport.Commit("\(number)", last.becoming(files)))
      last = files
    }
    let fixture = try TestRepository { commits }
    return try states.indices.dropFirst().map { number in
      try fixture.check(from: "\(number - 1)", to: "\(number)").reported.filter {
        !$0.hasPrefix("note")
      }
    }
  }

  @Test(arguments: [false, true])
  func `a second consumer that comes back is part of what was reported`(isAgent: Bool) throws {
    let (old, new) = (Sales.old, Sales.new)
    let base: State = ([old, Sales.other], [Sales.approve(old), Sales.remind(old)])
    let gone: State = ([Sales.other], [])
    #expect(
      try reports(
        [
          base, gone, ([new, Sales.other], [Sales.approve(new)]),
          ([new, Sales.other], [Sales.approve(new), Sales.remind(new)]),
        ], ofAgent: isAgent) == [[], [recreatedError], []])
    // The new one is there first: the first consumer is reported, and not the second.
    #expect(
      try reports(
        [
          base, gone, ([new, Sales.other], []),
          ([new, Sales.other], [Sales.approve(new)]),
          ([new, Sales.other], [Sales.approve(new), Sales.remind(new)]),
        ], ofAgent: isAgent) == [[], [], [recreatedError], []])
    // The first has gone again.
    #expect(
      try reports(
        [
          base, gone, ([new, Sales.other], [Sales.approve(new)]), ([new, Sales.other], []),
          ([new, Sales.other], [Sales.remind(new)]),
        ], ofAgent: isAgent) == [[], [recreatedError], [], []])
  }

  @Test(arguments: [false, true])
  func `a consumer that comes back finds one that has others of its own`(isAgent: Bool) throws {
    let (old, new) = (Sales.old, Sales.new)
    let start: State = ([Sales.other], [Sales.archive(Sales.other)])
    let gone: State = ([new, Sales.other], [Sales.archive(Sales.other), Sales.remind(new)])
    #expect(
      try reports(
        [
          start,
          (
            [old, new, Sales.other],
            [Sales.archive(Sales.other), Sales.approve(old), Sales.remind(new)]
          ), gone, (gone.declared, gone.used + [Sales.approve(new)]),
        ], ofAgent: isAgent) == [[], [], []])
  }

  /// Deleted under its flow, or with it, and re-created four commits later.
  private func deletedFirst(keeping flows: [Sales.Flow]) throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("deleted", Sales.base.files().becoming(Sales([], flows).files()))
      for number in 1...3 { Commit("between \(number)", ["docs/a.md": "\(number)"]) }
      Commit("re-created", Sales.recreated.files())
    }
  }

  @Test func `a flow that moves from what nothing declares shows what the look back misses`() throws
  {
    let fixture = try deletedFirst(keeping: [Sales.approve(Sales.old)])
    let seen = try fixture.check(from: "between 3", to: "re-created")
    let outcome = try fixture.check(from: "between 3", to: "re-created", lookBack: 2)
    #expect(seen.reported == [recreatedError] && outcome.reported == [recreatedError])
    let finding = try #require(outcome.findings.first)
    #expect(finding.id == seen.findings.first?.id)
    #expect(finding.confidence == .medium)
    #expect(finding.repair == nil)
    #expect(
      finding.remarks.contains(
        "looked back over 2 commits: which commit removed it is not known (look-back in .connref.yml)"
      ))
    #expect(outcome.warnings == [])
  }

  @Test func `a look back that ends before a removal may have been is said where one is added`()
    throws
  {
    let fixture = try deletedFirst(keeping: [])
    let outcome = try fixture.check(from: "between 3", to: "re-created", lookBack: 2)
    #expect(
      outcome.warnings == [
        "\(outcome.before.name): looked back over 2 commits: whether \(Sales.new.name) took the place of a "
          + "reference that was removed before those is not known (look-back in .connref.yml)"
      ])
    let seen = try fixture.check(from: "between 3", to: "re-created")
    #expect(seen.reported == [recreatedError] && seen.warnings == [])
  }

  @Test func `a link that nothing ever declared is no reference that was deleted`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales([], [Sales.approve(Sales.old)]).files())
      Commit("added", Sales.recreated.files())
    }
    let outcome = try fixture.check(from: "base", to: "added")
    #expect(outcome.findings.filter { $0.severity > .note }.isEmpty)
    #expect(outcome.warnings == [])
  }

  @Test func `re-created, reverted, staged again and a flow left behind`() throws {
    let (old, new) = (Sales.old, Sales.new)
    func state(
      _ references: [Sales.Reference], _ first: Sales.Reference, _ second: Sales.Reference
    ) -> [String: TestFile] {
      Sales(references, [Sales.approve(first), Sales.remind(second)]).files()
    }
    let fixture = try TestRepository {
      Commit("base", state([old], old, old))
      Commit("again", state([new], new, new))
      Commit("reverted", state([old], old, old))
      Commit("beside", state([old, new], old, old))
      Commit("moved", state([old, new], new, old))
      Commit("removed", state([new], new, old))
    }
    let finding = try #require(try fixture.check(from: "moved", to: "removed").findings.first)
    #expect(finding.rule == .referenceRecreated && finding.severity == .error)
    #expect(finding.id == (try fixture.check(from: "base", to: "again").findings.first?.id))
    #expect(Set(finding.consumers.map(\.state)) == [.moved, .leftBehind])
    #expect(finding.repointedIn == fixture.id("moved"))
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incidents = try scan.outcome().history.incidents.filter { $0.finding.id == finding.id }
    #expect(incidents.map(\.moment.commit) == [fixture.id("removed"), fixture.id("again")])
    #expect(incidents.map(\.outcome) == [.open, .reverted])
    #expect(incidents.first?.repointedIn?.commit == fixture.id("moved"))
  }
}
