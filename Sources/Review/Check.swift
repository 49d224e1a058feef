package import Detection
package import Git
import Solution

/// Compares one pair of revisions: what `connref check` and the hooks do.
package struct Check {
  /// What is compared with what.
  package enum Subject: Hashable, Sendable {
    /// The index with `HEAD`; during a merge with every side of it.
    case staged
    /// The files on the disk with `HEAD`.
    case worktree
    /// Two ends.
    case commits(before: String, after: String)
    /// One commit with each of its parents: what is new against all of them.
    case commit(String)
    /// From the merge base of two revisions to the second: what a branch brings.
    case branch(base: String, tip: String)
  }

  package struct Options: Sendable {
    /// How many commits to look back over when a reference went or came; nil for what the
    /// configuration says.
    package var lookBack: Int?
    /// Commits beside `HEAD` that a merge under way brings in, where `MERGE_HEAD` does not say so yet.
    package var mergedSides: [ObjectID]
    /// Where the policy is read; nil for the side that fits the subject.
    package var policySide: PolicySide?
    /// Stands for the repository's own configuration.
    package var configuration: Configuration?
    /// True where a release is judged.
    package var isRelease: Bool
    /// Approvals end with a day.
    package var today: Day

    package init(
      lookBack: Int? = nil, mergedSides: [ObjectID] = [], policySide: PolicySide? = nil,
      configuration: Configuration? = nil, isRelease: Bool = false, today: Day
    ) {
      self.lookBack = lookBack
      self.mergedSides = mergedSides
      self.policySide = policySide
      self.configuration = configuration
      self.isRelease = isRelease
      self.today = today
    }
  }

  private let repository: Repository
  private let options: Options

  package init(_ repository: Repository, options: Options) {
    self.repository = repository
    self.options = options
  }

  /// Throws when the revisions or the policy cannot be had at all; a file that cannot be read is a
  /// problem of the outcome.
  package func outcome(of subject: Subject) throws -> CheckOutcome {
    let sides = try PolicySides(subject, in: repository)
    let seat = try PolicySeat(sides, options, in: repository)
    let outcome = seat.judged(try compared(subject, under: seat.policy))
    let after: NamedElsewhere.Revision =
      switch sides.after {
      case .index, .nowhere: .index
      case .worktree: .worktree
      case .commit(let id): .commit(id)
      }
    return telling(outcome, in: after)
  }

  /// True where what is staged is known to differ from `HEAD` in nothing that a check looks at, the
  /// team's own files included; then its outcome would be empty.
  package static func isIdle(_ repository: Repository) throws(GitError) -> Bool {
    guard !repository.isBare, let head = try repository.head().commit else { return false }
    return try repository.stagesNothing(besides: head) { path, kind in
      kind != .file || isOfTeam(path) || SnapshotLoader.mayConcernASolution(path, kind)
    }
  }

  /// `.connref.yml` and the like.
  private static func isOfTeam(_ path: Span<UInt8>) -> Bool {
    let name = ".connref".utf8
    return path.count > name.count
      && name.enumerated().allSatisfy { path[$0.offset] == $0.element }
  }

  private func telling(
    _ outcome: CheckOutcome, in revision: NamedElsewhere.Revision
  ) -> CheckOutcome {
    guard outcome.findings.contains(where: NamedElsewhere.concerns) else { return outcome }
    var outcome = outcome
    outcome.findings = NamedElsewhere(repository: repository, revision: revision)
      .telling(outcome.findings)
    return outcome
  }

  private func compared(_ subject: Subject, under policy: TeamPolicy) throws -> CheckOutcome {
    var loader = SnapshotLoader(repository, covering: policy.configuration)
    switch subject {
    case .staged:
      // Its index does not exist, and would look like everything deleted.
      guard !repository.isBare else {
        throw GitError(
          .other, "could not look at what is staged: the repository is bare",
          hint: "connref check BEFORE..AFTER")
      }
      let sides = try sidesOfMerge()
      let index = try loader.indexTree()
      return try compare(
        with: index, as: repository.isIndexOfOneCommit ? .worktree : .staged, sides: sides,
        with: &loader)
    case .worktree:
      let sides = try sidesOfMerge()
      let worktree = try loader.worktreeTree()
      return try compare(with: worktree, as: .worktree, sides: sides, with: &loader)
    case .commits(let before, let after):
      return try compare(
        try repository.commitID(of: before), named: before,
        try repository.commitID(of: after), named: after, with: &loader)
    case .commit(let revision):
      return try compareWithParents(try repository.commitID(of: revision), revision, &loader)
    case .branch(let base, let tip):
      let tipID = try repository.commitID(of: tip)
      let baseID = try repository.commitID(of: base)
      guard let fork = try repository.mergeBases(baseID, tipID).first else {
        throw GitError(
          .revisionNotFound, "could not find a merge base of '\(base)' and '\(tip)'",
          hint: repository.isShallow ? "git fetch --unshallow" : nil)
      }
      return try compare(fork, named: String(fork.hex.prefix(10)), tipID, named: tip, with: &loader)
    }
  }

  /// Two commits by their ids; a nil one is the empty tree. The policy is the former's, unless the
  /// options name another side.
  package func outcome(
    from before: ObjectID?, to after: ObjectID, named names: (before: String, after: String)
  ) throws -> CheckOutcome {
    let seat = try PolicySeat(
      PolicySides(
        trusted: before.map { .commit($0) } ?? .nowhere, after: .commit(after),
        trustedName: names.before), options, in: repository)
    var loader = SnapshotLoader(repository, covering: seat.policy.configuration)
    return telling(
      seat.judged(
        try compare(before, named: names.before, after, named: names.after, with: &loader)),
      in: .commit(after))
  }

  private func compare(
    _ before: ObjectID?, named beforeName: String, _ after: ObjectID, named afterName: String,
    with loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    let left =
      try before.map { id throws(GitError) in try loader.tree(of: id) } ?? loader.emptyTree()
    let right = try loader.tree(of: after)
    let pair = review(left, right, ancestors: before.map { [$0] } ?? [], loader)
    var outcome = pair.outcome(
      before: .revision(beforeName), after: .revision(afterName), with: &loader)
    if !outcome.findings.isEmpty, let before, let commit = try? repository.commit(after),
      commit.parents.count > 1, commit.parents.first == before
    {
      // It has just been read: the tree above is its own.
      outcome.findings = MergeStory(sides: commit.parents).telling(outcome.findings, with: &loader)
    }
    return outcome
  }

  private func review(
    _ before: RevisionTree, _ after: RevisionTree, ancestors: [ObjectID],
    _ loader: borrowing SnapshotLoader
  ) -> PairReview {
    PairReview(
      before: before, after: after, ancestors: ancestors,
      lookBack: options.lookBack ?? loader.configuration.lookBack)
  }

  private func compareWithParents(
    _ id: ObjectID, _ name: String, _ loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    let commit = try repository.commit(id)
    guard !commit.isBoundary else {
      throw GitError(
        .missingObject, "could not find the parents of '\(name)': the clone is shallow",
        hint: "git fetch --unshallow")
    }
    guard let first = commit.parents.first else {
      return try compare(nil, named: "an empty repository", id, named: name, with: &loader)
    }
    var outcome = try compare(first, named: "\(name)~1", id, named: name, with: &loader)
    guard commit.parents.count > 1 else { return outcome }
    for parent in commit.parents.dropFirst() where !outcome.findings.isEmpty {
      outcome = outcome.keeping(
        whatIsNewAgainst: try compare(
          parent, named: String(parent.hex.prefix(10)), id, named: name, with: &loader))
    }
    return outcome
  }

  /// The commits that the index or the worktree is compared with: `HEAD` first.
  private func sidesOfMerge() throws -> [ObjectID] {
    var sides: [ObjectID] = []
    if let head = try repository.head().commit { sides.append(head) }
    let merged = options.mergedSides.isEmpty ? repository.mergeHeads() : options.mergedSides
    for side in merged where !sides.contains(side) { sides.append(side) }
    return sides
  }

  private func compare(
    with tree: RevisionTree, as label: CheckOutcome.Side, sides: [ObjectID],
    with loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    guard let head = sides.first else {
      return review(loader.emptyTree(), tree, ancestors: [], loader)
        .outcome(before: .revision("an empty repository"), after: label, with: &loader)
    }
    var outcome = review(try loader.tree(of: head), tree, ancestors: [head], loader)
      .outcome(before: .revision("HEAD"), after: label, with: &loader)
    for side in sides.dropFirst() where !outcome.findings.isEmpty {
      let other = review(try loader.tree(of: side), tree, ancestors: [side], loader)
        .outcome(before: .revision(String(side.hex.prefix(10))), after: label, with: &loader)
      outcome = outcome.keeping(whatIsNewAgainst: other)
    }
    outcome.findings = MergeStory(sides: sides).telling(outcome.findings, with: &loader)
    return outcome
  }
}
