import Detection
import Reporting
import Solution
import Testing

/// The forms of a history that programs read.
struct HistoryDataTests {
  static let hostile = [
    Samples.hostile, "</script><script>alert(1)</script>", "\"'`|;,=1+1", "=HYPERLINK(\"x\")", "",
    String(repeating: "long ", count: 1000),
  ]

  @Test(arguments: hostile)
  func `a history of hostile names keeps to its schema`(name: String) throws {
    #expect(try failures(of: Histories.hostile(name)) == [])
  }

  @Test func `histories of every kind keep to their schema`() throws {
    #expect(try failures(of: Histories.report([], isComplete: false)) == [])
    #expect(try failures(of: Histories.mixed) == [])
  }

  @Test func `a life keeps to its schema`() throws {
    let validator = try SchemaValidator(Schema.life.document)
    #expect(try validator.failures(of: Histories.life(Samples.hostile).json) == [])
    let empty = Report(reference: "new_a", events: [])
    #expect(try validator.failures(of: empty.json) == [])
  }

  @Test func `the closed set of a life's events is the domain's`() throws {
    let schema = try JSONDocument(parsing: Schema.life.document)
    let allowed = schema["$defs"]?["event"]?["properties"]?["kind"]?["enum"]
    #expect(allowed?.elements.compactMap(\.text) == LifeEvent.Kind.allCases.map(\.rawValue))
  }

  @Test func `a finding holds its commits`() throws {
    let document = try JSONDocument(
      parsing: Histories.report([
        Histories.incident(
          places: [Histories.moment("a")], fixedIn: Histories.moment("5", author: "Ben"),
          openAt: [Histories.open("main")])
      ]).json)
    let finding = document["findings"]?[0]
    #expect(finding?["commit"] == .text(String(repeating: "4", count: 40)))
    #expect(finding?["date"] == .text("2026-05-20T16:12:03+02:00"))
    #expect(finding?["places"]?.elements == [.text(String(repeating: "a", count: 40))])
    #expect(finding?["mendedBy"] == .text("Ben"))
    #expect(finding?["stillBrokenAt"]?.elements == [.text("main")])
    #expect(finding?["remains"]?[0]?["consumers"]?[0]?["name"] == .text("Order"))
    #expect(finding?["acceptedBy"] == .null)
    #expect(document["scope"]?["commits"] == .number(1058))
  }

  @Test(arguments: hostile)
  func `an incident is one line, and the same as in the document`(name: String) throws {
    let report = Histories.hostile(name)
    let document = try JSONDocument(parsing: report.json)
    let lines = report.document(in: .jsonl).split(whereSeparator: \.isNewline)
    #expect(lines.count == document["findings"]?.elements.count)
    for (number, line) in lines.enumerated() {
      #expect(line.hasSuffix("}"))
      #expect(try JSONDocument(parsing: String(line)) == document["findings"]?[number])
    }
  }

  @Test func `a table has a header and a row for each incident`() {
    let rows = Histories.report([Histories.broken]).csv.split(separator: "\r\n")
    #expect(
      rows == [
        """
        id,rule,severity,confidence,solution,date,commit,author,subject,before,after,\
        "display name",connector,moved,"left behind","stale rows",outcome,"outcome in",\
        "outcome date","still broken at"
        """,
        """
        \(Samples.recreated.id),reference-recreated,error,certain,Sales,2026-05-20T16:12:03+02:00,\
        4444444444444444444444444444444444444444,"Anna Berg","Fix the SharePoint connection",\
        new_sharedsharepointonline_a1b2c,new_sharedsharepointonline_9d8e7,"SharePoint Sales",\
        shared_sharepointonline,"Notify; Order; Return",,config/prod.json:12,open,,,\
        "main; origin/release"
        """,
      ])
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("＝1", "'＝1"),
    (" =1", "\" '=1\""), ("a;=1", "\"a;'=1\""), ("a=1", "a=1"), ("\t=1", "\\t=1"),
    ("say \"x\"", "\"say \"\"x\"\"\""), ("a,b", "\"a,b\""), ("a\nb", "a\\nb"),
    // With a combining mark behind it a sign is another character, and for a program the same sign.
    ("=\u{301}", "'=\u{301}"), ("a,\u{301}", "\"a,\u{301}\""), ("a\"\u{301}", "\"a\"\"\u{301}\""),
  ])
  func `no cell is a formula`(author: String, cell: String) {
    let incident = Histories.incident(moment: Histories.moment(author: author))
    #expect(Histories.report([incident]).csv.contains(",\(cell),\"Fix the"))
  }

  private func failures(of report: Report) throws -> [String] {
    try SchemaValidator(Schema.history.document).failures(of: report.json)
  }
}
