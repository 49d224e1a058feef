/// A report for spreadsheets: a header, and the rows of its data.
///
/// Lines end with CR LF: RFC 4180 has no other, and the readers at which this aims (Excel, Power BI)
/// write it themselves. There is no byte order mark, since it would become part of the first title for
/// most libraries.
struct CSVFormat {
  let report: Report

  /// The header and all rows.
  var document: String {
    guard let table = report.data.table else { return "" }
    // In columns of their own, at the end: a row says by itself of which run it is.
    let run = report.run?.cells ?? []
    let rows = table.rows.map { $0 + run.map(\.value) }
    return Table(titles: table.titles + run.map { "\($0.name)" }, rows: rows).csv
  }
}

extension Table {
  /// The titles and the rows as RFC 4180 has them, with its line end CR LF; a spreadsheet shows them and does
  /// not obey them.
  var csv: String {
    ([titles] + rows).map { row in
      row.map { Self.quoted(Self.guarded($0.description)) }.joined(separator: ",") + "\r\n"
    }.joined()
  }

  /// Signs that begin a formula in a spreadsheet, the full-width forms included.
  private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]

  /// Puts an apostrophe before what begins a formula: in the cell, and after a semicolon in it, where
  /// many locales have the next cell begin. Tabs and line ends are escapes in printable text already.
  private static func guarded(_ text: String) -> String {
    var isAtStart = true
    return text.replacingScalars { scalar in
      defer { isAtStart = scalar == ";" || isAtStart && scalar == " " }
      return isAtStart && formulaSigns.contains(scalar) ? "'\(scalar)" : nil
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { [",", "\"", ";", " "].contains($0) }) else {
      return text
    }
    return "\"\(text.replacingScalars { $0 == "\"" ? "\"\"" : nil })\""
  }
}
