import Detection
import Parsing
import Reporting
import Testing

/// A name of 10,000 characters fills no log, no list and no page.
struct LongNamesTests {
  private static let name = String(repeating: "long ", count: 2000)
  private static let report = SampleReports.hostileReport(name)

  @Test func `a command of a build server is short but for the path`() {
    let ours = name(Self.report.github)
    let azure = name(Self.report.azure)
    #expect((ours + azure).allSatisfy { $0 < 5000 })
  }

  /// The length of each line without the path, which has to be whole.
  private func name(_ text: String) -> [Int] {
    text.split(separator: "\n").map { $0.count - ($0.count > 10_000 ? 10_000 : 0) }
  }

  @Test func `what a list shows is short`() throws {
    let entries = try JSONDocument(parsing: Self.report.gitlab).elements
    #expect(entries.allSatisfy { ($0["description"]?.text?.count ?? 0) < 3000 })
    let run = try JSONDocument(parsing: Self.report.sarif)["runs"]?[0]
    let messages = run?["results"]?.elements.compactMap { $0["message"]?["text"]?.text } ?? []
    #expect(messages.count == 2 && messages.allSatisfy { $0.count < 4000 })
  }

  @Test func `a page is short`() {
    #expect(Self.report.markdown(limit: 1 << 20).utf8.count < 20_000)
    let page = SampleReports.hostileReport(Self.name).page(title: Self.name)
    #expect(page.utf8.count < 50_000)
  }

  @Test func `a test's name is one that Azure takes whole`() throws {
    let document = Self.report.junit
    let root = try Element(parsing: Array(document.utf8), keeping: .everything)
    let names = root.children.flatMap(\.children).compactMap { $0.attribute("name") }
    #expect(names.allSatisfy { $0.count <= 512 })
    #expect(names.first?.hasSuffix("(\(HostileNamesTests.finding(of: Self.name).id))") == true)
  }
}
