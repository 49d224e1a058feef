import Detection
import Reporting
import Solution
import Testing

struct AcceptedFindingTests {
  private static let accepted = SampleReports.accepted(
    Samples.recreated, reason: "agreed with all makers", who: "Anna Berg", until: Day("2026-12-31"))

  private static let stale = Finding(
    rule: .settingsStale, severity: .warning, confidence: .certain, solution: "Sales",
    summary: "a row is stale", consequence: "it is ignored", fix: [])

  private func report(_ findings: [Finding] = []) -> Report {
    Report(
      .check, before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: findings, accepted: [Self.accepted])
  }

  private static let line = """
    accepted[reference-recreated] \(Samples.recreated.id)
      'SharePoint Sales' was deleted and re-created under another logical name:
      accepted by Anna Berg until 2026-12-31: agreed with all makers

    """

  @Test func `in text it is wrapped, after the findings`() {
    #expect(report().text == Self.line)
    let text = report([Self.stale]).text
    #expect(text.hasPrefix("warning[settings-stale] ") && text.hasSuffix("\n\n" + Self.line))
    #expect(report().coloredText.hasPrefix("\u{1b}[2maccepted[reference-recreated] "))
  }

  @Test func `it is counted for itself`() {
    #expect(report().scopeLine.hasSuffix(": no problems found, 1 accepted"))
    #expect(report([Samples.recreated]).scopeLine.hasSuffix(": 1 error, 1 accepted"))
  }

  @Test func `in JSON it is separate, with who approved it`() throws {
    let document = try JSONDocument(parsing: report().json)
    #expect(document["findings"]?.elements == [])
    let accepted = document["accepted"]?[0]
    #expect(accepted?["id"] == .text(Samples.recreated.id))
    #expect(
      accepted?["acceptedBy"]?.members == [
        "reason": .text("agreed with all makers"), "who": .text("Anna Berg"),
        "until": .text("2026-12-31"),
      ])
  }

  @Test func `it matches the schema with any approver`() throws {
    let validator = try SchemaValidator(Schema.report.document)
    #expect(try validator.failures(of: report().json) == [])
    let bare = Report(
      .check, before: .staged, after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [], accepted: [SampleReports.accepted(Samples.recreated, reason: "agreed")])
    #expect(try validator.failures(of: bare.json) == [])
  }
}
