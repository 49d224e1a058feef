import Detection
import Foundation
import Reporting
import Solution
import Testing

struct ReportPageTests {
  private static let accepted = Bulletins.accepted(
    Bulletins.finding(.linkLost, .error, "new_old"), reason: "agreed", who: "Anna")

  private static let page = ReportPage(
    Report(
      command: "check", before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 3, references: 41, consumers: 212),
      findings: Bulletins.findings, accepted: [accepted], problems: [Bulletins.unreadable]),
    title: "contoso"
  ).document

  @Test func `the policy allows this very style and no script`() throws {
    let style = try #require(
      Self.page.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first)
    let digest = Data(SHA256.digest(of: Array(style.utf8))).base64EncodedString()
    #expect(Self.page.contains("default-src 'none'; style-src 'sha256-\(digest)'; base-uri"))
    #expect(!Self.page.contains("<script") && !Self.page.contains("url("))
  }

  @Test func `each finding has an article, and the worst is open`() {
    let articles = Self.page.matches(of: #/<article id="([0-9a-f]+)" class="([a-z]+)"/#)
    #expect(articles.map { String($0.output.1) } == Bulletins.findings.map(\.id))
    #expect(articles.map { String($0.output.2) } == ["error", "warning", "note"])
    #expect(Self.page.matches(of: #/<details open>/#).count == 1)
    #expect(
      Self.page.contains(
        """
        <dl class="names"><div class="was"><dt>was</dt><dd><code>new_<wbr>sharedsharepointonline_\
        <wbr>a1b2c</code>, <code>solutions/<wbr>Sales/<wbr>Other/<wbr>Customizations.xml:214</code> \
        in HEAD</dd></div>
        """))
  }

  @Test func `the numbers are those of the findings`() {
    for number in [
      "<div class=\"broken\"><dt>error</dt><dd>1</dd></div>", "<dt>warning</dt><dd>1</dd>",
      "<dt>accepted</dt><dd>1</dd>",
    ] {
      #expect(Self.page.contains(number))
    }
  }

  @Test func `what was accepted and what could not be read have sections`() {
    #expect(Self.page.contains("accepted by Anna: agreed</li>"))
    #expect(Self.page.contains("<p class=\"notice\">connref could not tell"))
    #expect(Self.page.contains("<h2 id=\"h-problems\">Could not be read</h2>"))
  }

  @Test func `a clean page is one sentence, and says what was looked at`() {
    let page = ReportPage(Samples.report([]), scopeLine: "checked 2 revisions").document
    #expect(page.contains("<p class=\"empty\">nothing to stop for</p>"))
    #expect(page.contains("<span>checked 2 revisions</span>"))
    #expect(!page.contains("<article"))
  }

  @Test(arguments: Bulletins.hostile)
  func `a name begins no markup`(name: String) {
    let tags = { (page: String) in
      page.matches(of: #/<([a-z!\/][a-z0-9]*)/#.ignoresCase()).map { String($0.output.1) }
        .filter { $0 != "wbr" }
    }
    let plain = ReportPage(Bulletins.hostileReport("x"), title: "x").document
    let page = ReportPage(Bulletins.hostileReport(name), title: "t\(name)").document
    #expect(tags(page) == tags(plain))
  }

  @Test(arguments: Bulletins.hostile)
  func `a name begins no attribute`(name: String) {
    let page = ReportPage(Bulletins.hostileReport(name), title: name).document
    let known: Set = [
      "id", "class", "href", "aria-labelledby", "aria-hidden", "title", "lang", "charset",
      "http-equiv", "content", "name", "viewBox", "width", "height", "d",
    ]
    let body = page.replacing(#/<style>.*?<\/style>/#.dotMatchesNewlines(), with: "")
    for tag in body.matches(of: #/<[a-z][^>]*>/#.matchingSemantics(.unicodeScalar)) {
      let names = tag.output.matches(of: #/\s([A-Za-z0-9-]+)="[^"]*"/#).map { String($0.output.1) }
      #expect(Set(names).isSubset(of: known))
      let rest = tag.output.replacing(#/\s[A-Za-z0-9-]+="[^"]*"/#, with: "")
      #expect(rest.wholeMatch(of: #/<[a-z0-9]+( open)?\/?>/#) != nil)
    }
  }
}
