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

  @Test func `audit`() throws {
    let draft = Sales.Flow("Draft", id: "C1A55E00-8E4F-EF11-9F89-000D3A1F0004")
    let gone = Sales.Reference("sales_Gone", "")
    let flows = [Sales.approve(Sales.old), Sales.remind(gone), Sales.archive(gone)]
    let second = Sales.Reference("sales_sharedsql_4b5c6", "Orders", "shared_sql")
    let third = Sales.Reference("sales_sharedsql_7d8e9", "Orders ", "shared_sql")
    let report = Sales.Flow("Report", id: "D2B66F11-9F5A-EF11-9F89-000D3A1F0005", second, third)
    let spare = Sales.Reference("sales_Spare_SQL", "Spare", "shared_sql")
    var files = Sales([Sales.old, second, third, spare], flows + [draft, report]).files()
    // Its actions use what it does not list.
    files["solutions/Sales/Workflows/\(draft.fileName)"] = TestFile(
      Sales.approve(Sales.old).definition.replacing("connectionReferenceLogicalName", with: "none"))
    files["config/prod.json"] = Sales.settings([Sales.old])
    let fixture = try TestRepository { Commit("base", files) }
    try expectSnapshot("audit", of: fixture.connref("audit"))
    try expectSnapshot("audit-release", of: fixture.connref("audit", "HEAD", "--release"))
  }

  @Test func `help for audit`() throws {
    try expectSnapshot("help-audit", of: TestRepository().connref("audit", "--help"))
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
