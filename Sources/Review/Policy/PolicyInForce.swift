import Detection
import Git
import Solution

/// Which side of a check is trusted to say by which rules it is judged.
struct PolicySides {
  let trusted: PolicySide
  let before: PolicySide
  let after: PolicySide
  /// As the user knows it: `main`.
  let trustedName: String

  init(trusted: PolicySide, before: PolicySide, after: PolicySide, trustedName: String) {
    self.trusted = trusted
    self.before = before
    self.after = after
    self.trustedName = trustedName
  }

  /// A commit in preparation has its own policy; two revisions have that of the first, a branch
  /// that of its target.
  init(_ subject: Check.Subject, in repository: Repository) throws(GitError) {
    func side(_ revision: String) throws(GitError) -> PolicySide {
      .commit(try repository.commitID(of: revision))
    }
    switch subject {
    case .staged, .worktree:
      let after: PolicySide = subject == .staged ? .index : .worktree
      self.init(
        trusted: after, before: try repository.head().commit.map { .commit($0) } ?? .nowhere,
        after: after, trustedName: "HEAD")
    case .commit(let revision):
      let after = try side(revision)
      let commit = try repository.commit(try repository.commitID(of: revision))
      self.init(
        trusted: after, before: commit.parents.first.map { .commit($0) } ?? .nowhere,
        after: after, trustedName: revision)
    case .commits(let before, let after), .merged(let before, let after),
      .branch(let before, let after):
      let trusted = try side(before)
      self.init(
        trusted: trusted, before: trusted, after: try side(after), trustedName: before)
    }
  }
}

/// The policy that one comparison is judged by, and what is wrong with the files that say it.
struct PolicyInForce {
  private(set) var policy: TeamPolicy
  /// Of the policy files themselves.
  private var problems: [CheckOutcome.JudgedProblem] = []
  private let today: Day
  /// Approvals that only the change holds: they count once they were merged by themselves.
  private let pending: Approvals
  /// The plans of the change itself, which do not count yet.
  private let pendingIntent: DeclaredIntent
  private let trustedName: String
  private let sides: PolicySides
  /// The configuration after the change.
  private let proposed: Configuration
  private let files: PolicyFiles
  private let source: PolicySource

  /// Throws `PolicyError` where the change itself makes its own policy unreadable; nothing is judged by
  /// half a policy. A trusted side that cannot be read is a problem of the outcome, and built-in defaults
  /// are used: the change that corrects it can pass.
  init(_ sides: PolicySides, _ options: Check.Options, in repository: Repository) throws {
    let files = PolicyFiles(repository, given: options.configuration)
    let trusted = options.policySide ?? sides.trusted
    let reading = try files.reading(of: trusted)
    let after = trusted == sides.after ? reading : try files.reading(of: sides.after)
    for name in PolicyFiles.names {
      let known = reading.errors[name]
      if let error = after.errors[name] {
        let before =
          trusted == sides.after ? try files.reading(of: sides.before).errors[name] : known
        let isNew = before == nil
        if isNew, trusted == sides.after { throw error }
        problems += Self.problems(error, matter: isNew, note: isNew ? nil : Self.defaultsNote)
      } else if let known {
        problems += Self.problems(known, matter: false, note: Self.defaultsNote)
      }
    }
    policy = reading.policy
    proposed = after.policy.configuration
    if !policy.configuration.solutions.isEmpty {
      let former = try files.reading(of: sides.before).policy.configuration
      policy.configuration = policy.configuration.covering(solutionsOf: former)
        .covering(solutionsOf: proposed)
    }
    policy.configuration.conventions.isRelease = options.isRelease
    today = options.today
    trustedName = sides.trustedName
    pending = trusted == sides.after ? Approvals() : after.policy.approvals
    pendingIntent =
      trusted == sides.after ? DeclaredIntent() : after.policy.configuration.intent
    self.sides = sides
    self.files = files
    source = PolicySource(
      side: trusted, name: trusted == sides.trusted ? sides.trustedName : nil, files: reading.ids)
  }

  private static let defaultsNote = "the built-in defaults are used"

