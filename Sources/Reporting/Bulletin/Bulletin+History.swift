package import Detection
import Solution

extension Bulletin {
  /// What is still broken: what was mended, or complete at once, asks nothing of anybody. What was
  /// accepted stands apart.
  ///
  /// - Parameter failOn: From which severity on the run ends with 1.
  package init(_ report: HistoryReport, failOn: Severity = .error) {
    command = "history"
    subject = "\(report.branches.shortened(to: 200))"
    scopeLine = report.scopeLine
    rules = RuleBook.askedByHistory
    topics = rules.map(\.rawValue)
    let incidents = report.history.incidents
    let anchors = IncidentAnchors(incidents)
    let broken = incidents.enumerated().filter { $0.element.isStillBroken }
    items =
      broken.filter { $0.element.approval == nil }
      .map { Item($0.element, fingerprint: anchors[$0.offset]) }
      .inOrder
    accepted = broken.compactMap { _, incident in
      incident.approval.map { AcceptedFinding(finding: incident.finding, approval: $0) }
    }
    let ended =
      report.history.isComplete
      ? []
      : [
        Trouble(
          sentence: "the scan was ended before it had seen every commit: there may be more",
          matters: true)
      ]
    troubles = report.problems.map { Trouble($0) } + ended
    self.failOn = failOn
  }
}

extension Bulletin.Item {
  fileprivate init(_ incident: Incident, fingerprint: String) {
    finding = incident.finding
    topics = [finding.rule.rawValue]
    // The files are looked at as they are now: the line in the old commit may be gone.
    place = incident.openAt.lazy.compactMap(\.remains.place).first ?? finding.place
    before = .revision(incident.moment.parent.map { String($0.prefix(10)) } ?? "an empty tree")
    after = .revision(incident.moment.shortCommit)
    origin =
      [Fact("since", ["\(incident.moment.words): \(incident.moment.summary.shortened(to: 100))"])]
      + [
        Fact(
          "still broken",
          incident.openAt.map { open in
            "at '\(open.branch.shortened(to: 60))': \(IncidentWords.remains(open.remains))"
          })
      ]
    self.fingerprint = fingerprint
  }
}

extension Remains {
  /// What a reader mends first.
  fileprivate var place: Place? {
    consumers.first?.place ?? rows.first?.place ?? references.lazy.compactMap(\.place).first
  }
}

extension [Bulletin.Item] {
  /// The gravest first; those of one severity stay in their order.
  var inOrder: [Bulletin.Item] {
    enumerated().sorted {
      let (one, other) = ($0.element.finding.severity, $1.element.finding.severity)
      return one == other ? $0.offset < $1.offset : one > other
    }.map(\.element)
  }
}
