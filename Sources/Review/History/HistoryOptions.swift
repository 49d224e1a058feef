package import Detection

/// The scope of a history scan.
package struct HistoryOptions: Sendable {
  /// Revisions, `A..B` or `B`; empty for every branch and tag.
  package var revisions: [String]
  /// Branches beside `revisions`.
  package var branches: [String]
  /// Findings of older commits are not reported; in seconds since 1970. Their declarations and uses
  /// count.
  package var since: Int64?
  package var firstParentOnly: Bool
  /// Only findings in these folders or files; empty for all.
  package var paths: [String]
  /// Notes too.
  package var includesNotes: Bool
  /// How many cores to read with.
  package var workers: Int
  /// By which findings are judged, old ones as well.
  package var policy: TeamPolicy
  /// Approvals end with a day.
  package var today: Day

  package init(
    revisions: [String] = [], branches: [String] = [], since: Int64? = nil,
    firstParentOnly: Bool = false, paths: [String] = [], includesNotes: Bool = false,
    workers: Int = 1, policy: TeamPolicy = .standard,
    today: Day = .distantFuture
  ) {
    self.revisions = revisions
    self.branches = branches
    self.since = since
    self.firstParentOnly = firstParentOnly
    self.paths = paths
    self.includesNotes = includesNotes
    self.workers = workers
    self.policy = policy
    self.today = today
  }
}
