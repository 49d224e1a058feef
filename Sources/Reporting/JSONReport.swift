import Detection
import Solution

/// A report for programs: what `--format json` prints.
///
/// The names below are the promise to who reads it, so they are written out and not taken from the
/// domain's properties. `ReportSchema` says the same; a member is never taken away or renamed.
package struct JSONReport {
  /// The version of the shape, in every JSON document.
  static let schema = "connref/1"

  private let report: Report

  package init(_ report: Report) {
    self.report = report
  }

  /// The whole document, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(Self.schema),
      "command": .text(report.command),
      "scope": Self.scope(report.scope),
      "findings": .array(report.findings.map(Self.finding)),
      "problems": .array(report.problems.map(Self.problem)),
    ]
    return value.document
  }

  /// Shared with every other document that has problems.
  static func problem(_ reported: Report.ReportedProblem) -> JSONValue {
    [
      "path": .text(reported.problem.path),
      "line": .number(reported.problem.line),
      "message": .text(reported.problem.message),
      "matters": .boolean(reported.matters),
    ]
  }

  private static func scope(_ scope: Report.Scope) -> JSONValue {
    let extent =
      switch scope.extent {
      case .revisions(let number): (name: "revisions", value: JSONValue.number(number))
      case .commits(let number): (name: "commits", value: JSONValue.number(number))
      }
    return .object([
      extent,
      ("solutions", .number(scope.solutions)),
      ("references", .number(scope.references)),
      ("consumers", .number(scope.consumers)),
      ("unreadable", .number(scope.unreadable)),
    ])
  }

  /// What history knows beyond this goes after `solution` (the commit) and after `rows` (what became
  /// of it). The sentences come last: they are for people, and no wording is promised.
  private static func finding(_ finding: Finding) -> JSONValue {
    [
      "id": .text(finding.id),
      "rule": .text(finding.rule.rawValue),
      "severity": .text(finding.severity.rawValue),
      "confidence": .text(finding.confidence.rawValue),
      "solution": .text(finding.solution),
      "before": .array(finding.before.map(declaration)),
      "after": .array(finding.after.map(declaration)),
      "evidence": .array(finding.evidence.map { .text($0.rawValue) }),
      "consumers": .array(finding.consumers.map(consumer)),
      "rows": .array(finding.rows.map(row)),
      "summary": .text(finding.summary),
      "remarks": .array(finding.remarks.map { .text($0) }),
      "consequence": .text(finding.consequence),
      "remedy": .array(finding.remedy.map { .text($0) }),
    ]
  }

  private static func declaration(_ declaration: Declaration) -> JSONValue {
    [
      "logicalName": .text(declaration.name.spelling),
      "displayName": .text(declaration.displayName),
      "connector": .text(declaration.connector?.name),
      "path": .text(declaration.place?.path),
      "line": .number(declaration.place?.line),
    ]
  }

  private static func consumer(_ consumer: AffectedConsumer) -> JSONValue {
    [
      "kind": .text(consumer.kind.rawValue),
      "id": .text(consumer.id),
      "name": .text(consumer.name),
      "path": .text(consumer.place.path),
      "line": .number(consumer.place.line),
      "reference": .text(consumer.reference?.spelling),
      "state": .text(consumer.state.rawValue),
    ]
  }

  private static func row(_ row: AffectedRow) -> JSONValue {
    [
      "path": .text(row.place.path),
      "line": .number(row.place.line),
      "reference": .text(row.reference.spelling),
      "state": .text(row.state.rawValue),
    ]
  }
}
