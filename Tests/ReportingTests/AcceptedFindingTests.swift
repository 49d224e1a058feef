import Detection
import Reporting
import Solution
import Testing

struct AcceptedFindingTests {
  private static let accepted = Bulletins.accepted(
    Samples.recreated, reason: "agreed with all makers", who: "Anna Berg", until: Day("2026-12-31"))

  private static let stale = Finding(
    rule: .settingsStale, severity: .warning, confidence: .certain, solution: "Sales",
    summary: "a row is stale", consequence: "it is ignored", fix: [])

  private func report(_ findings: [Finding] = []) -> Report {
    Report(
      command: "check", before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: findings, accepted: [Self.accepted])
  }

  private static let line = """
    accepted[reference-recreated] \(Samples.recreated.id) 'SharePoint Sales' was deleted and made \
    again under another logical name: accepted by Anna Berg until 2026-12-31: agreed with all makers

    """

  @Test func `in text it is one line, after the findings`() {
    #expect(TextReport(report()).findings == Self.line)
    let text = TextReport(report([Self.stale])).findings
    #expect(text.hasPrefix("warning[settings-stale] ") && text.hasSuffix("\n\n" + Self.line))
    #expect(
      TextReport(report(), isColored: true).findings
        == "\u{1b}[2m\(Self.line.dropLast())\u{1b}[0m\n")
  }

  @Test func `it is counted for itself`() {
    #expect(report().scopeLine.hasSuffix(": nothing to stop for, 1 accepted"))
    #expect(report([Samples.recreated]).scopeLine.hasSuffix(": 1 error, 1 accepted"))
  }

  @Test func `in JSON it stands apart, with who approved it`() throws {
    let document = try JSONDocument(parsing: JSONReport(report()).document)
    #expect(document["findings"]?.elements == [])
    let accepted = document["accepted"]?[0]
    #expect(accepted?["id"] == .text(Samples.recreated.id))
    #expect(
      accepted?["acceptedBy"]?.members == [
        "reason": .text("agreed with all makers"), "who": .text("Anna Berg"),
        "until": .text("2026-12-31"),
      ])
  }

  @Test func `it keeps to the schema, whoever approved it`() throws {
    let validator = try SchemaValidator(Schema.report.document)
    #expect(try validator.failures(of: JSONReport(report()).document) == [])
    let bare = Report(
      command: "check", before: .staged, after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [], accepted: [Bulletins.accepted(Samples.recreated, reason: "agreed")])
    #expect(try validator.failures(of: JSONReport(bare).document) == [])
  }
}
