import Detection
import Reporting
import Testing

struct BranchesReportTests {
  @Test func `branches keep to their schema`() throws {
    let validator = try SchemaValidator(Schema.branches.document)
    #expect(try validator.failures(of: BranchesJSON(Branches.hostile).document) == [])
    let empty = BranchesReport([], main: nil)
    #expect(try validator.failures(of: BranchesJSON(empty).document) == [])
  }

  @Test func `a line of a watcher keeps to its schema`() throws {
    let validator = try SchemaValidator(Schema.watch.document)
    for entry in Branches.hostileEntries {
      #expect(entry.json.filter { $0 == "\n" }.count == 1)
      #expect(try validator.failures(of: entry.json) == [])
    }
  }

  @Test func `the scope line counts what is flagged and what could not be told`() {
    #expect(
      Branches.report("main").scopeLine
        == "checked 5 branches against 'main': 1 flagged, 1 could not be told")
  }

  @Test func `a name begins no element of the page`() {
    let text = "<script>alert('1')</script>\"><img src=x>"
    let page = BranchesPage(Branches.report(text), title: text).document
    #expect(!page.contains("<script") && !page.contains("<img"))
    #expect(page.contains("&lt;script&gt;"))
  }
}
