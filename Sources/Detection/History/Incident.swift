import Solution

/// The findings of one event over a history: it may occur in several commits, by cherry-pick,
/// rebase or squash.
package struct Incident: Sendable {
  /// The finding of the oldest of the commits.
  package let finding: Finding
  /// The oldest commit that has it.
  package let moment: Moment
  /// The other commits that have it, oldest first.
  package let places: [Moment]
  /// Where an earlier commit let the old one go.
  package let deletedIn: Moment?
  /// Where an earlier commit moved the consumers.
  package let repointedIn: Moment?
  /// The first commit after it that leaves nothing to do in files, by going back or by finishing; where
  /// it was taken back after that, the commit that did. Nil where none does, or where nothing was left
  /// from the beginning.
  package let settledIn: Moment?
  /// The outcome at the tips of branches.
  package let outcome: Outcome
  /// The remains at each branch that has the event and something left of it.
  package let openAt: [OpenBranch]
  /// True when nothing in the repository was left behind in the very commit: what is left to do is in
  /// the environments alone.
  package let wasCompleteAtOnce: Bool
  /// The id of the later finding that reports the same event whole: a reference that was removed, and
  /// re-created in a later commit. Nil where there is none.
  package let supersededBy: String?
  /// The approval that accepts it; nil where there is none.
  package let approval: Approval?

  package struct OpenBranch: Sendable {
    /// As people write it: `main`, `origin/release`.
    package let branch: String
    /// With `boundElsewhere`.
    package let remains: Remains
    /// The places of files other than settings that bind what was removed.
    package let boundElsewhere: [AffectedRow]

    package init(branch: String, remains: Remains, boundElsewhere: [AffectedRow] = []) {
      self.branch = branch
      self.remains = Remains(
        consumers: remains.consumers, rows: remains.rows + boundElsewhere,
        references: remains.references)
      self.boundElsewhere = boundElsewhere
    }
  }

  /// - Parameter outcome: beside that, an open branch and an approval count; nil where the rest says it.
  package init(
    finding: Finding, moment: Moment, places: [Moment], deletedIn: Moment?, repointedIn: Moment?,
    settledIn: Moment?, openAt: [OpenBranch], wasCompleteAtOnce: Bool, approval: Approval? = nil,
    outcome: Outcome? = nil, supersededBy: String? = nil
  ) {
    self.finding = finding
    self.moment = moment
    self.places = places
    self.deletedIn = deletedIn
    self.repointedIn = repointedIn
    self.settledIn = settledIn
    self.outcome =
      if approval != nil {
        .accepted
      } else if !openAt.isEmpty {
        .open
      } else {
        outcome ?? (settledIn != nil ? .reverted : wasCompleteAtOnce ? .completed : .superseded)
      }
    settlement = outcome ?? .reverted
    self.openAt = openAt
    self.wasCompleteAtOnce = wasCompleteAtOnce
    self.approval = approval
    self.supersededBy = supersededBy
  }

  /// The outcome that `settledIn` brought.
  private let settlement: Outcome

  /// The commit that reverted the event; nil where none did.
  package var revertedIn: Moment? { settlement == .reverted ? settledIn : nil }
  /// The commit that left nothing of the old name, and the new one to be bound; nil where none did.
  package var completedIn: Moment? {
    settlement == .reverted || supersededBy != nil ? nil : settledIn
  }
  /// The commit in which the event became a part of another one; nil where none did.
  package var supersededIn: Moment? { supersededBy == nil ? nil : settledIn }

  /// True where a name was added that every environment has to bind. An old name that is back is
  /// bound already, where it was ever bound.
  package var hasNewName: Bool { finding.hasNewName && outcome != .superseded }

  package var isStillBroken: Bool { !openAt.isEmpty }
  /// Seconds from the event to the commit that settled it, by the authors' clocks; nil without one.
  package var brokenFor: Int64? { settledIn.map { max(0, $0.date - moment.date) } }
}

extension Incident {
  /// What makes findings of several commits one incident: the id, and which of the names were removed. A
  /// name or a spelling that is restored in place of its successor is another incident, with the same id.
  package struct Key: Hashable, Sendable {
    private let id: String
    private let removed: Set<String>

    package init(_ finding: Finding) {
      id = finding.id
      removed = Set(finding.before.map(\.name.spelling))
    }
  }
}

extension Finding {
  /// True where a name was added that no environment binds yet, as far as files show.
  package var hasNewName: Bool {
    !after.isEmpty && !evidence.contains(.returned)
      && [.referenceRecreated, .referenceReplaced].contains(rule)
  }
}

/// The remains of an incident in one snapshot.
package struct Remains: Sendable, Hashable {
  /// Consumers that use a removed reference, or use none where they should.
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
