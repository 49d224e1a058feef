package import Detection

extension Bulletin {
  /// - Parameters:
  ///   - failOn: From which severity on the run ends with 1.
  ///   - scopeLine: Told in place of the report's own.
  package init(_ report: Report, failOn: Severity = .error, scopeLine: String? = nil) {
    command = report.command
    subject =
      report.before == report.after
      ? report.after.words : "\(report.after.words) against \(report.before.words)"
    self.scopeLine = scopeLine ?? report.scopeLine
    topics = report.rules.map(\.rawValue)
    rules = report.rules
    items = report.findings.map { finding in
      Item(
        finding: finding, topics: [finding.rule.rawValue], place: finding.place,
        before: report.before, after: report.after, fingerprint: finding.id)
    }
    accepted = report.accepted
    troubles = report.problems.map { Trouble($0) }
    self.failOn = failOn
  }
}
