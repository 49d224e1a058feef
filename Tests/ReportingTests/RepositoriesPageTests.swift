import Detection
import Reporting
import Solution
import Testing

/// The page that `connref watch --html` keeps.
struct RepositoriesPageTests {
  private static let unread = RepositoriesPage.Section(title: "unread")
  private static let page = RepositoriesPage([
    unread, Branches.section("closed", trouble: "locked"), Branches.section("first"),
    Branches.section("second"),
  ]).document

  @Test func `flagged repositories are first, in the overview and below`() {
    let titles = Self.page.matches(of: #/<h2>([a-z]+)<\/h2>/#).map { String($0.output.1) }
    #expect(titles == ["first", "second", "closed", "unread"])
    let links = Self.page.matches(of: #/<a href="#r\d">([a-z]+)<\/a>/#).map {
      String($0.output.1)
    }
    #expect(links == titles)
  }

  @Test func `each region has a name of its own`() {
    let names = Self.page.matches(of: #/role="region"[^>]*aria-label="([^"]*)"/#)
      .map { String($0.output.1) }
    #expect(names.count == 4)
    #expect(Set(names).count == names.count)
  }

  @Test func `what can be filtered is what is counted`() throws {
    let finding = Finding(
      rule: .referenceUnused, severity: .note, confidence: .certain, solution: "Sales",
      summary: "x", consequence: "y", fix: [], theme: Theme("reference", "are unused", fix: []))
    let findings = ["new_a", "new_b", "new_c"].map { name in
      var finding = finding
      finding.after = [
        Declaration(name: LogicalName(name))
      ]
      return finding
    }
    let page = Samples.report(findings + [Samples.recreated]).page
    #expect(page.contains("<output aria-live=\"polite\">4 findings</output>"))
    #expect(page.matches(of: #/class="entry[" ]/#).count == 4)
  }
}
