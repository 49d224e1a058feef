import Detection
import Solution

/// A history for programs: what `connref history --format json` prints.
package struct HistoryJSON {
  private let report: HistoryReport

  package init(_ report: HistoryReport) {
    self.report = report
  }

  /// The whole document, with a line end.
  package var document: String {
    let history = report.history
    let scope = Report.Scope(
      extent: .commits(history.commits), solutions: history.solutions,
      references: history.references, consumers: history.consumers,
      unreadable: report.problems.count { $0.problem.hidesContent })
    let value: JSONValue = [
      "schema": .text(JSONReport.schema),
      "command": "history",
      "scope": JSONReport.scope(scope),
      "branches": .text(report.branches),
      "complete": .boolean(history.isComplete),
      "findings": .array(history.incidents.map { JSONIncident($0).value }),
      "lineages": .array(history.lineages.map(Self.lineage)),
      "problems": .array(report.problems.map(Self.problem)),
    ]
    return value.document
  }

  private static func problem(_ reported: Report.ReportedProblem) -> JSONValue {
    .object(JSONReport.members(of: reported) + [("commit", .text(reported.commit))])
  }

  private static func lineage(_ lineage: Lineage) -> JSONValue {
    [
      "solution": .text(lineage.solution),
      "connector": .text(lineage.connector?.name),
      "identities": .array(lineage.identities.map(identity)),
      "incidents": .array(lineage.incidents.map { .text($0) }),
    ]
  }

  private static func identity(_ identity: Lineage.Identity) -> JSONValue {
    [
      "logicalName": .text(identity.name.spelling),
      "displayName": .text(identity.displayName),
      "since": moment(identity.since),
      "until": moment(identity.until),
    ]
  }

  private static func moment(_ moment: Moment?) -> JSONValue {
    moment.map { JSONMoment($0).value } ?? .null
  }
}
