import Detection
import Foundation
import Reporting
import Solution
import Testing

struct ReportSchemaTests {
  @Test func `a report without a finding keeps to its schema`() throws {
    #expect(try failures(of: Samples.report([])) == [])
  }

  @Test func `a report with a finding keeps to its schema`() throws {
    #expect(try failures(of: Samples.report([Samples.recreated])) == [])
  }

  @Test func `an audit keeps to its schema`() throws {
    let report = Samples.report([Samples.recreated], .audit)
    let failures = try SchemaValidator(Schema.report.document).failures(
      of: report.json)
    #expect(failures == [])
  }

  @Test func `a report of hostile names keeps to its schema`() throws {
    #expect(try failures(of: HostileNamesTests.report) == [])
  }

  @Test func `a report of what is unknown keeps to its schema`() throws {
    let finding = Finding(
      rule: .linkLost, severity: .note, confidence: .medium, solution: "Sales", summary: "lost",
      before: [
        Declaration(name: LogicalName("new_a"))
      ], consumers: [Samples.consumer("Order", names: nil, .broken)], consequence: "off",
      fix: [])
    #expect(try failures(of: Samples.report([finding])) == [])
  }

  @Test func `a listing keeps to its schema`() throws {
    #expect(try failures(of: HostileNamesTests.listing) == [])
  }

  @Test func `an empty listing keeps to its schema`() throws {
    #expect(try failures(of: Listing(.empty)) == [])
  }

  @Test func `a listing of what is unknown keeps to its schema`() throws {
    let stub = Listings.reference("new_a", displayName: nil, connector: nil, isStub: true)
    #expect(
      try failures(of: Listing(Listings.snapshot(prefix: nil, references: [stub]))) == [])
  }

  @Test func `the rules keep to their schema`() throws {
    let validator = try SchemaValidator(Schema.rules.document)
    #expect(
      try validator.failures(of: JSONRules.document(of: [RuleTextTests.rule], command: "rules"))
        == [])
  }

  /// With `RECORD_SNAPSHOTS=1` the files are written again, and the test fails.
  @Test(arguments: [Schema.report, .history, .branches, .watch])
  func `a schema of findings lists every rule`(schema: Schema) throws {
    let list = try JSONDocument(parsing: schema.document)["$defs"]?["rule"]?["enum"]
    let rules = RuleID.allCases.map(\.rawValue)
    #expect(list?.elements.compactMap(\.text) == rules)
    guard ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" else { return }
    let quoted = rules.map { "        \"\($0)\"" }.joined(separator: ",\n")
    let text = schema.document.replacing(
      #/("rule": \{\n *"description": [^\n]*\n *"enum": \[\n)[^\]]*(\n *\])/#
    ) { "\($0.output.1)\(quoted)\($0.output.2)" }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Reporting/Schemas")
    try Data(text.utf8).write(to: folder.appending(path: "\(schema.rawValue).json"))
  }

  @Test(arguments: Schema.allCases)
  func `a schema says what it is`(schema: Schema) throws {
    let document = try JSONDocument(parsing: schema.document)
    #expect(document["$schema"] == .text("https://json-schema.org/draft/2020-12/schema"))
    #expect(document["title"]?.text?.isEmpty == false)
    #expect(document["$id"] == .text("urn:connref:1:\(schema.rawValue)"))
  }

  @Test(arguments: [
    ("severity", Severity.allCases.map(\.rawValue)),
    ("confidence", Confidence.allCases.map(\.rawValue)),
  ])
  func `the closed sets of a finding are the domain's`(member: String, cases: [String]) throws {
    let schema = try JSONDocument(parsing: Schema.report.document)
    let allowed = schema["$defs"]?["finding"]?["properties"]?[member]?["enum"]
    #expect(allowed?.elements.compactMap(\.text) == cases)
  }

  @Test func `the closed set of evidence is the domain's`() throws {
    let schema = try JSONDocument(parsing: Schema.report.document)
    let allowed = schema["$defs"]?["finding"]?["properties"]?["evidence"]?["items"]?["enum"]
    #expect(allowed?.elements.compactMap(\.text) == Evidence.allCases.map(\.rawValue))
  }

  @Test(arguments: [
    ("consumer", AffectedConsumer.State.allCases.map(\.rawValue)),
    ("row", AffectedRow.State.allCases.map(\.rawValue)),
  ])
  func `the closed sets of states are the domain's`(part: String, cases: [String]) throws {
    let schema = try JSONDocument(parsing: Schema.report.document)
    let allowed = schema["$defs"]?[part]?["properties"]?["state"]?["enum"]
    #expect(allowed?.elements.compactMap(\.text) == cases)
  }

  @Test(arguments: [
    (#"{"a": 1, "c": 2}"#, "$: c is not in the schema"), ("{}", "$: lacks a"),
    (#"{"a": "x"}"#, #"$.a: not of type ["integer"]"#), (#"{"a": 0}"#, "$.a: below 1.0"),
    (#"{"a": 1, "b": ["z"]}"#, "$.b[0]: not in the closed set"),
  ])
  func `the validator finds what is wrong`(document: String, failure: String) throws {
    let validator = try SchemaValidator(
      """
      {"type": "object", "required": ["a"], "additionalProperties": false, "properties": {
        "a": {"type": "integer", "minimum": 1}, "b": {"type": "array", "items": {"$ref": "#/$defs/b"}}
      }, "$defs": {"b": {"enum": ["x", "y"]}}}
      """)
    #expect(try validator.failures(of: document) == [failure])
  }

  @Test func `the validator refuses a keyword that it does not know`() throws {
    let validator = try SchemaValidator(#"{"oneOf": []}"#)
    #expect(try validator.failures(of: "1") == ["$: unknown keyword oneOf"])
  }

  private func failures(of report: Report) throws -> [String] {
    try SchemaValidator(Schema.report.document).failures(of: report.json)
  }

  private func failures(of listing: Listing) throws -> [String] {
    let problem = Report.Problem(Problem(path: "a", message: "b"), matters: false)
    return try SchemaValidator(Schema.list.document)
      .failures(of: Report(listing, problems: [problem]).json)
  }
}
