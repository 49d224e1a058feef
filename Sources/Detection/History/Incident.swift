/// The findings of one event over a history: it may stand in several commits, by cherry-pick, rebase
/// or squash.
package struct Incident: Sendable {
  /// As the oldest of the commits tells it.
  package let finding: Finding
  /// The oldest commit in which it stands.
  package let moment: Moment
  /// The other commits in which it stands, oldest first.
  package let places: [Moment]
  /// Where an earlier commit let the old one go.
  package let deletedIn: Moment?
  /// Where an earlier commit moved the consumers.
  package let repointedIn: Moment?
  /// The first commit after it that leaves nothing of it; nil where none does, or where nothing was
  /// left from the beginning.
  package let mendedIn: Moment?
  /// How the files stand at each branch that has the event and something left of it.
  package let openAt: [OpenBranch]
  /// True when nothing in the repository was left behind in the very commit: what is left to do is in
  /// the environments alone.
  package let wasCompleteAtOnce: Bool
  /// What lets it through, broken as it is; nil where nobody accepted it.
  package let approval: Approval?

  package struct OpenBranch: Sendable {
    /// As people write it: `main`, `origin/release`.
    package let branch: String
    package let remains: Remains

    package init(branch: String, remains: Remains) {
      self.branch = branch
      self.remains = remains
    }
  }

  package init(
    finding: Finding, moment: Moment, places: [Moment], deletedIn: Moment?, repointedIn: Moment?,
    mendedIn: Moment?, openAt: [OpenBranch], wasCompleteAtOnce: Bool, approval: Approval? = nil
  ) {
    self.finding = finding
    self.moment = moment
    self.places = places
    self.deletedIn = deletedIn
    self.repointedIn = repointedIn
    self.mendedIn = mendedIn
    self.openAt = openAt
    self.wasCompleteAtOnce = wasCompleteAtOnce
    self.approval = approval
  }

  package var isStillBroken: Bool { !openAt.isEmpty }
  /// Seconds from the event to its mending, by the authors' clocks; nil where it was not mended.
  package var brokenFor: Int64? { mendedIn.map { max(0, $0.date - moment.date) } }
}

/// What is left of an incident in one snapshot.
package struct Remains: Sendable, Hashable {
  /// Consumers that name what is gone, or name nothing where they should.
  package let consumers: [AffectedConsumer]
  package let rows: [AffectedRow]
  /// References that are still not what they were.
  package let references: [Declaration]

  package init(
    consumers: [AffectedConsumer] = [], rows: [AffectedRow] = [], references: [Declaration] = []
  ) {
    self.consumers = consumers
    self.rows = rows
    self.references = references
  }

  package var isEmpty: Bool { consumers.isEmpty && rows.isEmpty && references.isEmpty }
}
