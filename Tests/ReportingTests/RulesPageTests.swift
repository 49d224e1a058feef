import Detection
import Reporting
import Testing

struct RulesPageTests {
  private static let page = RulesPage(RuleBook.rules.map { DocumentedRule($0) }).document

  @Test func `every rule has a row and a section of its own`() {
    for rule in RuleID.allCases {
      #expect(Self.page.contains("<a href=\"#\(rule.rawValue)\">\(rule.rawValue)</a>"))
      #expect(Self.page.contains("<section id=\"\(rule.rawValue)\">"))
    }
  }

  @Test func `the page fetches nothing`() {
    #expect(Self.page.contains("default-src 'none'"))
    #expect(!Self.page.contains("<script") && !Self.page.contains("url("))
  }
}
