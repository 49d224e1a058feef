import Detection
import Reporting
import Solution
import Testing

struct JSONReportTests {
  @Test func `the members are in the documented order`() {
    let finding = Finding(
      rule: .referenceRecreated, severity: .error, confidence: .certain, solution: "Sales",
      summary: "re-created", before: [Samples.declaration("new_a")],
      after: [Samples.declaration("new_b")], evidence: [.sameConnector],
      consumers: [Samples.consumer("Notify", names: "new_b", .moved)],
      rows: [
        AffectedRow(
          place: Place(path: "config/prod.json", line: 12), reference: LogicalName("new_a"),
          state: .stale)
      ], remarks: ["a twin"], consequence: "flows stay off", fix: ["restore it"])
    #expect(
      Samples.report([finding]).json == """
        {
          "schema": "connref/1",
          "command": "check",
          "scope": {
            "revisions": 2,
            "solutions": 3,
            "references": 41,
            "consumers": 212,
            "unreadable": 0
          },
          "findings": [
            {
              "id": "\(finding.id)",
              "rule": "reference-recreated",
              "severity": "error",
              "confidence": "certain",
              "solution": "Sales",
              "before": [
                {
                  "logicalName": "new_a",
                  "displayName": "SharePoint Sales",
                  "connector": "shared_sharepointonline",
                  "path": "solutions/Sales/Other/Customizations.xml",
                  "line": 214
                }
              ],
              "after": [
                {
                  "logicalName": "new_b",
                  "displayName": "SharePoint Sales",
                  "connector": "shared_sharepointonline",
                  "path": "solutions/Sales/Other/Customizations.xml",
                  "line": 214
                }
              ],
              "evidence": [
                "same-connector"
              ],
              "consumers": [
                {
                  "kind": "flow",
                  "id": "0b7d0d8e-5b6e-4f0e-9d55-000000000001",
                  "name": "Notify",
                  "path": "solutions/Sales/Workflows/Notify-1.json",
                  "line": 9,
                  "reference": "new_b",
                  "state": "moved"
                }
              ],
              "rows": [
                {
                  "path": "config/prod.json",
                  "line": 12,
                  "reference": "new_a",
                  "state": "stale"
                }
              ],
              "outcome": null,
              "summary": "re-created",
              "remarks": [
                "a twin"
              ],
              "consequence": "flows stay off",
              "remedy": [
                "restore it"
              ]
            }
          ],
          "accepted": [],
          "problems": []
        }

        """)
  }

  @Test func `what is unknown of a declaration is null, never absent`() throws {
    let unknown = Declaration(name: LogicalName("new_a"))
    let finding = Finding(
      rule: .linkLost, severity: .error, confidence: .certain, solution: "Sales", summary: "lost",
      before: [unknown], consequence: "off", fix: [])
    let document = try JSONDocument(parsing: Samples.report([finding]).json)
    #expect(
      document["findings"]?[0]?["before"]?[0]?.members == [
        "logicalName": .text("new_a"), "displayName": .null, "connector": .null, "path": .null,
        "line": .null,
      ])
  }

  @Test func `a problem says whether it matters`() throws {
    let report = Samples.report(
      [], problems: [.init(Problem(path: "a.xml", line: 3, message: "cut short"), matters: true)])
    let document = try JSONDocument(parsing: report.json)
    #expect(
      document["problems"]?[0]?.members == [
        "path": .text("a.xml"), "line": .number(3), "message": .text("cut short"),
        "hint": .null, "matters": .boolean(true),
      ])
  }

  @Test func `what steers a terminal is escaped, and a slash is not`() {
    let path = "a/\"b\"\\\n\u{1}\u{7f}\u{85}\u{202e}\u{2028}\u{e0041}ü"
    let report = Samples.report(
      [], problems: [.init(Problem(path: path, message: ""), matters: true)])
    #expect(
      report.json.contains(
        #""path": "a/\"b\"\\\n\u0001\u007f\u0085\u202e\u2028\udb40\udc41ü""#))
  }

  @Test func `an escaped name is read back as it was`() throws {
    let path = Samples.hostile
    let report = Samples.report(
      [], problems: [.init(Problem(path: path, message: ""), matters: true)])
    let document = try JSONDocument(parsing: report.json)
    #expect(document["problems"]?[0]?["path"] == .text(path))
  }

  @Test func `a scope of commits is named so`() throws {
    let document = try JSONDocument(
      parsing: Samples.report([], extent: .commits(1058)).json)
    #expect(document["scope"]?["commits"] == .number(1058))
    #expect(document["scope"]?["revisions"] == nil)
  }
}
