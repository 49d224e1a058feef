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

  private func entries(_ bulletin: Bulletin) throws -> [JSONDocument] {
    try JSONDocument(parsing: GitLabQuality(bulletin).document).elements
  }

  @Test(arguments: Bulletins.hostile)
  func `whatever a repository says, GitLab's members are there`(name: String) throws {
    let validator = try SchemaValidator(Self.schema)
    for bulletin in Bulletins.hostile(name) {
      #expect(try validator.failures(of: GitLabQuality(bulletin).document) == [])
      let prints = try entries(bulletin).compactMap { $0["fingerprint"]?.text }
      #expect(Set(prints).count == prints.count)
    }
  }

  @Test func `a finding stands at its line, with its id`() throws {
    let entries = try entries(Bulletin(Samples.report(Bulletins.findings)))
    #expect(entries.compactMap { $0["severity"]?.text } == ["critical", "minor", "info"])
    #expect(entries[0]["fingerprint"] == .text(Samples.recreated.id))
    #expect(entries[0]["location"]?["path"] == .text(Samples.customizations))
    #expect(entries[0]["location"]?["lines"]?["begin"] == .number(214))
    #expect(
      entries[0]["description"]
        == .text(
          """
          'SharePoint Sales' was deleted and made again under another logical name; \
          was: new_sharedsharepointonline_a1b2c, solutions/Sales/Other/Customizations.xml:214 in \
          4f2c9e1; now: new_sharedsharepointonline_9d8e7, \
          solutions/Sales/Other/Customizations.xml:214, staged; \
          more: connref explain reference-recreated
          """))
  }

  @Test func `a run that could not tell does not look like a pass`() throws {
    let entries = try entries(Bulletin(Samples.report([], problems: [Bulletins.unreadable])))
    #expect(entries.count == 1)
    #expect(entries.first?["severity"] == .text("blocker"))
    #expect(entries.first?["location"]?["path"] == .text("solutions/Ops/a b.xml"))
  }

  @Test func `what was accepted is in no list that is counted`() {
    let report = Report(
      command: "check", before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [], accepted: [Bulletins.accepted(Samples.recreated, reason: "agreed")])
    let bulletin = Bulletin(report)
    #expect(GitLabQuality(bulletin).document == "[]\n")
    #expect(GitHubCommands(bulletin).text == "")
    #expect(AzureCommands(bulletin).text == "")
    #expect(CSVTable(ReportCSV(report).text).rows.count == 1)
  }

  @Test func `a clean run is an empty list`() {
    #expect(GitLabQuality(Bulletin(Samples.report([]))).document == "[]\n")
  }
}
