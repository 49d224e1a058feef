package import Detection

/// One line of a watcher's log, for people or for programs.
package struct WatchEntry: Sendable {
  package let repository: String
  /// `new`, `moved`, `forced`, `deleted` or `unchanged`.
  package let change: String
  package let verdict: BranchVerdict
  /// The tip before; nil for a new branch.
  package let before: String?
  /// Why its flag could not be written or removed; nil where it could.
  package let flagFailure: String?
  /// In seconds since 1970.
  package let time: Int64

  package init(
    repository: String, change: String, verdict: BranchVerdict, before: String?,
    flagFailure: String? = nil, time: Int64
  ) {
    self.repository = repository
    self.change = change
    self.verdict = verdict
    self.before = before
    self.flagFailure = flagFailure
    self.time = time
  }

  /// With a line end; below it, a line for each finding.
  package var text: String {
    let branch: PrintableText = "\(verdict.shortName.shortened(to: 60))"
    var text: PrintableText = "\(CivilDate(time).timestamp) \(repository): \(event(branch))"
    for dated in verdict.open where dated.finding.severity == .error {
      let finding = dated.finding
      let since: PrintableText = dated.since.map { " since \($0.words)" } ?? ""
      text =
        text + "\n" + "  error[\(finding.rule.rawValue)] \(finding.solution.shortened()): "
        + finding.prose(finding.summary) + since
    }
    return text.description + "\n"
  }

  /// `new branch 'topic' is flagged: 1 error`.
  private func event(_ branch: PrintableText) -> PrintableText {
    let subject: PrintableText = verdict.isMain ? "main branch '\(branch)'" : "branch '\(branch)'"
    let tip: PrintableText = "\(String(verdict.tip.prefix(10)))"
    return switch change {
    case "deleted": "\(subject) was deleted"
    case "new": "new \(subject) \(condition)"
    case "moved": "\(subject) moved to \(tip) and \(condition)"
    case "forced": "\(subject) was forced to \(tip) and \(condition)"
    default: "\(subject) \(condition)"
    }
  }

  private var condition: PrintableText {
    let errors = verdict.open.count { $0.finding.severity == .error }
    let number: PrintableText = "\(errors) \(errors == 1 ? "error" : "errors")"
    return switch (verdict.state, flagFailure) {
    case (.flagged, let reason?): "is broken (\(number)), but could not be flagged: \(reason)"
    case (.flagged, nil): "is flagged: \(number)"
    case (.unknown(let reason), _): "could not be checked: \(reason)"
    case (_, let reason?): "is not broken, but its flag could not be removed: \(reason)"
    case (.warned, nil): "has warnings"
    case (.clean, nil), (.main, nil): "has no problems"
    }
  }

  /// One line, with a line end: what `--log json` writes and `--on-flag` reads.
  package var json: String {
    let value: JSONValue = [
      "schema": .text(JSONFormat.schema),
      "command": "watch",
      "time": .text(CivilDate(time).timestamp),
      "repository": .text(repository),
      "change": .text(change),
      "before": .text(before),
      "flagFailure": .text(flagFailure),
      "branch": BranchesData.value(
        verdict, state: verdict.state == .flagged && flagFailure != nil ? "broken" : nil),
    ]
    return value.line
  }
}
