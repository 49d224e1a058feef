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
      "branches": .array(report.branches.map { Self.branch($0) }),
    ]
    return value.document
  }

  /// - Parameter state: in place of the verdict's own name.
  static func branch(_ branch: BranchVerdict, state: String? = nil) -> JSONValue {
    [
      "name": .text(branch.name),
      "shortName": .text(branch.shortName),
      "tip": .text(branch.tip),
      "state": .text(state ?? branch.stateName),
      "isMain": .boolean(branch.isMain),
      "reason": .text(branch.reason),
      "remark": .text(branch.remark),
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
