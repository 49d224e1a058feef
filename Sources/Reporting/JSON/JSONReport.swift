import Detection
import Solution

/// A report for programs: what `--format json` prints.
///
/// The names below are the promise to who reads it, so they are written out and not taken from the
/// domain's properties. The files in `Schemas` say the same; a member is never removed or renamed.
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
      "findings": .array(report.findings.map { JSONFinding($0).value }),
      "accepted": .array(report.accepted.map(Self.accepted)),
      "problems": .array(report.problems.map(Self.problem)),
    ]
    return value.document
  }

  /// Apart from the findings, so that who counts those counts none that was approved.
  private static func accepted(_ accepted: AcceptedFinding) -> JSONValue {
    .object(
      JSONFinding(accepted.finding).members(
        fate: [("acceptedBy", JSONFinding.acceptedBy(accepted.approval))]))
  }

  /// Shared with every other document that has problems.
  static func problem(_ reported: Report.ReportedProblem) -> JSONValue {
    .object(members(of: reported))
  }

  static func members(of reported: Report.ReportedProblem) -> [JSONValue.Member] {
    [
      ("path", .text(reported.problem.path)),
      ("line", .number(reported.problem.line)),
      ("message", .text(reported.problem.message)),
      ("matters", .boolean(reported.matters)),
    ]
  }

  static func scope(_ scope: Report.Scope) -> JSONValue {
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
}
