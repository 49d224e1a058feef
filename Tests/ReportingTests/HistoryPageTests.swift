import Detection
import Foundation
import Reporting
import Solution
import Testing

struct HistoryPageTests {
  static let page = Histories.mixed.page(title: "contoso")

  @Test(arguments: ["style", "script"])
  func `the policy allows this very style and this very script`(tag: String) throws {
    let text = try #require(contents(of: tag, in: Self.page).first)
    let digest = Data(SHA256.digest(of: Array(text.utf8))).base64EncodedString()
    #expect(Self.page.contains("\(tag)-src 'sha256-\(digest)'"))
  }

  @Test func `the digest is the one of the standard`() {
    let digest = SHA256.digest(of: Array("abc".utf8)).map { String($0, radix: 16) }
    #expect(digest.prefix(4) == ["ba", "78", "16", "bf"])
  }

  @Test(arguments: HistoryDataTests.hostile)
  func `a name begins no markup`(name: String) {
    let tags = { (page: String) in
      page.matches(of: #/<([a-z!\/][a-z0-9]*)/#.ignoresCase()).map { String($0.output.1) }
        .filter { $0 != "wbr" && $0 != "text" && $0 != "/text" }
    }
    let plain = Histories.hostile("x").page(title: "x")
    let page = Histories.hostile(name).page(title: "t\(name)")
    #expect(tags(page) == tags(plain))
    #expect(contents(of: "script", in: page) == contents(of: "script", in: plain))
  }

  @Test(arguments: HistoryDataTests.hostile)
  func `a name begins no attribute`(name: String) {
    let page = Histories.hostile(name).page(title: name)
    let known: Set = [
      "id", "class", "href", "aria-label", "aria-labelledby", "aria-hidden", "aria-live", "title",
      "data-severity", "data-solution", "data-rule", "data-author", "data-state", "datetime",
      "data-connector", "data-label", "tabindex", "lang", "charset",
      "http-equiv", "content", "name", "viewBox", "width", "height", "d", "r", "x", "y", "x1", "x2",
      "y1", "y2", "dx", "overflow", "role", "scope", "value", "type",
    ]
    let body = page.replacing(
      #/<(style|script)>.*?<\/(style|script)>/#.dotMatchesNewlines(), with: "")
    for tag in body.matches(of: #/<[a-z][^>]*>/#) {
      let names = tag.output.matches(of: #/\s([A-Za-z0-9-]+)="[^"]*"/#).map { String($0.output.1) }
      #expect(Set(names).isSubset(of: known))
      let rest = tag.output.replacing(#/\s[A-Za-z0-9-]+="[^"]*"/#, with: "")
      #expect(rest.wholeMatch(of: #/<[a-z0-9]+( hidden| open)?\/?>/#) != nil)
    }
  }

  @Test func `nothing is fetched`() {
    #expect(Self.page.contains("default-src 'none'"))
    #expect(
      Self.page.matches(of: #/(src|href)="([^"]*)"/#).allSatisfy { $0.output.2.hasPrefix("#") })
    #expect(!Self.page.contains("url(") && !Self.page.contains("@import"))
  }

  @Test func `every link of the page ends at an element of it`() {
    let targets = Set(Self.page.matches(of: #/href="#([a-z0-9-]+)"/#).map { String($0.output.1) })
    let ids = Self.page.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) }
    #expect(targets.subtracting(ids) == [])
    #expect(Set(ids).count == ids.count)
  }

  @Test func `an event that occurred again has an anchor of its own, and the oldest has the id`() {
    let id = Samples.recreated.id
    let articles = Self.page.matches(of: #/<article id="([^"]+)"/#).map { String($0.output.1) }
    #expect(articles.filter { $0.hasPrefix(id) } == ["\(id)-3", "\(id)-2", id])
  }

  @Test func `an incident shows how it ended`() {
    #expect(
      Self.page.contains(
        """
        <p class="fate broken"><strong>Still broken</strong> at <code>main</code>, \
        <code>origin/<wbr>release</code>: 1 flow: &#39;Order&#39;; 1 settings row: \
        config/<wbr>prod.json:12</p>
        """))
    #expect(
      Self.page.contains(
        """
        <p class="fate fixed"><strong>Fixed</strong> in <code>5555555555</code> by Ben Ode, \
        1 d 13 h later: Restore the name</p>
        """))
  }

  @Test func `each incident has a mark that links to it`() {
    let marks = Self.page.matches(of: #/<a class="spot" href="#([^"]+)"/#)
      .map { String($0.output.1) }
    let articles = Self.page.matches(of: #/<article id="([^"]+)"/#).map { String($0.output.1) }
    #expect(marks.sorted() == articles.sorted())
  }

  @Test func `the filters offer what there is, and only where scripts run`() {
    #expect(
      Self.page.contains(
        #"<form id="filters" role="search" aria-label="Filter" hidden>"#))
    #expect(
      Self.page.contains(
        """
        <select name="solution"><option value="">all</option><option value="Sales">Sales</option>\
        <option value="Service">Service</option></select>
        """))
    #expect(Self.page.contains("<option value=\"still broken\">still broken</option>"))
  }

  @Test func `an empty history is one sentence`() {
    let page = Histories.report([]).page
    #expect(page.contains("<p class=\"empty\">no incident in 1058 commits of all branches"))
    #expect(!page.contains("<article") && !page.contains("<form"))
  }

  @Test func `the same history makes the same page`() {
    #expect(
      Histories.mixed.page(title: "contoso") == Self.page)
  }

  @Test func `a clock that was never set does not stretch the axis`() {
    let incidents = [Histories.broken, Histories.incident(moment: Histories.moment(date: 0))]
    let page = Histories.report(incidents).page
    #expect(!page.contains(">1970</text>"))
    #expect(page.contains(">2010</text>"))
  }

  private func contents(of tag: String, in page: String) -> [String] {
    page.components(separatedBy: "<\(tag)>").dropFirst()
      .compactMap { $0.components(separatedBy: "</\(tag)>").first }
  }
}
