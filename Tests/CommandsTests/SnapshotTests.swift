import TestSupport
import Testing

/// What the user sees, in full.
@Suite struct SnapshotTests {
  @Test func `check of a recreated reference`() throws {
    let settings = ["config/prod.json": Sales.settings([Sales.old])]
    let flows = [Sales.approve(Sales.old), Sales.remind(Sales.old), Sales.archive(Sales.other)]
    let fixture = try TestRepository {
      Commit("base", Sales([Sales.old, Sales.other], flows).files().merging(settings) { $1 })
    }
    let moved = [Sales.approve(Sales.new), Sales.remind(Sales.new), Sales.archive(Sales.other)]
    try fixture.stage(Sales([Sales.new, Sales.other], moved).files())
    try expectSnapshot("check-recreated", of: fixture.connref("check"))
  }

  @Test func `check with several findings and a problem`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let flow = Sales.remind(Sales.other)
    try fixture.stage([
      "solutions/Sales/Workflows/\(flow.fileName)": TestFile(flow.definition),
      "solutions/Sales/Other/Customizations.xml":
        Sales([], []).files()["solutions/Sales/Other/Customizations.xml"],
      "Second/Other/Customizations.xml": "not xml",
    ])
    try expectSnapshot("check-several", of: fixture.connref("check"))
  }

  @Test func `check of a change that is fine`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(
      Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files())
    try expectSnapshot("check-fine", of: fixture.connref("check"))
  }

  @Test func `list`() throws {
    let settings = ["config/prod.json": Sales.settings([Sales.old])]
    let flows = [Sales.approve(Sales.old), Sales.archive(Sales.new)]
    let fixture = try TestRepository {
      Commit("base", Sales([Sales.old, Sales.other], flows).files().merging(settings) { $1 })
    }
    try expectSnapshot("list", of: fixture.connref("list"))
  }

  @Test func `list without a solution`() throws {
    try expectSnapshot("list-nothing", of: TestRepository().connref("list"))
  }

  @Test func `explain a rule`() throws {
    try expectSnapshot("explain-rule", of: TestRepository().connref("explain", "link-lost"))
  }

  @Test func `rules`() throws {
    try expectSnapshot("rules", of: TestRepository().connref("rules"))
  }

  @Test func `help`() throws {
    try expectSnapshot("help", of: TestRepository().connref("--help"))
  }

  @Test func `help for check`() throws {
    try expectSnapshot("help-check", of: TestRepository().connref("check", "--help"))
  }

  @Test func `install and uninstall`() throws {
    let fixture = try TestRepository()
    try expectSnapshot("install", of: fixture.connref("install"), replacing: fixture.path)
    try expectSnapshot("uninstall", of: fixture.connref("uninstall"), replacing: fixture.path)
  }
}
