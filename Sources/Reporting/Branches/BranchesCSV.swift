import Detection

/// Branches for spreadsheets: a header, and a row for each finding of a branch, or one for a branch
/// that has none.
package struct BranchesCSV {
  private static let titles: [PrintableText] = [
    "branch", "state", "reason", "tip", "left at", "left date", "since", "since date",
    "since author",
  ]

  private let report: BranchesReport

  package init(_ report: BranchesReport) {
    self.report = report
  }

  /// The header and all rows.
  package var text: String {
    ([CSVRow(Self.titles + FindingCells.titles)] + report.branches.flatMap(Self.rows))
      .map(\.text).joined()
  }

  private static func rows(_ branch: BranchVerdict) -> [CSVRow] {
    let cells: [PrintableText] = [
      "\(branch.shortName)", "\(branch.stateName)", "\(branch.reason ?? "")", "\(branch.tip)",
      "\(branch.mergeBase?.commit ?? "")", "\(branch.mergeBase?.timestamp ?? "")",
    ]
    guard !branch.standing.isEmpty else {
      let empty = titles.count - cells.count + FindingCells.titles.count
      return [CSVRow(cells + Array(repeating: "", count: empty))]
    }
    return branch.standing.map { standing in
      let since: [PrintableText] = [
        "\(standing.since?.commit ?? "")", "\(standing.since?.timestamp ?? "")",
        "\(standing.since?.author ?? "")",
      ]
      return CSVRow(cells + since + FindingCells.cells(of: standing.finding))
    }
  }
}
