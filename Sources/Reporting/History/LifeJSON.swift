import Detection
import Solution

/// A life for programs: what `connref history --reference NAME --format json` prints.
package struct LifeJSON {
  private let report: LifeReport

  package init(_ report: LifeReport) {
    self.report = report
  }

  /// The whole document, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(JSONReport.schema),
      "command": "history",
      "reference": .text(report.reference),
      "branches": .text(report.branches),
      "events": .array(report.events.map(Self.event)),
    ]
    return value.document
  }

  private static func event(_ event: LifeEvent) -> JSONValue {
    [
      "logicalName": .text(event.reference.spelling),
      "kind": .text(event.kind.rawValue),
      "detail": .text(event.detail),
      "moment": JSONMoment(event.moment).value,
    ]
  }
}
