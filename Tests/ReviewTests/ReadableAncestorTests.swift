import Detection
import Git
import Review
import TestSupport
import Testing

/// A change that makes a file readable again is compared with what the file said before.
@Suite struct ReadableAncestorTests {
  private let path = "solutions/Sales/Other/Customizations.xml"

  /// `main` has declarations with conflict markers.
  private func fixture(_ marked: TestFile = "<<<<<<< HEAD\n=======\n>>>>>>> x\n") throws
    -> TestRepository
  {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("marked", [path: marked])
      Commit("docs", ["docs/a.md": "1"])
    }
  }

  @Test func `the change that breaks a file is unknown`() throws {
    #expect(try fixture().check(from: "base", to: "marked").unknown.count == 1)
  }

  @Test func `consumers that moved while a file was unreadable count`() throws {
    let (old, new) = (Sales.old, Sales.new)
    let moved = Sales([old, new], [Sales.approve(new)]).files()
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("declared", Sales([old, new], [Sales.approve(old)]).files())
      Commit("marked", moved.merging([path: "<<<<<<< HEAD\n=======\n>>>>>>> x\n"]) { $1 })
      Commit("removed", Sales([new], [Sales.approve(new)]).files())
    }
    #expect(try fixture.check(from: "marked", to: "removed").reported == [recreatedError])
    #expect(try history(fixture) == [.referenceRecreated])
  }

  @Test func `what was removed while a file was unreadable was removed`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let fixture = try TestRepository {
      Commit("base", Sales([Sales.old, mail], [Sales.approve(Sales.old)]).files())
      Commit("marked", [path: "<<<<<<< HEAD\n=======\n>>>>>>> x\n"])
      Commit("removed", Sales([mail], [Sales.approve(Sales.old)]).files())
      Commit("re-created", Sales([mail, Sales.new], [Sales.approve(Sales.new)]).files())
    }
    #expect(try fixture.check(from: "removed", to: "re-created").reported == [recreatedError])
    #expect(try history(fixture) == [.referenceRemoved, .referenceRecreated])
  }

  /// The rules of what the history reports, oldest first.
  private func history(_ fixture: TestRepository) throws -> [RuleID] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().history.incidents.map(\.finding.rule).reversed()
  }

  @Test func `a change that only makes it readable again passes`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.base.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == [] && outcome.unknown == [])
    let base = fixture.id("base").prefix(10)
    #expect(
      outcome.warnings == [
        "\(path): could not be read before this change: compared with commit \(base), the last "
          + "where it could"
      ])
  }

  @Test func `a change that makes it readable and re-creates the reference is reported`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test(arguments: ["version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n", "", "<a"])
  func `so is a pointer, an empty file and one cut short`(text: String) throws {
    let fixture = try fixture(TestFile(text))
    try fixture.stage(Sales.base.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == [] && outcome.unknown == [])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `so is a part of an archive`() throws {
    func zip(_ sales: Sales, damaging part: String? = nil) -> TestFile {
      let files = sales.files(.plain, in: "").sorted { $0.key < $1.key }
      var bytes = storedZip(files.map { ($0.key, $0.value.bytes) })
      if let part, let content = files.first(where: { $0.key == part })?.value.bytes {
        let start = (0...(bytes.count - content.count)).first {
          bytes[$0..<($0 + content.count)].elementsEqual(content)
        }
        if let start { bytes[start + 20] ^= 0x55 }
      }
      return TestFile(bytes: bytes)
    }
    for part in ["customizations.xml", "solution.xml"] {
      let fixture = try TestRepository {
        Commit("base", ["Sales.zip": zip(Sales.base)])
        Commit("damaged", ["Sales.zip": zip(Sales.base, damaging: part)])
      }
      #expect(try fixture.check(from: "base", to: "damaged").unknown.count == 1)
      try fixture.stage(["Sales.zip": zip(Sales.base)])
      #expect(try fixture.check().reported == [])
      try fixture.stage(["Sales.zip": zip(Sales.recreated)])
      #expect(try fixture.check().reported == [recreatedError])
    }
  }

  @Test func `a history and the branches report it as a check does`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("marked", [path: "<<<<<<< HEAD\n=======\n>>>>>>> x\n"])
      Commit("again", Sales.recreated.files())
      Commit("docs", ["docs/a.md": "1"])
    }
    let checked = try #require(try fixture.check(from: "marked", to: "again").findings.first)
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(repository)
    let incidents = try scan.outcome().history.incidents
    #expect(incidents.map(\.finding.id) == [checked.id])
    #expect(incidents.first?.moment.commit == fixture.id("again"))
    #expect(incidents.first?.outcome == checked.outcome)
  }

  @Test func `so is a flow`() throws {
    let flow = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("cut", [flow: "{\"properties\":"])
    }
    try fixture.stage(Sales.base.files())
    #expect(try fixture.check().unknown == [])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `so is a settings file`() throws {
    let settings = "config/prod.json"
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([settings: Sales.settings([Sales.old])]) { $1 })
      Commit(
        "cut",
        [
          ".connref.yml": "environments: {prod: {settings: [config/prod.json]}}\n",
          settings: "{\"ConnectionReferences\": [",
        ])
    }
    try fixture.stage(Sales.settings([Sales.old]), at: settings)
    #expect(try fixture.check().unknown == [])
  }

  @Test func `a file that never could be read is compared with nothing`() throws {
    let fixture = try TestRepository {
      Commit("marked", Sales.base.files().merging([path: "<<<<<<< HEAD\n"]) { $1 })
    }
    try fixture.stage(Sales.base.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == [] && outcome.unknown == [])
  }

  @Test func `beyond the look-back it stays unknown`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.base.files())
    #expect(try fixture.check(lookBack: 2).unknown.count == 1)
    #expect(try fixture.check(lookBack: 3).unknown == [])
  }
}
