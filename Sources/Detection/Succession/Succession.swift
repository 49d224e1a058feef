import Solution

/// Removed references and those that replaced them: one event.
struct Succession: Sendable {
  enum Kind: Sendable {
    /// The same thing under another identity.
    case recreated
    /// Consumers moved on to another reference, planned or not.
    case replaced
  }

  let kind: Kind
  let confidence: Confidence
  let instance: Instance
  let predecessors: [Reference]
  /// Those of its own solution before those of others, each ordered by name.
  private(set) var successors: [Reference]
  let evidence: [Evidence]
  /// Consumers that used a predecessor and use a successor.
  private(set) var moved: [AffectedConsumer]
  /// True when no consumer used a predecessor before, and none uses a successor.
  let isUnused: Bool
  /// An ancestor declared every successor.
  let isReturn: Bool
  /// The earlier commits in which a part of it happened.
  var commits = EarlierCommits()
  /// True where nothing declared the predecessors before this change, and the look back ended before a commit
  /// that removed them: their names alone are known.
  var isBeforeLookBack = false

  /// Adds a successor that another solution declares, with the consumers that moved to it.
  mutating func join(_ successor: Reference, _ movers: Movers) {
    successors.append(successor)
    let known = Set(moved.map(\.id))
    moved =
      (moved
      + movers.consumers.filter { !known.contains($0.id) }.map {
        AffectedConsumer($0, naming: successor.name, state: .moved)
      }).sorted { $0.place < $1.place }
    commits.moved = commits.moved ?? movers.earlierCommit
  }

  /// True where the same names are replaced by the same ones.
  func isOfSameNames(as other: Succession) -> Bool {
    predecessors.map(\.name) == other.predecessors.map(\.name)
      && successors.map(\.name) == other.successors.map(\.name)
  }

  /// The earlier commit that removed the predecessor; nil where this change did.
  var deletedIn: String? { commits.removed }
  /// The earlier commit that moved consumers; nil where this change moved all.
  var repointedIn: String? { commits.moved }
}

/// The commits before a change in which parts of a succession happened, in hexadecimal.
struct EarlierCommits: Sendable {
  /// Declared the successor.
  var declared: String?
  /// Moved the first of the consumers.
  var moved: String?
  /// Removed the predecessor.
  var removed: String?
}

/// A reference that was removed without a successor.
struct Removal: Sendable {
  let reference: Reference
  let instance: Instance
  /// Consumers that still use it, with where each link ends now.
  let naming: [(consumer: Consumer, resolution: Resolution)]
  /// How the instance's own manifest lists it since this change; nil where it does not, or did before.
  let external: ExternalReference.Origin?
  /// Added references of the same connector that replaced no other: no evidence selects one.
  let candidates: [Reference]
  /// References that its consumers use instead; whether they are older is not known.
  let undated: [Reference]
  /// Why the look back ended before it was known whether consumers moved from it earlier; nil where it
  /// is known.
  let lookBackEnd: String?
}
