import Detection
import Reporting
import Solution
import Testing

struct GitLabQualityTests {
  private static let schema = """
    {
      "type": "array",
      "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": false,
        "properties": {
          "description": {"type": "string"},
          "check_name": {"type": "string"},
          "fingerprint": {"type": "string"},
          "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
          "location": {
            "type": "object", "required": ["path", "lines"], "additionalProperties": false,
            "properties": {
              "path": {"type": "string"},
              "lines": {
                "type": "object", "required": ["begin"], "additionalProperties": false,
                "properties": {"begin": {"type": "integer", "minimum": 1}}
              }
            }
          }
        }
      }
    }
    """

  private func entries(_ report: Report) throws -> [JSONDocument] {
    try JSONDocument(parsing: report.gitlab).elements
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, GitLab's members are there`(name: String) throws {
    let validator = try SchemaValidator(Self.schema)
    for report in SampleReports.hostile(name) {
      #expect(try validator.failures(of: report.gitlab) == [])
      let prints = try entries(report).compactMap { $0["fingerprint"]?.text }
      #expect(Set(prints).count == prints.count)
    }
  }

  @Test func `a finding is at its line, with its id`() throws {
    let entries = try entries(Samples.report(SampleReports.findings))
    #expect(entries.compactMap { $0["severity"]?.text } == ["critical", "minor", "info"])
    #expect(entries[0]["fingerprint"] == .text(Samples.recreated.id))
    #expect(entries[0]["location"]?["path"] == .text(Samples.customizations))
    #expect(entries[0]["location"]?["lines"]?["begin"] == .number(214))
    #expect(
      entries[0]["description"]
        == .text(
          """
          'SharePoint Sales' was deleted and re-created under another logical name; \
          was: new_sharedsharepointonline_a1b2c, solutions/Sales/Other/Customizations.xml:214 in \
          4f2c9e1; now: new_sharedsharepointonline_9d8e7, \
          solutions/Sales/Other/Customizations.xml:214, staged; \
          fix: connref repair 3f9a21c07d44 | git apply --index; id: \(Samples.recreated.id); \
          explain: connref explain reference-recreated
          """))
  }

  @Test func `a run that could not tell does not look like a pass`() throws {
    let entries = try entries(Samples.report([], problems: [SampleReports.unreadable]))
    #expect(entries.count == 1)
    #expect(entries.first?["severity"] == .text("blocker"))
    #expect(entries.first?["location"]?["path"] == .text("solutions/Ops/a b.xml"))
  }

  @Test func `what was accepted is in no list that is counted`() {
    let report = Report(
      .check, before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [], accepted: [SampleReports.accepted(Samples.recreated, reason: "agreed")])
    #expect(report.gitlab == "[]\n")
    #expect(report.github == "")
    #expect(report.azure == "")
    #expect(CSVTable(report.csv).rows.count == 1)
  }

  @Test func `a clean run is an empty list`() {
    #expect(Samples.report([]).gitlab == "[]\n")
  }
}
