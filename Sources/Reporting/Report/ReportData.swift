/// The data of a report for programs. Its names are stable for their parsers, so each command
/// writes them out, apart from the domain's names.
protocol ReportData: Sendable {
  /// The members of the JSON document after `schema` and `command`.
  var members: [JSONValue.Member] { get }
  /// The lines of a stream of JSON; nil for a command that has none.
  var lines: [JSONValue]? { get }
  /// The table for spreadsheets; nil for a command that has none.
  var table: Table? { get }
}

extension ReportData {
  var lines: [JSONValue]? { nil }
  var table: Table? { nil }
}

/// A table for spreadsheets.
struct Table: Sendable {
  let titles: [PrintableText]
  let rows: [[PrintableText]]

  /// A list in one cell.
  static func list(_ items: [String]) -> PrintableText {
    PrintableText(joining: items.map { "\($0)" }, separator: "; ")
  }
}