  private static func problems(
    _ error: PolicyError, matter: Bool, note: String?
  ) -> [CheckOutcome.JudgedProblem] {
    error.faults.map { fault in
      CheckOutcome.JudgedProblem(
        Problem(
          path: fault.place.path, line: fault.line,
          message: fault.message + (note.map { "; \($0)" } ?? "")), matters: matter)
    }
  }

  /// A `solutions` pattern that matches nothing, or an `ignore` that leaves nothing, hides the
  /// solutions it should show. A change that corrects it is checked by the built-in defaults.
  ///
  /// - Parameter isChanged: whether a file of a solution differs between the two sides.
  /// - Returns: whether the comparison has to be repeated, since the policy is another one now.
  mutating func replacePatternsThatHideAll(
    isChanged: Bool, in repository: Repository
  ) throws -> Bool {
    try reportProposedPatternsThatHideAll(in: repository)
    guard policy.configuration.narrowsSolutions else { return false }
    // Without any solution, nothing is hidden where nothing changed.
    if !isChanged {
      let former = try files.reading(of: sides.before).policy.configuration.patterns
      guard former != proposed.patterns else { return false }
    }
    let patterns = DeadPatterns(repository)
    let dead = try patterns.problems(of: policy.configuration, on: [sides.before, sides.after])
    guard !dead.isEmpty else { return false }
    let isCorrected =
      try proposed.patterns != policy.configuration.patterns
      && patterns.problems(of: proposed, on: [sides.after]).isEmpty
    problems += dead.map { problem in
      CheckOutcome.JudgedProblem(
        isCorrected
          ? Problem(
            path: problem.path, line: problem.line,
            message: problem.message
              + "; the change corrects it, and the built-in defaults are used",
            hidesContent: false) : problem, matters: !isCorrected)
    }
    guard isCorrected else { return false }
    let isRelease = policy.configuration.conventions.isRelease
    policy.configuration = .standard
    policy.configuration.conventions.isRelease = isRelease
    for placed in proposed.patterns where placed.key == "solutions" || placed.key == "ignore" {
      problems.append(
        CheckOutcome.JudgedProblem(
          Problem(
            path: placed.place.path, line: placed.place.line,
            message: "'\(placed.pattern)' of '\(placed.key)' is used from now on",
            hidesContent: false), matters: false))
    }
    return true
  }

  /// Patterns of the change that will hide every solution once they are in force.
  private mutating func reportProposedPatternsThatHideAll(in repository: Repository) throws {
    guard proposed.narrowsSolutions, proposed.patterns != policy.configuration.patterns else {
      return
    }
    problems += try DeadPatterns(repository)
      .problems(of: proposed, on: [sides.before, sides.after])
      .map { CheckOutcome.JudgedProblem($0, matters: true) }
  }

  /// A settings file that an environment names and the change removes: a release of that environment
  /// cannot be checked any more.
  mutating func reportLostSettings(of outcome: CheckOutcome, in repository: Repository) throws {
    problems += try DeadPatterns(repository)
      .lostSettings(of: proposed, by: outcome, on: sides.after)
      .map { CheckOutcome.JudgedProblem($0, matters: true) }
  }

  /// The same outcome by the team's own measure.
  func judged(_ outcome: CheckOutcome) -> CheckOutcome {
    var outcome = outcome
    let (open, accepted) = policy.judged(outcome.findings, on: today)
    outcome.findings = open.map(remarkingPending)
    outcome.accepted = accepted
    outcome.policy = source
    outcome.problems = problems + outcome.problems
    return outcome
  }

  /// The same finding, with a remark where the change itself approves or plans it: that does not count yet.
  private func remarkingPending(_ finding: Finding) -> Finding {
    var finding = finding
    let condition = "that counts once '\(trustedName)' has it: commit it alone, and merge it first"
    if pending.approval(of: finding, on: today) != nil {
      finding.remarks.insert(
        "'\(ApprovalsFile.path)' of this change accepts it; \(condition)", at: 0)
    } else if pendingIntent.eased([finding], on: today).contains(where: {
      $0.severity < finding.severity
    }) {
      finding.remarks.insert("'\(Configuration.path)' of this change plans it; \(condition)", at: 0)
    }
    return finding
  }
}
