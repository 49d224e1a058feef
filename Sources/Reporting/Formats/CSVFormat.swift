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
    return ([table.titles + run.map { "\($0.name)" }] + rows).map { CSVRow(cells: $0).text }
      .joined()
  }
}
