package import Detection

/// One line of a watcher's log, for people or for programs.
package struct WatchEntry: Sendable {
  package let repository: String
  /// `new`, `moved`, `forced` or `deleted`.
  package let change: String
  package let verdict: BranchVerdict
  /// The tip before; nil for a new branch.
  package let before: String?
  /// In seconds since 1970.
  package let time: Int64

  package init(
    repository: String, change: String, verdict: BranchVerdict, before: String?, time: Int64
  ) {
    self.repository = repository
    self.change = change
    self.verdict = verdict
    self.before = before
    self.time = time
  }

  /// With a line end; below it, a line for each finding.
  package var text: String {
    let branch = verdict.shortName.shortened(to: 60)
    let state: PrintableText = change == "deleted" ? "gone" : "\(verdict.stateName)"
    let reason: PrintableText = verdict.reason.map { ", \($0)" } ?? ""
    var text: PrintableText =
      "\(CivilDate(time).timestamp) \(repository): \(branch) \(change), \(state)\(reason)"
    for standing in verdict.standing where standing.finding.severity == .error {
      let finding = standing.finding
      let since: PrintableText = standing.since.map { " since \($0.words)" } ?? ""
      text =
        text + "\n" + "  error[\(finding.rule.rawValue)] \(finding.solution.shortened()): "
        + finding.prose(finding.summary) + since
    }
    return text.description + "\n"
  }

  /// One line, with a line end: what `--log json` writes and `--on-flag` reads.
  package var json: String {
    let value: JSONValue = [
      "schema": .text(JSONReport.schema),
      "command": "watch",
      "time": .text(CivilDate(time).timestamp),
      "repository": .text(repository),
      "change": .text(change),
      "before": .text(before),
      "branch": BranchesJSON.branch(verdict),
    ]
    return value.line
  }
}
