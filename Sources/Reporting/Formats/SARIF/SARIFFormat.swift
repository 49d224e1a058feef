import Detection
import Solution

/// A report for code scanning: SARIF 2.1.0, as GitHub, Azure DevOps and editors read it.
///
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and of it what GitHub asks for:
/// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
struct SARIFFormat {
  private static let schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  /// The key of the finding's id. `primaryLocationLineHash`, which GitHub keeps alerts apart by, is
  /// left to its upload: that computes it from the line, and warns where it finds another one.
  private static let fingerprint = "connref/v1"

  private let report: Report
  private let findings: [(entry: Entry, finding: Finding)]
  /// Those that were asked, and those of findings.
  private let rules: [RuleID]

  init(_ report: Report) {
    self.report = report
    findings = report.openFindings
    let found = Set(findings.map(\.finding.rule) + report.accepted.map(\.finding.rule))
    rules = RuleID.allCases.filter { report.rules.contains($0) || found.contains($0) }
  }

  /// The whole document, with a line end.
  var document: String {
    var run: [JSONValue.Member] = [("tool", ["driver": driver])]
    if let provenance { run.append(("versionControlProvenance", .array([provenance]))) }
    run += [
      (
        "originalUriBaseIds",
        [SARIFLocation.root: ["description": SARIFText.message("The root of the repository.")]]
      ),
      ("invocations", .array([invocation])),
      ("results", .array(findings.map(result) + report.accepted.map(suppressed))),
    ]
    // Where a repository has no address, this alone says which commits were looked at.
    if let record = report.run { run.append(("properties", ["connref": record.value])) }
    let value: JSONValue = [
      "$schema": .text(Self.schema), "version": "2.1.0", "runs": .array([.object(run)]),
    ]
    return value.document
  }

  private var driver: JSONValue {
    [
      "name": "connref",
      "version": .text(ToolVersion.current),
      "semanticVersion": .text(ToolVersion.current),
      "informationUri": .text(SARIFRule.platformPage),
      "shortDescription": SARIFText.message(
        "Finds connection references that were deleted and re-created."),
      "rules": .array(rules.compactMap { RuleBook.rule($0) }.map { SARIFRule($0).value }),
      "notifications": .array([
        [
          "id": .text(SARIFNotification.id),
          "shortDescription": SARIFText.message("Something could not be read as it should."),
        ]
      ]),
    ]
  }

  private var invocation: JSONValue {
    let time = report.run.map { [("endTimeUtc", JSONValue.text($0.timestamp))] } ?? []
    return .object(
      time + [
        ("executionSuccessful", .boolean(!report.isUnknown)),
        (
          "toolExecutionNotifications",
          .array(report.problems.map { SARIFNotification(problem: $0).value })
        ),
      ])
  }

  /// The standard asks for the repository's address: nil where none is known.
  private var provenance: JSONValue? {
    guard let run = report.run, let forge = run.forge,
      let revision = run.revisions.last(where: { $0.role != .before && $0.commit != nil })
    else { return nil }
    return [
      "repositoryUri": .text(forge.address),
      "revisionId": .text(revision.commit),
      "mappedTo": ["uriBaseId": .text(SARIFLocation.root)],
    ]
  }

  private func result(_ entry: Entry, _ finding: Finding) -> JSONValue {
    .object(members(finding, SARIFRelations(entry, finding), at: entry.place, entry.anchor))
  }

  private func suppressed(_ accepted: AcceptedFinding) -> JSONValue {
    let finding = accepted.finding
    let relations = SARIFRelations(finding, at: finding.place)
    let suppression: JSONValue = [
      "kind": "external",
      "status": "accepted",
      "justification": .text(accepted.words.description),
    ]
    return .object(
      members(finding, relations, at: finding.place, finding.id)
        + [("suppressions", .array([suppression]))])
  }

  private func members(
    _ finding: Finding, _ relations: SARIFRelations, at place: Place?, _ fingerprint: String
  ) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [("ruleId", .text(finding.rule.rawValue))]
    if let index = rules.firstIndex(of: finding.rule) {
      members.append(("ruleIndex", .number(index)))
    }
    members += [
      ("level", .text(finding.severity.rawValue)),
      ("message", relations.message),
      (
        "locations", .array(place.map { [SARIFLocation(path: $0.path, line: $0.line).value] } ?? [])
      ),
    ]
    if !relations.values.isEmpty { members.append(("relatedLocations", .array(relations.values))) }
    return members + [
      ("partialFingerprints", .object([(Self.fingerprint, .text(fingerprint))])),
      (
        "properties",
        [
          "id": .text(finding.id),
          "solution": .text(PrintableText(escaping: finding.solution).description),
          "confidence": .text(finding.confidence.rawValue),
        ]
      ),
    ]
  }
}
