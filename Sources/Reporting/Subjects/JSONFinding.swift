import Detection
import Solution

/// A finding for programs, alone or with what a history knows of it.
struct JSONFinding {
  let finding: Finding

  var value: JSONValue { .object(members(fate: [outcome])) }

  /// The outcome in the revision that was looked at.
  var outcome: JSONValue.Member { ("outcome", .text(finding.outcome?.rawValue)) }

  /// A history adds members after `solution` (the commit) and after `rows` (the outcome). The
  /// sentences are last: they are for people, and no wording is promised.
  func members(
    origin: [JSONValue.Member] = [], fate: [JSONValue.Member] = []
  ) -> [JSONValue.Member] {
    identity + origin + change + fate + sentences
  }

  private var identity: [JSONValue.Member] {
    [
      ("id", .text(finding.id)),
      ("rule", .text(finding.rule.rawValue)),
      ("severity", .text(finding.severity.rawValue)),
      ("confidence", .text(finding.confidence.rawValue)),
      ("solution", .text(finding.solution)),
    ]
  }

  private var change: [JSONValue.Member] {
    [
      ("before", .array(finding.before.map(Self.declaration))),
      ("after", .array(finding.after.map(Self.declaration))),
      ("evidence", .array(finding.evidence.map { .text($0.rawValue) })),
      ("consumers", .array(finding.consumers.map(Self.consumer))),
      ("rows", .array(finding.rows.map(Self.row))),
    ]
  }

  private var sentences: [JSONValue.Member] {
    [
      ("summary", .text(finding.summary)),
      ("remarks", .array(finding.remarks.map { .text($0) })),
      ("consequence", .text(finding.consequence)),
      ("remedy", .array(finding.fixSteps().map { .text($0.line) })),
    ]
  }

  static func declaration(_ declaration: Declaration) -> JSONValue {
    [
      "logicalName": .text(declaration.name.spelling),
      "displayName": .text(declaration.displayName),
      "connector": .text(declaration.connector?.name),
      "path": .text(declaration.place?.path),
      "line": .number(declaration.place?.line),
    ]
  }

  static func consumer(_ consumer: AffectedConsumer) -> JSONValue {
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

  static func row(_ row: AffectedRow) -> JSONValue {
    [
      "path": .text(row.place.path),
      "line": .number(row.place.line),
      "reference": .text(row.reference.spelling),
      "state": .text(row.state.rawValue),
    ]
  }
}
