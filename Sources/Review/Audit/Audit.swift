import Detection
package import Git
import Solution

/// Looks at one revision by itself: what `connref audit` does.
package struct Audit {
  private let repository: Repository
  private let options: Check.Options

  /// - Parameter options: those that make sense for one revision.
  package init(_ repository: Repository, options: Check.Options) {
    self.repository = repository
    self.options = options
  }

  /// The findings of state rules in a revision by its own policy. Both sides of the outcome are
  /// that revision.
  ///
  /// - Parameters:
  ///   - revision: nil for the files on the disk, or `HEAD` in a bare repository.
  ///   - inventory: the content of an environment, to compare with the revision.
  package func outcome(
    at revision: String?, beside inventory: InventoryFolder? = nil
  ) throws -> CheckOutcome {
    let files = PolicyFiles(repository, given: options.configuration)
    var policy = try files.policy(of: files.side(of: revision))
    policy.configuration.conventions.isRelease = options.isRelease
    let reading = try RevisionReading(repository, at: revision, covering: policy.configuration)
    let (state, openQuestion) = FormerNamesWalk(repository, covering: policy.configuration)
      .state(of: reading, at: revision)
    return try outcome(
      of: reading, state, openQuestion, at: revision, by: policy, beside: inventory)
  }

  /// The same of the files on the disk, which were read already.
  func outcome(of files: SettingsFiles, by policy: TeamPolicy) throws -> CheckOutcome {
    try outcome(of: files.reading, files.state, files.openQuestion, at: nil, by: policy)
  }

  private func outcome(
    of reading: RevisionReading, _ state: State, _ openQuestion: Problem?, at revision: String?,
    by policy: TeamPolicy, beside inventory: InventoryFolder? = nil
  ) throws -> CheckOutcome {
    let shown: Side =
      if let revision {
        // An id is known by its first digits.
        .revision(ObjectID(hex: revision) == nil ? revision : String(revision.prefix(10)))
      } else {
        repository.isBare ? .revision("HEAD") : .worktree
      }
    let solutions = state.solutions
    let found = policy.configuration.rules.applied(
      to: RuleBook.findings(in: state, beside: inventory?.environment))
    let use = ApprovalUse(
      approvals: policy.approvals, found: found,
      judged: RuleBook.stateRuleIDs.union(inventory == nil ? [] : RuleBook.environmentRuleIDs),
      today: options.today, intent: policy.configuration.intent,
      namesAtHand: state.knowsEveryConsumer ? state.namesAtHand : nil)
    let (open, accepted) = policy.judged(
      found + RuleBook.findings(in: use), on: options.today)
    var outcome = CheckOutcome(
      before: shown, after: shown, findings: RuleBook.joined(open),
      problems: (reading.problems + reading.snapshot.releaseRemarks + (inventory?.problems ?? []))
        .map {
          // An archive that cannot be opened may be the only solution that there is.
          .init($0, matters: $0.hidesContent || (solutions.isEmpty && $0.mayHideContent))
        },
      isChanged: true, scope: Scope(extent: .revisions(1), reading.snapshot))
    outcome.accepted = accepted
    let commit =
      try revision.map { revision throws(GitError) in try repository.commitID(of: revision) }
      ?? repository.head().commit
    outcome.commits = (commit, commit)
    let files = PolicyFiles(repository, given: options.configuration)
    let side = try files.side(of: revision)
    outcome.policy = try files.source(of: side, named: revision)
    // Before a deployment it must be known which settings files are the solution's, and what it declares.
    outcome.problems += ([openQuestion].compactMap { $0 } + state.missingDeclarations).map {
      .init($0, matters: options.isRelease)
    }
    outcome.problems += try deadPatterns(of: policy.configuration, at: revision)
    if solutions.isEmpty, outcome.problems.allSatisfy({ !$0.matters }),
      let problem = try missingSolution(of: policy.configuration, at: revision, on: side)
    {
      outcome.problems.append(CheckOutcome.JudgedProblem(problem, matters: true))
    }
    return outcome
  }

  /// Why no solution was found where the repository has one; nil where it never had any.
  private func missingSolution(
    of configuration: Configuration, at revision: String?, on side: PolicySide
  ) throws -> Problem? {
    if let hidden = try DeadPatterns(repository).problems(of: configuration, on: [side]).first {
      return hidden
    }
    guard try SolutionPresence(repository: repository).isKnown(to: configuration) else {
      return nil
    }
    return Problem(
      path: revision ?? (repository.isBare ? "HEAD" : "the worktree"),
      message: "no solution was found here, and the repository expects or has one\n"
        + "hint: connref list REVISION shows where solutions are", hidesContent: false)
  }

  /// A pattern that matches nothing is a part of the policy that is not in force.
  private func deadPatterns(
    of configuration: Configuration, at revision: String?
  ) throws -> [CheckOutcome.JudgedProblem] {
    try DeadPatterns(repository).patterns(of: configuration, at: revision).map {
      .init(Problem($0, "matches no file"), matters: true)
    }
  }
}
