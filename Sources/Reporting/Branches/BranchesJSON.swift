import Detection

/// Branches for programs.
package struct BranchesJSON {
  private let report: BranchesReport

  package init(_ report: BranchesReport) {
    self.report = report
  }

  /// The whole document, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(JSONReport.schema),
      "command": "branches",
      "main": .text(report.main),
      "branches": .array(report.branches.map(Self.branch)),
    ]
    return value.document
  }

  static func branch(_ branch: BranchVerdict) -> JSONValue {
    [
      "name": .text(branch.name),
      "shortName": .text(branch.shortName),
      "tip": .text(branch.tip),
      "state": .text(branch.stateName),
      "reason": .text(branch.reason),
      "mergeBase": branch.mergeBase.map { JSONMoment($0).value } ?? .null,
      "findings": .array(
        branch.standing.map { standing in
          .object(
            JSONFinding(standing.finding).members(
              fate: [("since", standing.since.map { JSONMoment($0).value } ?? .null)]))
        }),
    ]
  }
}
