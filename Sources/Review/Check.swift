package import Detection
package import Git
import Solution

/// Compares one pair of revisions: what `connref check` and the hooks do.
package struct Check {
  /// The two sides that a check compares.
  package enum Subject: Hashable, Sendable {
    /// The index with `HEAD`.
    case staged
    /// The files on the disk with `HEAD`.
    case worktree
    /// Two ends.
    case commits(before: String, after: String)
    /// A branch before and after a merge or a pull. A finding that the main branch has already is
    /// reported as a note, unless the branch is the main one itself.
    case merged(before: String, after: String)
    /// One commit with its first parent; of a merge, and of a squash that was just made, as `merged`.
    case commit(String)
    /// From the merge base of two revisions to the second: what a branch brings.
    case branch(base: String, tip: String)
  }

  package struct Options: Sendable {
    /// How many commits to look back over when a reference was removed or added; nil for the value
    /// of the configuration.
    package var lookBack: Int?
    /// Commits beside `HEAD` that a merge under way brings in, where `MERGE_HEAD` does not say so yet.
    package var mergedSides: [ObjectID]
    /// Where the policy is read; nil for the side that fits the subject.
    package var policySide: PolicySide?
    /// Replaces the repository's own configuration.
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
    let outcome = try judged(by: sides) { policy in try compared(subject, under: policy) }
    let after: NamedElsewhere.Revision =
      switch sides.after {
      case .index, .nowhere: .index
      case .worktree: .worktree
      case .commit(let id): .commit(id)
      }
    return addingMentions(to: outcome, in: after)
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

  private func judged(
    by sides: PolicySides, _ compare: (TeamPolicy) throws -> CheckOutcome
  ) throws -> CheckOutcome {
    var policy = try PolicyInForce(sides, options, in: repository)
    let outcome = try compare(policy.policy)
    try policy.reportLostSettings(of: outcome, in: repository)
    return try policy.replacePatternsThatHideAll(isChanged: outcome.isChanged, in: repository)
      ? policy.judged(try compare(policy.policy)) : policy.judged(outcome)
  }

  private func addingMentions(
    to outcome: CheckOutcome, in revision: NamedElsewhere.Revision
  ) -> CheckOutcome {
    var outcome = outcome
    outcome.findings = NamedElsewhere(repository: repository, revision: revision)
      .remarking(outcome.findings, outcome.named)
    return outcome
  }

  private func compared(_ subject: Subject, under policy: TeamPolicy) throws -> CheckOutcome {
    var loader = SnapshotLoader(repository, covering: policy.configuration)
    switch subject {
    case .staged:
      // A bare repository has no index: every file would look deleted.
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
    case .merged(let before, let after):
      return try compareTakingOver(
        try repository.commitID(of: before), named: before,
        try repository.commitID(of: after), named: after, with: &loader)
    case .commit(let revision):
      return try compareWithParent(try repository.commitID(of: revision), revision, &loader)
    case .branch(let base, let tip):
      let tipID = try repository.commitID(of: tip)
      let baseID = try repository.commitID(of: base)
      guard let fork = try repository.mergeBases(baseID, tipID).first else {
        throw GitError(
          .revisionNotFound, "could not find a merge base of '\(base)' and '\(tip)'",
          hint: repository.isShallow ? "git fetch --unshallow" : nil)
      }
      var outcome = try compare(
        fork, named: String(fork.hex.prefix(10)), tipID, named: tip, with: &loader)
      outcome.base = base
      outcome.findings += try MergePreview(
        base: fork, main: baseID, mainName: base, tip: tipID,
        lookBack: options.lookBack ?? loader.configuration.lookBack
      ).findings(beyond: outcome, with: &loader)
      return outcome
    }
  }

  /// Two commits by their ids; a nil one is the empty tree. The policy is the former's, unless the
  /// options name another side.
  ///
  /// - Parameters:
  ///   - names: as the user knows them.
  ///   - trusted: the side that the policy is from, where that is not the former.
  ///   - main: the main branch; what it has already is only a note. Nil where the comparison is with it.
  package func outcome(
    from before: ObjectID?, to after: ObjectID,
    named names: (before: String, after: String), trusted: String? = nil,
    takingOver main: MainBranchTips.Tip? = nil
  ) throws -> CheckOutcome {
    let outcome = try judged(
      by: PolicySides(
        trusted: before.map { .commit($0) } ?? .nowhere,
        before: before.map { .commit($0) } ?? .nowhere, after: .commit(after),
        trustedName: trusted ?? names.before)
    ) { policy in
      var loader = SnapshotLoader(repository, covering: policy.configuration)
      let outcome = try compare(
        before, named: names.before, after, named: names.after, with: &loader)
      guard let main, let before, outcome.hasWarnings else { return outcome }
      return try notingWhatMainHas(
        outcome, tips: [main], head: before, result: try loader.tree(of: after), &loader)
    }
    return addingMentions(to: outcome, in: .commit(after))
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
    outcome.commits = (before, after)
    if !outcome.findings.isEmpty, let before, let commit = try? repository.commit(after),
      commit.parents.count > 1, commit.parents.first == before
    {
      // It has just been read: the tree above is its own.
      outcome.findings = MergeStory(sides: commit.parents).explaining(
        outcome.findings, with: &loader)
    }
    return outcome
  }

  /// - Parameter isAside: true where another comparison only needs the findings, without their outcomes.
  private func review(
    _ before: RevisionTree, _ after: RevisionTree, ancestors: [ObjectID],
    _ loader: borrowing SnapshotLoader, isAside: Bool = false
  ) -> PairReview {
    PairReview(
      before: before, after: after, ancestors: ancestors,
      lookBack: options.lookBack ?? loader.configuration.lookBack, followsOutcomes: !isAside)
  }

  private func compareTakingOver(
    _ before: ObjectID, named beforeName: String, _ after: ObjectID, named afterName: String,
    with loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    let outcome = try compare(
      before, named: beforeName, after, named: afterName, with: &loader)
    guard try outcome.hasWarnings && !MainBranchTips(repository).isCheckedOut() else {
      return outcome
    }
    let result = try loader.tree(of: after)
    return try notingWhatMainHas(
      outcome, tips: MainBranchTips(repository).tips, head: before, result: result, &loader)
  }

  private func compareWithParent(
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
    // Only a merge takes over: what else brings a break, a cherry-pick too, breaks the branch.
    guard commit.parents.count > 1 || repository.isCommitOfSquash(on: first) else {
      return try compare(first, named: "\(name)~1", id, named: name, with: &loader)
    }
    return try compareTakingOver(first, named: "\(name)~1", id, named: name, with: &loader)
  }

  /// Makes findings that a commit only takes over from the main branch notes: they are there
  /// already.
  private func notingWhatMainHas(
    _ outcome: CheckOutcome, tips: [MainBranchTips.Tip], head: ObjectID, result: RevisionTree,
    _ loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    guard outcome.hasWarnings else { return outcome }
    var outcome = outcome
    for main in tips where main.commit != head {
      guard let base = try repository.mergeBases(head, main.commit).first, base != main.commit
      else { continue }
      let tip = try loader.tree(of: main.commit)
      let onMain = review(try loader.tree(of: base), tip, ancestors: [base], loader, isAside: true)
        .outcome(before: .revision("the merge base"), after: .revision("main"), with: &loader)
      let beyondMain = review(tip, result, ancestors: [main.commit], loader, isAside: true)
        .outcome(before: .revision("main"), after: .revision("the merge"), with: &loader)
      outcome = outcome.noting(
        whatMainHas: onMain, andNot: beyondMain, branch: main.shortName)
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
    with tree: RevisionTree, as label: Side, sides: [ObjectID],
    with loader: inout SnapshotLoader
  ) throws -> CheckOutcome {
    guard let head = sides.first else {
      return review(loader.emptyTree(), tree, ancestors: [], loader)
        .outcome(before: .revision("an empty repository"), after: label, with: &loader)
    }
    var outcome = review(try loader.tree(of: head), tree, ancestors: [head], loader)
      .outcome(before: .revision("HEAD"), after: label, with: &loader)
    outcome.commits = (head, head)
    // A squash leaves no `MERGE_HEAD`.
    if sides.count > 1 || DiskFile.kind(of: repository.gitDirectory + "/SQUASH_MSG") != nil {
      outcome = try notingWhatMainHas(
        outcome, tips: MainBranchTips(repository).tips, head: head, result: tree, &loader)
    }
    outcome.findings = MergeStory(sides: sides).explaining(outcome.findings, with: &loader)
    return outcome
  }
}
