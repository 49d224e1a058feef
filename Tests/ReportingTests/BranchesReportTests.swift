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

  @Test func `a long name keeps its distance, and is whole`() {
    let name = "feature/" + String(repeating: "compliance-", count: 6) + "end"
    #expect(Branches.report(name).text.contains("\(name)  "))
  }

  @Test func `what a list leaves out is shown by a command`() {
    var finding = Samples.recreated
    finding.outcome = .completed
    let dated = BranchVerdict.DatedFinding(finding: finding, since: nil)
    let main = BranchVerdict(
      name: "refs/heads/main", shortName: "main", tip: String(repeating: "2", count: 40),
      state: .main, isMain: true, findings: Array(repeating: dated, count: 7))
    let text = Report(branches: [main], main: "main", onlyErrors: true).text
    #expect(text.contains("and 2 more: connref branches --details\n"), "\(text)")
  }

  @Test func `a name begins no element of the page`() {
    let text = "<script>alert('1')</script>\"><img src=x>"
    let page = Branches.report(text).page(title: text)
    #expect(!page.contains("<script>alert") && !page.contains("<img"))
    #expect(page.contains("&lt;script&gt;"))
  }
}
