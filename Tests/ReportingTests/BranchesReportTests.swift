import Detection
import Reporting
import Testing

struct BranchesReportTests {
  @Test func `branches keep to their schema`() throws {
    let validator = try SchemaValidator(Schema.branches.document)
    #expect(try validator.failures(of: Branches.hostile.json) == [])
    let empty = Report(branches: [], main: nil)
    #expect(try validator.failures(of: empty.json) == [])
  }

  @Test func `a line of a watcher keeps to its schema`() throws {
    let validator = try SchemaValidator(Schema.watch.document)
    for entry in Branches.hostileEntries {
      #expect(entry.json.filter { $0 == "\n" }.count == 1)
      #expect(try validator.failures(of: entry.json) == [])
    }
  }

  @Test func `the scope line counts what is flagged and what is unknown`() {
    #expect(
      Branches.report("main").scopeLine
        == "checked 5 branches against 'main': could not tell because of 1 problem, 1 flagged, "
        + "1 with warnings")
  }

  @Test func `a name begins no element of the page`() {
    let text = "<script>alert('1')</script>\"><img src=x>"
    let page = Branches.report(text).page(title: text)
    #expect(!page.contains("<script>alert") && !page.contains("<img"))
    #expect(page.contains("&lt;script&gt;"))
  }
}
