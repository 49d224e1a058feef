package import Detection
package import Git
import Solution

/// Judges branches: each from where it left the main one to its tip, the main one by what is open at its
/// tip. Nothing is stored, and notes play no part.
package struct BranchReview: ~Copyable {
  private let repository: Repository
  private let main: Git.Reference?
  private var loader: SnapshotLoader
  /// Of the main branch; made for the first branch that is compared with it.
  private var mainHistory: SharedHistory?
  /// Of the main branch: a branch does not say by which rules it is judged.
  private let policy: TeamPolicy
  /// Why the main branch's own policy is not in force, or excludes all solutions; nil mostly.
  private let policyProblem: String?
  private let options: Options
  /// Where a configuration leaves no solution on the main branch, each branch is looked at for itself.
  private let hidesSolutions: Bool
  /// The ids of the findings of commits that were compared with where they left the main branch, by the
  /// rules that the user chose: branches share commits.
  private var asked: [Set<RuleID>: [ObjectID: Set<String>]] = [:]
  /// How far back along a branch a finding is followed.
  private static let limit = 500

  package struct Options: Sendable {
    /// A revision; nil for the branch that others start from.
    package var main: String?
    /// Replaces the repository's own configuration.
    package var configuration: Configuration?
    /// How many cores to read the main branch's history with.
    package var workers: Int
    /// Approvals end with a day.
    package var today: Day

    package init(
      main: String? = nil, configuration: Configuration? = nil, workers: Int = 1, today: Day
    ) {
      self.main = main
      self.configuration = configuration
      self.workers = workers
      self.today = today
    }
  }

  package init(_ repository: Repository, options: Options) throws {
    let main = try Self.mainBranch(of: repository, options)
    let side = main?.commit.map { PolicySide.commit($0) } ?? .nowhere
    let reading = try PolicyFiles(repository, given: options.configuration).reading(of: side)
    let hidden = try Self.hiddenSolutions(repository, side, reading.policy.configuration)
    self.repository = repository
    self.options = options
    self.main = main
    policy = reading.policy
    let fault = PolicyFiles.names.compactMap { reading.errors[$0]?.faults.first }.first
    policyProblem =
      fault.map {
        "could not read '\($0.place.path)'\($0.line.map { " line \($0)" } ?? ""): \($0.message); the built-in "
          + "defaults are used"
      } ?? hidden.problem.map(Self.sentence)
    hidesSolutions = hidden.isAll
    loader = SnapshotLoader(repository, covering: reading.policy.configuration)
  }

  private static func mainBranch(
    of repository: Repository, _ options: Options
  ) throws -> Git.Reference? {
    let references = try repository.references()
    if let main = options.main {
      let id = try repository.commitID(of: main)
      let named = references.first {
        $0.commit != nil && ($0.shortName == main || $0.name == main)
      }
      return Git.Reference(name: named?.name ?? main, shortName: main, commit: id)
    }
    let name = try MainBranch(repository).name
    let main = references.first { $0.name == name }
    // `origin/HEAD` is only another name of it.
    return references.first { $0.name == main?.target } ?? main
  }

  /// The solutions that the configuration hides at the tip of the main branch, and whether none is
  /// left.
  private static func hiddenSolutions(
    _ repository: Repository, _ side: PolicySide, _ configuration: Configuration
  ) throws -> (problem: Problem?, isAll: Bool) {
    guard case .commit(let tip) = side, configuration.narrowsSolutions else { return (nil, false) }
    let problem = try DeadPatterns(repository).problems(of: configuration, on: [side]).first
    var loader = SnapshotLoader(repository, covering: configuration)
    return (problem, loader.snapshot(of: try loader.tree(of: tip)).0.instances.isEmpty)
  }

  /// As people write it; nil where nothing looks like a main branch.
  package var mainName: String? { main?.shortName }

  /// Every local and remote-tracking branch, ordered by name. `origin/HEAD` is only another name.
  package static func branches(of repository: Repository) throws(GitError) -> [Git.Reference] {
    try repository.references().filter { reference in
      reference.name.hasPrefix("refs/heads/")
        || reference.name.hasPrefix("refs/remotes/") && !reference.name.hasSuffix("/HEAD")
    }
  }

  /// Why nothing was found on any branch, where the repository expects or had a solution; nil mostly.
  package mutating func missingSolution(on branches: [Git.Reference]) throws -> String? {
    let tips = [main?.commit].compactMap { $0 } + branches.compactMap(\.commit)
    for tip in tips {
      // An unreadable tip is in the verdict on its branch.
      guard let tree = try? loader.tree(of: tip) else { return nil }
      let (snapshot, problems) = loader.snapshot(of: tree)
      if !snapshot.instances.isEmpty || problems.contains(where: \.hidesContent) { return nil }
    }
    guard !tips.isEmpty,
      try SolutionPresence(repository: repository).isKnown(to: policy.configuration)
    else { return nil }
    return "no branch has a solution, and the repository expects or had one"
  }

  /// A read error makes the verdict unknown, and never stops the run.
  package mutating func verdict(on branch: Git.Reference) -> BranchVerdict {
    guard let tip = branch.commit else {
      let reason = branch.failure.map { "\($0.message); \(branch.correction)" }
      return verdict(branch, .zero, .unknown(reason ?? "it leads to no commit"))
    }
    guard let main, let mainTip = main.commit else {
      let reason = (try? PolicyFiles(repository).current())?.configuration.mainBranch.map {
        "there is no branch '\($0)', which .connref.yml calls the main one"
      }
      return verdict(
        branch, tip, .unknown(reason ?? "there is no main branch to compare it with"))
    }
    do {
      if branch.name == main.name { return try verdictOnMain(branch, tip) }
      let history = mainHistory ?? SharedHistory(of: mainTip, in: repository)
      mainHistory = history
      guard let base = try history.mergeBases(with: tip).first else {
        let isCut = repository.isShallow
        return verdict(
          branch, tip,
          isCut
            ? .unknown("the clone is shallow, and nothing in it is older; git fetch --unshallow")
            : .clean,
          remark: isCut
            ? nil
            : "it has no commit in common with '\(main.shortName)', and was compared with nothing")
      }
      return try verdict(on: branch, tip, since: base, of: .main(history))
    } catch let error as GitError {
      return verdict(branch, tip, .unknown(error.message))
    } catch let error as PolicyError {
      return verdict(branch, tip, .unknown(error.description))
    } catch {
      return verdict(branch, tip, .unknown("\(error)"))
    }
  }

  private func verdict(
    _ branch: Git.Reference, _ tip: ObjectID, _ state: BranchVerdict.State, remark: String? = nil
  ) -> BranchVerdict {
    BranchVerdict(
      name: branch.name, shortName: branch.shortName, tip: tip.hex, state: state,
      isMain: branch.name == main?.name, remark: remark)
  }

  /// The findings that are open at the tip of the main branch, by its history.
  private mutating func verdictOnMain(
    _ branch: Git.Reference, _ tip: ObjectID
  ) throws -> BranchVerdict {
    var scan = HistoryScan(
      repository,
      options: HistoryOptions(
        revisions: [tip.hex], workers: options.workers, policy: policy, today: options.today),
      loader: SnapshotLoader(repository, loader.shared))
    let outcome = try scan.outcome()
    let incidents = outcome.history.incidents.filter {
      $0.approval == nil && $0.finding.severity > .note
    }.sorted { Finding.precedes($0.finding, $1.finding) }
    let open = incidents.filter(\.isStillBroken)
    let completed = incidents.filter { $0.outcome == .completed && $0.hasNewName }
    let tree = try loader.tree(of: tip)
    let unread =
      (loader.snapshot(of: tree).1 + loader.settings(of: tree).1).first(where: \.hidesContent)
      ?? outcome.problems.first {
        $0.commit == nil || $0.problem.path.isEmpty || repository.lacks($0.problem.content)
          || $0.isLoss && $0.correctedIn == nil
      }?.problem
    let state: BranchVerdict.State =
      if open.contains(where: { $0.finding.severity == .error }) {
        .flagged
      } else if let reason = policyProblem ?? unread.map(Self.sentence) {
        .unknown(reason)
      } else {
        open.isEmpty ? .main : .warned
      }
    return BranchVerdict(
      name: branch.name, shortName: branch.shortName, tip: tip.hex, state: state, isMain: true,
      findings: (open + completed).map { incident in
        var finding = incident.finding.remarking(
          onBindings: incident.openAt.flatMap(\.boundElsewhere))
        finding.outcome = incident.outcome
        return BranchVerdict.DatedFinding(finding: finding, since: incident.moment)
      })
  }

  private static func sentence(_ problem: Problem) -> String {
    let line = problem.line.map { " line \($0)" } ?? ""
    let place = problem.path.isEmpty ? "" : "\(problem.path)\(line): "
    return "\(place)\(problem.message.prefix { $0 != "\n" })"
  }

  /// Compares a commit that counts as correct with the tip.
  package mutating func verdict(
    on branch: Git.Reference, _ tip: ObjectID, since base: ObjectID
  ) throws -> BranchVerdict {
    try verdict(on: branch, tip, since: base, of: .commit(base))
  }

  private mutating func verdict(
    on branch: Git.Reference, _ tip: ObjectID, since base: ObjectID, of trunk: Trunk
  ) throws -> BranchVerdict {
    let outcome = try outcome(from: base, to: tip)
    let own = outcome.findings.filter { $0.severity > .note }
    let merge = try merge(of: tip, since: base, of: trunk, beyond: outcome)
    let findings = own + merge
    let problem =
      try outcome.problems.first(where: \.matters)?.problem ?? hidden(base, tip)
      ?? lostSettings(by: outcome, at: tip)
    let state: BranchVerdict.State =
      if findings.contains(where: { $0.severity == .error }) {
        .flagged
      } else if let problem {
        .unknown(Self.sentence(problem))
      } else {
        findings.isEmpty ? .clean : .warned
      }
    return BranchVerdict(
      name: branch.name, shortName: branch.shortName, tip: tip.hex, state: state,
      mergeBase: Moment(try repository.commit(base), parent: nil),
      findings: try dated(own, from: trunk, to: tip)
        + merge.map { BranchVerdict.DatedFinding(finding: $0, since: nil) })
  }

  /// The findings that the main branch would have after merging the branch, without those of the branch itself.
  private mutating func merge(
    of tip: ObjectID, since base: ObjectID, of trunk: Trunk, beyond own: CheckOutcome
  ) throws -> [Finding] {
    guard case .main = trunk, let main, let mainTip = main.commit else { return [] }
    let findings = try MergePreview(
      base: base, main: mainTip, mainName: main.shortName, tip: tip,
      lookBack: policy.configuration.lookBack
    ).findings(beyond: own, with: &loader)
    return policy.judged(findings, on: options.today).0
  }

  /// The problem where the branch removes a settings file that its configuration names.
  private func lostSettings(by outcome: CheckOutcome, at tip: ObjectID) throws -> Problem? {
    guard !outcome.removedSettings.isEmpty else { return nil }
    return try DeadPatterns(repository).lostSettings(
      of: PolicyFiles(repository).reading(of: .commit(tip)).policy.configuration, by: outcome,
      on: .commit(tip)
    ).first
  }

  /// The problem where the configuration hides solutions on this branch, or the branch breaks the
  /// policy files.
  private func hidden(_ base: ObjectID, _ tip: ObjectID) throws -> Problem? {
    if options.configuration == nil {
      let files = PolicyFiles(repository)
      let (before, after) = (
        try files.reading(of: .commit(base)), try files.reading(of: .commit(tip))
      )
      for name in PolicyFiles.names where before.errors[name] == nil {
        if let fault = after.errors[name]?.faults.first {
          return Problem(
            path: fault.place.path, line: fault.line, message: fault.message)
        }
      }
    }
    guard hidesSolutions else { return nil }
    return try DeadPatterns(repository).problems(
      of: policy.configuration, on: [.commit(base), .commit(tip)]
    ).first
  }

  private mutating func outcome(
    from base: ObjectID, to tip: ObjectID, asking rules: Set<RuleID>? = nil
  ) throws -> CheckOutcome {
    let pair = PairReview(
      before: try loader.tree(of: base), after: try loader.tree(of: tip), ancestors: [base],
      lookBack: policy.configuration.lookBack, rules: rules)
    var outcome = pair.outcome(
      before: .revision("the merge base"), after: .revision("the branch"), with: &loader)
    (outcome.findings, outcome.accepted) = policy.judged(outcome.findings, on: options.today)
    if rules == nil {
      outcome.findings = NamedElsewhere(repository: repository, revision: .commit(tip))
        .remarking(outcome.findings, outcome.named)
    }
    return outcome
  }

  /// Each finding with the commit that the branch has it since.
  private mutating func dated(
    _ findings: [Finding], from trunk: Trunk, to tip: ObjectID
  ) throws -> [BranchVerdict.DatedFinding] {
    guard !findings.isEmpty else { return [] }
    let commits = try trunk.commits(to: tip, limit: Self.limit, in: repository)
    let rules = Set(findings.map(\.rule))
    // What a commit has depends on where the branch started.
    var asked = trunk.isMain ? self.asked[rules] ?? [:] : [:]
    var search = OriginSearch(
      commits: commits.count, ids: Set(findings.map(\.id)),
      known: Dictionary(
        uniqueKeysWithValues: commits.enumerated().compactMap { position, commit in
          asked[commit.id].map { (position, $0) }
        }))
    let origins = try search.origins { position in
      let commit = commits[position].id
      let ids =
        try trunk.start(of: commit, in: repository).map { base in
          Set(try outcome(from: base, to: commit, asking: rules).findings.map(\.id))
        } ?? []
      asked[commit] = ids
      return ids
    }
    if trunk.isMain { self.asked[rules] = asked }
    let dated = findings.map { finding in
      let commit = origins[finding.id].map { commits[$0] }
      return BranchVerdict.DatedFinding(
        finding: finding, since: commit.map { Moment($0, parent: $0.parents.first) })
    }
    return try asTheirCommits(
      report: dated, merged: Set(commits.filter { $0.parents.count > 1 }.map(\.id)))
  }

  /// The findings with the removal or the re-creation in the place of links that it broke: where the merge base
  /// does not declare yet what a commit of the branch removed, the whole branch only shows lost links.
  ///
  /// - Parameter merged: merges, whose findings are not those against one parent.
  private mutating func asTheirCommits(
    report dated: [BranchVerdict.DatedFinding], merged: Set<ObjectID>
  ) throws -> [BranchVerdict.DatedFinding] {
    var causes: [ObjectID: [Finding]] = [:]
    var known = Set(dated.map(\.finding.id))
    return try dated.compactMap { one in
      guard one.finding.rule == .linkLost, let link = one.finding.consumers.first,
        let name = link.reference, let since = one.since,
        let commit = ObjectID(hex: since.commit), !merged.contains(commit),
        let parent = since.parent.flatMap(ObjectID.init(hex:))
      else { return one }
      let found =
        try causes[commit]
        ?? outcome(from: parent, to: commit).findings.filter {
          [.referenceRemoved, .referenceRecreated, .referenceReplaced].contains($0.rule)
        }
      causes[commit] = found
      let cause = found.first { finding in
        finding.severity == one.finding.severity && finding.before.contains { $0.name == name }
          && finding.consumers.contains { $0.id == link.id && $0.state != .moved }
      }
      guard var cause else { return one }
      guard known.insert(cause.id).inserted else { return nil }
      for index in cause.before.indices where cause.before[index].removedIn == nil {
        cause.before[index].removedIn = since.commit
      }
      return BranchVerdict.DatedFinding(finding: cause, since: since)
    }
  }
}
