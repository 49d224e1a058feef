import Detection

/// Branches for pull requests and wikis: a table, and below it what each flagged one is flagged for.
package struct BranchesMarkdown {
  private let report: BranchesReport

  package init(_ report: BranchesReport) {
    self.report = report
  }

  /// The whole document, with a line end.
  package var text: String {
    var lines: [MarkdownText] = [
      "# Branches", "", "\(report.scopeLine)", "", "| Branch | State | Left the main branch |",
      "| --- | --- | --- |",
    ]
    lines += report.branches.map { branch in
      let name = branch.stateName
      let state: MarkdownText = branch.state == .flagged ? "**\(name)**" : "\(name)"
      let base: MarkdownText = branch.mergeBase.map { "\($0.shortCommit), \($0.day)" } ?? ""
      return "| \(.code("\(branch.shortName.shortened(to: 60))")) | \(state) | \(base) |"
    }
    for branch in report.branches where !branch.standing.isEmpty || branch.reason != nil {
      lines += ["", "## \(branch.shortName.shortened(to: 60))", ""]
      if let reason = branch.reason { lines.append("- could not tell: \(reason)") }
      lines += branch.standing.map(Self.line)
    }
    return lines.map { $0.description + "\n" }.joined()
  }

  private static func line(_ standing: BranchVerdict.Standing) -> MarkdownText {
    let finding = standing.finding
    let since: MarkdownText =
      standing.since.map { ", since \($0.words): \($0.summary.shortened(to: 100))" } ?? ""
    return """
      - \(finding.severity.rawValue) \(.code("\(finding.rule.rawValue)")), solution \
      \(finding.solution.shortened()): \(finding.prose(finding.summary))\(since)
      """
  }
}
