import Detection
import Foundation
import Reporting
import Solution
import Testing

struct ReportPageTests {
  private static let accepted = SampleReports.accepted(
    SampleReports.finding(.linkLost, .error, "new_old"), reason: "agreed", who: "Anna")

  private static let page = Report(
    .check, before: .revision("HEAD"), after: .staged,
    scope: .init(extent: .revisions(2), solutions: 3, references: 41, consumers: 212),
    findings: SampleReports.findings, accepted: [accepted], problems: [SampleReports.unreadable]
  ).page(title: "contoso")

  @Test func `the policy allows this very style, and a script only where entries can be filtered`()
    throws
  {
    let style = try #require(
      Self.page.components(separatedBy: "<style>").last?.components(separatedBy: "</style>").first)
    let digest = Data(SHA256.digest(of: Array(style.utf8))).base64EncodedString()
    #expect(Self.page.contains("default-src 'none'; style-src 'sha256-\(digest)'; script-src"))
    #expect(!Self.page.contains("url("))
    let page = Samples.report([Samples.recreated]).page
    #expect(page.contains("style-src 'sha256-\(digest)'; base-uri") && !page.contains("<script"))
  }

  @Test func `each finding has an article, and the worst is open`() {
    let articles = Self.page.matches(of: #/<article id="([0-9a-f]+)" class="entry ([a-z]+)"/#)
    #expect(articles.map { String($0.output.1) } == SampleReports.findings.map(\.id))
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
    #expect(Self.page.contains("<p class=\"notice\">The run could not tell"))
    #expect(Self.page.contains("<h2>Not read</h2>"))
  }

  @Test func `a clean page is one sentence, and says what was looked at`() {
    let page = Samples.report([]).page
    #expect(page.contains("<p class=\"empty\">no problems found</p>"))
    #expect(page.contains("<span>checked 3 solutions, 41 references, 212 flows in 2 revisions: "))
    #expect(!page.contains("<article"))
  }

  @Test(arguments: SampleReports.hostile)
  func `a name begins no markup`(name: String) {
    let tags = { (page: String) in
      page.matches(of: #/<([a-z!\/][a-z0-9]*)/#.ignoresCase()).map { String($0.output.1) }
        .filter { $0 != "wbr" }
    }
    let plain = SampleReports.hostileReport("x").page(title: "x")
    let page = SampleReports.hostileReport(name).page(title: "t\(name)")
    #expect(tags(page) == tags(plain))
  }

  @Test(arguments: SampleReports.hostile)
  func `a name begins no attribute`(name: String) {
    let page = SampleReports.hostileReport(name).page(title: name)
    let known: Set = [
      "id", "class", "href", "aria-label", "aria-labelledby", "aria-hidden", "title",
      "data-severity", "data-solution", "data-rule", "lang", "charset",
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
