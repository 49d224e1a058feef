import Detection
import Reporting
import Testing

struct RulesPageTests {
  private static let page = RulesPage.document(of: RuleBook.rules.map { DocumentedRule($0) })

  @Test func `every rule has a row and a section of its own`() {
    for rule in RuleID.allCases {
      #expect(Self.page.contains("<a href=\"#\(rule.rawValue)\">\(rule.rawValue)</a>"))
      #expect(Self.page.contains("<section id=\"\(rule.rawValue)\" class=\"entry\" data-severity="))
    }
  }

  @Test func `the rules can be filtered by a text and by their usual severity`() {
    #expect(Self.page.contains("<form id=\"filters\""))
    #expect(Self.page.contains("<input type=\"search\" name=\"text\">"))
    #expect(Self.page.contains("<select name=\"severity\"><option value=\"\">all</option>"))
    #expect(
      Self.page.contains("<output aria-live=\"polite\">\(RuleID.allCases.count) rules</output>"))
    #expect(Self.page.contains("<script>"))
  }

  @Test func `the page fetches nothing`() {
    #expect(Self.page.contains("default-src 'none'"))
    #expect(!Self.page.contains("<script src") && !Self.page.contains("url("))
  }
}
