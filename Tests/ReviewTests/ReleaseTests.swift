import Detection
import Git
import Review
import TestSupport
import Testing

/// Releases of one solution that are kept side by side, and what is reported of them.
@Suite struct ReleaseTests {
  private func audit(_ fixture: TestRepository) throws -> CheckOutcome {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: nil)
  }

  /// A release in a folder of its own, or in a zip of that name.
  private func release(
    _ version: String, _ reference: Sales.Reference, in folder: String, isZip: Bool = false,
    uses used: Sales.Reference? = nil
  ) -> [String: TestFile] {
    files(
      Sales([reference], [Sales.approve(used ?? reference)], version: version), in: folder,
      isZip: isZip)
  }

  private func files(_ sales: Sales, in folder: String, isZip: Bool) -> [String: TestFile] {
    guard isZip else { return sales.files(.classic, in: folder) }
    let files = sales.files(.plain, in: "").sorted { $0.key < $1.key }
    return ["\(folder).zip": TestFile(bytes: storedZip(files.map { ($0.key, $0.value.bytes) }))]
  }

  private func repository(_ releases: [String: TestFile]...) throws -> TestRepository {
    let files = releases.reduce(into: [:]) { $0.merge($1) { $1 } }
    return try TestRepository { Commit("base", files) }
  }

  private let left = Sales.Reference("sales_Gone", "Gone")

  @Test func `an audit leaves out an older release, and says so`() throws {
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "releases/1.0", uses: left),
      release("1.1.0.0", Sales.new, in: "releases/1.1"))
    let outcome = try audit(fixture)
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.new.name)"])
    #expect(outcome.scope.solutions == 1)
    #expect(
      outcome.warnings == [
        "releases/1.1: 1 older release of 'Sales' beside 1.1.0.0 was left out: 'releases/1.0'"
      ])
    #expect(outcome.unknown.isEmpty)
  }

  @Test func `what only an older release declares is unresolved`() throws {
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "releases/1.0"),
      release("1.1.0.0", Sales.new, in: "releases/1.1", uses: Sales.old))
    #expect(
      try audit(fixture).reported.contains("warning link-unresolved: \(Sales.old.name) -> "))
  }

  @Test func `what an older release alone uses is unused`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    func newer(_ reference: Sales.Reference) -> [String: TestFile] {
      Sales([reference, mail], [Sales.remind(mail)], version: "1.1.0.0")
        .files(in: "releases/1.1")
    }
    let fixture = try TestRepository {
      Commit(
        "base", release("1.0.0.0", Sales.old, in: "releases/1.0").merging(newer(Sales.old)) { $1 })
      Commit("again", newer(Sales.new))
    }
    #expect(
      try fixture.check(from: "base", to: "again").reported == [
        "warning reference-recreated: \(Sales.old.name) -> \(Sales.new.name)"
      ])
  }

  @Test func `what an older release of another solution uses is not left behind`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    func app(_ version: String, _ used: Sales.Reference) -> [String: TestFile] {
      Sales([mail], [Sales.remind(used)], name: "App", version: version)
        .files(in: "releases/\(version)")
    }
    func base(_ reference: Sales.Reference) -> [String: TestFile] {
      Sales([reference], [Sales.approve(reference)], name: "Base").files()
    }
    for (isOld, left) in [(true, []), (false, ["Remind buyer"])] {
      let fixture = try TestRepository {
        Commit(
          "base",
          base(Sales.old).merging(app("1.0.0.0", Sales.old)) { $1 }
            .merging(isOld ? app("1.1.0.0", mail) : [:]) { $1 })
        Commit("again", base(Sales.new))
      }
      let finding = try #require(try fixture.check(from: "base", to: "again").findings.first)
      #expect(finding.consumers.filter { $0.state == .leftBehind }.map(\.name) == left)
      #expect(finding.outcome == (isOld ? .completed : .open))
    }
  }

  @Test func `a row for what an older release alone declares may be removed`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    func sales(_ version: String, _ reference: Sales.Reference) -> [String: TestFile] {
      Sales([reference, mail], [Sales.approve(reference), Sales.remind(mail)], version: version)
        .files(in: "releases/\(version)")
    }
    let unbound = "warning settings-incomplete:  -> \(Sales.old.name)"
    for (newer, reported) in [(Sales.new, []), (Sales.old, [unbound])] {
      let fixture = try TestRepository {
        Commit(
          "base",
          sales("1.0.0.0", Sales.old).merging(sales("1.1.0.0", newer)) { $1 }
            .merging(["prod.json": Sales.settings([Sales.old, Sales.new, mail])]) { $1 })
        Commit("removed", ["prod.json": Sales.settings([Sales.new, mail])])
      }
      #expect(
        try fixture.check(from: "base", to: "removed").reported
          .filter { $0.contains("settings-incomplete") } == reported)
    }
  }

  @Test func `of several zips the newest is judged`() throws {
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "out/Sales_1_0", isZip: true, uses: left),
      release("1.10.0.0", Sales.new, in: "out/Sales_1_10", isZip: true),
      release("1.9.0.0", Sales.old, in: "out/Sales_1_9", isZip: true, uses: left))
    let outcome = try audit(fixture)
    #expect(outcome.reported == ["note name-off-convention:  -> \(Sales.new.name)"])
    #expect(outcome.warnings.count == 1)
    #expect(outcome.warnings.first?.contains("2 older releases of 'Sales'") == true)
  }

  @Test func `a folder behind its zip is still checked`() throws {
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "src", uses: left),
      release("1.1.0.0", Sales.new, in: "out/Sales", isZip: true))
    #expect(try audit(fixture).reported.contains("warning link-unresolved: sales_Gone -> "))
  }

  @Test func `a zip of another solution than those in folders is judged, and one of them is not`()
    throws
  {
    let zip = release("1.0.0.0", Sales.old, in: "out/Sales", isZip: true, uses: left)
    let other = files(Sales([Sales.other], [], name: "Base"), in: "base", isZip: false)
    let own = release("1.0.0.0", Sales.old, in: "sales")
    let unresolved = "warning link-unresolved: sales_Gone -> "
    #expect(try audit(repository(zip, other)).reported.contains(unresolved))
    #expect(try !audit(repository(zip, own)).reported.contains(unresolved))
  }

  @Test func `solutions of different names have nothing to do with each other`() throws {
    var service = Sales([Sales.new], [Sales.remind(Sales.new)], name: "Service", version: "2.0")
    service.version = "2.0.0.0"
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "sales", uses: left), service.files(.classic, in: "service")
    )
    let outcome = try audit(fixture)
    #expect(outcome.scope.solutions == 2)
    #expect(outcome.reported.contains("warning link-unresolved: sales_Gone -> "))
    #expect(outcome.warnings.isEmpty)
  }

  @Test func `two folders of one version are both judged, and that is said`() throws {
    let fixture = try repository(
      release("1.0.0.0", Sales.old, in: "a"), release("1.0.0.0", Sales.old, in: "b", uses: left))
    let outcome = try audit(fixture)
    #expect(outcome.reported.contains("warning link-unresolved: sales_Gone -> "))
    #expect(
      outcome.warnings == ["a: 'Sales' 1.0.0.0 is here twice; both copies are checked: 'a', 'b'"])
  }

  @Test func `the manifests say which of two layouts in one folder is which`() throws {
    let sales = Sales([Sales.old], [Sales.approve(Sales.old)])
    let fixture = try repository(
      sales.files(.classic, in: "a"), sales.files(.plain, in: "a"))
    let outcome = try audit(fixture)
    #expect(
      outcome.warnings.contains {
        $0.hasSuffix("both copies are checked: 'a/Other/Solution.xml', 'a/solution.xml'")
      }, "\(outcome.warnings)")
  }

  @Test func `a version that cannot be read is said, and the release is judged`() throws {
    let fixture = try repository(
      release("one", Sales.old, in: "a", uses: left), release("1.0.0.0", Sales.old, in: "b"))
    let outcome = try audit(fixture)
    #expect(outcome.reported.contains("warning link-unresolved: sales_Gone -> "))
    #expect(outcome.unknown.isEmpty)
    #expect(outcome.warnings.count == 1)
    #expect(
      outcome.warnings.first?.hasPrefix("a: the version of 'Sales' in 'a' cannot be read") == true)
  }

  @Test func `a lone solution whose version cannot be read is compared with itself`() throws {
    let fixture = try TestRepository {
      Commit("base", release("one", Sales.old, in: "a"))
      Commit("again", release("two", Sales.new, in: "a"))
    }
    let outcome = try fixture.check(from: "base", to: "again")
    #expect(outcome.reported.contains(recreatedError))
    #expect(outcome.problems.isEmpty)
  }

  @Test func `a check says which of two equal releases a new one was compared with`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        release("1.0.0.0", Sales.old, in: "a").merging(release("1.0.0.0", Sales.other, in: "b")) {
          $1
        })
      Commit("next", release("1.1.0.0", Sales.other, in: "c"))
    }
    let outcome = try fixture.check(from: "base", to: "next")
    #expect(
      outcome.warnings == [
        "c: 'Sales' was compared with 'b': 'a' has the same version and declares other references"
      ])
    #expect(outcome.findings.allSatisfy { $0.severity == .note }, "\(outcome.reported)")
  }

  @Test func `settings are held against the current release alone`() throws {
    let files = release("1.0.0.0", Sales.old, in: "releases/1.0")
      .merging(release("1.1.0.0", Sales.new, in: "releases/1.1")) { $1 }
      .merging(["config/prod.json": Sales.settings([Sales.new])]) { $1 }
    let fixture = try TestRepository { Commit("base", files) }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    let outcome = try SettingsCheck(repository, options: Check.Options(today: .distantFuture))
      .outcome(ofEnvironment: nil, file: nil).0
    #expect(outcome.findings.isEmpty, "\(outcome.reported)")
    #expect(outcome.problems.allSatisfy { !$0.matters })
  }

  /// The findings of `check` that are no notes. History knows the same event with the same outcome.
  private func reported(
    _ fixture: TestRepository, from before: String = "first", to after: String = "second"
  ) throws -> [Finding] {
    let findings = try fixture.check(from: before, to: after).findings
      .filter { $0.severity > .note }
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incidents = try scan.outcome().history.incidents
    for finding in findings {
      #expect(incidents.contains { $0.finding.id == finding.id && $0.outcome == finding.outcome })
    }
    return findings
  }

  private var settings: [String: TestFile] { ["prod.json": Sales.settings([Sales.old])] }

  @Test(arguments: [false, true])
  func `a flow that stays on what an older release declares is left behind`(isZip: Bool) throws {
    let (old, new) = (Sales.old, Sales.new)
    func release(_ version: String, _ reference: Sales.Reference) -> [String: TestFile] {
      let sales = Sales(
        [reference], [Sales.approve(reference), Sales.remind(old)], version: version)
      return files(sales, in: "out/\(version)", isZip: isZip)
    }
    let fixture = try TestRepository {
      Commit("first", release("1.0.0.0", old))
      Commit("second", release("1.0.0.1", new))
    }
    let recreated = try #require(try reported(fixture).first { $0.rule == .referenceRecreated })
    #expect(recreated.outcome == .open)
    #expect(recreated.consumers.map(\.state) == [.moved, .leftBehind])
  }

  @Test func `an archive of another solution declares nothing for links`() throws {
    let app = Sales([Sales.other], [Sales.remind(Sales.old)], name: "App").files()
    let fixture = try TestRepository {
      Commit(
        "first",
        app.merging(release("1.0.0.0", Sales.old, in: "out/1.0", isZip: true)) { $1 }
          .merging(settings) { $1 })
      Commit("second", release("1.1.0.0", Sales.new, in: "out/1.1", isZip: true))
    }
    let recreated = try #require(try reported(fixture).first { $0.rule == .referenceRecreated })
    #expect(recreated.consumers.contains { $0.state == .leftBehind })
    #expect(recreated.rows.map(\.state) == [.stale])
  }

  @Test func `a link that only the managed counterpart still resolves is lost`() throws {
    var managed = Sales([Sales.old], [Sales.approve(Sales.old)])
      .files(in: "managed").mapValues { $0 }
    managed = managed.replacing(
      "<Managed>0<", with: "<Managed>1<", in: "managed/Other/Solution.xml")
    let fixture = try TestRepository {
      Commit("first", managed.merging(Sales.base.files()) { $1 })
      Commit("second", Sales([Sales.other], [Sales.approve(Sales.old)]).files())
    }
    let removed = try #require(try reported(fixture).first { $0.rule == .referenceRemoved })
    #expect(removed.severity == .error)
  }

  @Test func `a copy of the solution that still declares what it lost is named`() throws {
    let gone = Sales([Sales.other], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit(
        "first",
        Sales.base.files(in: "a").merging(Sales.base.files(in: "b")) { $1 })
      Commit("second", gone.files(in: "a"))
      Commit("third", gone.files(in: "b"))
    }
    let removed = try #require(try reported(fixture).first { $0.rule == .referenceRemoved })
    #expect(removed.severity == .error)
    #expect(
      removed.remarks.first
        == "'b' still declares \(Sales.old.name): not exported again yet?")
    #expect(!removed.consequence.contains("nothing in this revision declares it"))
    let last = try #require(
      try reported(fixture, from: "second", to: "third").first { $0.rule == .referenceRemoved })
    #expect(!last.remarks.contains { $0.contains("still declares") })
  }

  @Test func `a link to what only a copy of its solution declares does not say that nothing does`()
    throws
  {
    let one = Sales([Sales.other], [Sales.approve(Sales.other)])
    let two = Sales([Sales.other, Sales.old], [Sales.approve(Sales.other)])
    let fixture = try TestRepository {
      Commit("first", one.files(in: "a").merging(two.files(in: "b")) { $1 })
      Commit("second", Sales([Sales.other], [Sales.approve(Sales.old)]).files(in: "a"))
    }
    let lost = try #require(try reported(fixture).first { $0.rule == .linkLost })
    #expect(lost.summary == "'Approve order' uses a reference that its solution does not declare")
    #expect(lost.remarks.contains { $0.hasPrefix("'b' still declares") })
  }

  @Test func `rows are stale although the managed counterpart was not exported again`() throws {
    let before = Sales([Sales.old], [Sales.approve(Sales.old)])
    let after = Sales([Sales.new], [Sales.approve(Sales.new)])
    let managed = before.files(in: "managed")
      .replacing("<Managed>0<", with: "<Managed>1<", in: "managed/Other/Solution.xml")
    let fixture = try TestRepository {
      Commit("first", managed.merging(before.files()) { $1 }.merging(settings) { $1 })
      Commit("second", after.files())
    }
    let recreated = try #require(try reported(fixture).first { $0.rule == .referenceRecreated })
    #expect(recreated.outcome == .open)
    #expect(recreated.rows.map(\.state) == [.stale])
  }

  @Test(arguments: [false, true])
  func `staged over releases that are kept, it is open while a row binds the old name`(
    isZip: Bool
  ) throws {
    let (old, new) = (Sales.old, Sales.new)
    func release(_ version: String, _ references: [Sales.Reference], _ used: Sales.Reference)
      -> [String: TestFile]
    {
      let sales = Sales(references, [Sales.approve(used)], version: version)
      return files(sales, in: "out/\(version)", isZip: isZip)
    }
    let fixture = try TestRepository {
      Commit("first", release("1.0.0.0", [old], old).merging(settings) { $1 })
      Commit("second", release("1.0.0.1", [old, new], new))
      Commit("third", release("1.0.0.2", [new], new))
    }
    let recreated = try #require(
      try reported(fixture, from: "second", to: "third").first { $0.rule == .referenceRecreated })
    #expect(recreated.outcome == .open)
  }

  @Test func `dropped in one kept release and back in the next, the flow has moved`() throws {
    let fixture = try TestRepository {
      Commit(
        "first",
        release("1.0.0.0", Sales.old, in: "out/1.0", isZip: true).merging(settings) { $1 })
      Commit(
        "second",
        files(
          Sales([Sales.other], [Sales.remind(Sales.other)], version: "1.0.0.1"), in: "out/1.1",
          isZip: true))
      Commit("third", release("1.0.0.2", Sales.new, in: "out/1.2", isZip: true))
    }
    #expect(
      try reported(fixture, from: "second", to: "third").contains { $0.rule == .referenceRecreated }
    )
  }

  private let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")

  /// A release without a flow.
  private func bare(_ version: String, _ reference: Sales.Reference) -> [String: TestFile] {
    Sales([reference], [], version: version).files(in: "new")
  }

  @Test func `a flow in a copy of one version that declares nothing of it is left behind`() throws {
    let copy = Sales([mail], [Sales.approve(Sales.old)], version: "1.0.0.0").files(in: "old")
    let fixture = try TestRepository {
      Commit("base", copy.merging(bare("1.0.0.0", Sales.old)) { $1 })
      Commit("again", bare("1.0.0.0", Sales.new))
    }
    let finding = try #require(
      try fixture.check(from: "base", to: "again").findings.first {
        $0.rule == .referenceRecreated
      })
    #expect(finding.severity == .error)
    #expect(finding.outcome == .open)
    #expect(finding.consumers.map(\.state) == [.leftBehind])
  }

  @Test func `a flow of a release that is overtaken with the change is no consumer`() throws {
    let copy = Sales([mail], [Sales.approve(Sales.old)], version: "1.0.0.0").files(in: "old")
    let fixture = try TestRepository {
      Commit("base", copy.merging(bare("1.0.0.0", Sales.old)) { $1 })
      Commit("again", bare("1.1.0.0", Sales.new))
    }
    #expect(
      try fixture.check(from: "base", to: "again").reported == [
        "warning reference-recreated: \(Sales.old.name) -> \(Sales.new.name)"
      ])
  }

  @Test func `a re-creation without its consumer names who used the old one`() throws {
    let fixture = try TestRepository {
      Commit("base", release("1.0.0.0", Sales.old, in: "old"))
      Commit("again", bare("1.1.0.0", Sales.new))
    }
    let finding = try #require(
      try fixture.check(from: "base", to: "again").findings.first {
        $0.rule == .referenceRecreated
      })
    #expect(finding.severity == .error && finding.consumers.isEmpty)
    #expect(finding.remarks.first == "until this change 'Approve order' used the old one")
  }
}
