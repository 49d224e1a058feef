import Detection
import Git
package import Solution

/// Checks folders and zips without git: without a look back, and without approvals.
package struct DiskReview {
  private let options: Check.Options

  /// - Parameter options: those that make sense without a repository.
  package init(options: Check.Options) {
    self.options = options
  }

  /// The findings between two folders or zips, as a check of two revisions reports them.
  package func outcome(
    before: (name: String, tree: DiskTree), after: (name: String, tree: DiskTree)
  ) -> CheckOutcome {
    let conventions = policy.configuration.conventions
    var reader = SnapshotReader()
    let (left, leftProblems) = snapshot(of: before.tree, with: &reader)
    let (right, rightProblems) = snapshot(of: after.tree, with: &reader)
    let comparison = Comparison(before: left, after: right, conventions: conventions)
      .with(settings: right.settings, before: left.settings)
    var findings = RuleBook.findings(in: comparison)
    if findings.contains(where: Callers.concern) { findings = Callers(right).remarking(findings) }
    let states = comparison.states(
      knowsEveryConsumer: !rightProblems.contains(where: \.hidesContent))
    findings += RuleBook.findings(
      introducedBetween: states.before, and: states.after, excluding: findings)
    let (open, accepted) = policy.judged(RuleBook.joined(findings), on: options.today)
    let difference = TreeDifference(before: before.tree.root, after: after.tree.root)
    var outcome = CheckOutcome(
      before: .disk(before.name), after: .disk(after.name), findings: open,
      problems: ProblemJudge(difference: difference).judged(
        before: leftProblems, after: rightProblems, undecided: comparison.undecidedFolders,
        known: [left, right]),
      isChanged: true,
      scope: Scope(
        extent: .revisions(.disk(before.name), .disk(after.name)), right))
    for (name, snapshot) in [(before.name, left), (after.name, right)]
    where snapshot.instances.isEmpty {
      outcome.problems.append(Self.noSolution(in: name))
    }
    outcome.accepted = accepted
    outcome.blobs = (before.tree.blob, after.tree.blob)
    outcome.policy = Self.noPolicyFiles
    return outcome
  }

  /// The findings in one folder or zip, as an audit reports them.
  package func audit(
    _ subject: (name: String, tree: DiskTree), beside inventory: InventoryFolder? = nil
  ) -> CheckOutcome {
    var reader = SnapshotReader()
    let (snapshot, problems) = snapshot(of: subject.tree, with: &reader)
    let state = State(
      snapshot, conventions: policy.configuration.conventions,
      knowsEveryConsumer: !problems.contains(where: \.hidesContent))
    let found = policy.configuration.rules.applied(
      to: RuleBook.findings(in: state, beside: inventory?.environment))
    let (open, accepted) = policy.judged(found, on: options.today)
    var outcome = CheckOutcome(
      before: .disk(subject.name), after: .disk(subject.name),
      findings: RuleBook.joined(open),
      problems: (problems + (inventory?.problems ?? [])).map { .init($0) }, isChanged: true,
      scope: Scope(extent: .revisions(1), snapshot))
    if snapshot.instances.isEmpty { outcome.problems.append(Self.noSolution(in: subject.name)) }
    outcome.accepted = accepted
    outcome.blobs = (subject.tree.blob, subject.tree.blob)
    outcome.policy = Self.noPolicyFiles
    return outcome
  }

  /// The content of one folder or zip, and the problems in it.
  package static func snapshot(of tree: DiskTree) -> (Snapshot, [Problem]) {
    var reader = SnapshotReader()
    return whole(tree, with: &reader)
  }

  private func snapshot(
    of tree: DiskTree, with reader: inout SnapshotReader
  ) -> (Snapshot, [Problem]) {
    let (snapshot, problems) = Self.whole(tree, with: &reader)
    return policy.configuration.covered(snapshot, problems)
  }

  private static func whole(
    _ tree: DiskTree, with reader: inout SnapshotReader
  ) -> (Snapshot, [Problem]) {
    let (solutions, problems) = reader.read(tree)
    let (snapshot, settingsProblems) = reader.addSettings(to: solutions, from: tree)
    return (snapshot, tree.problems + problems + settingsProblems)
  }

  /// The user named a place where nothing is: this must not pass.
  private static func noSolution(in name: String) -> CheckOutcome.JudgedProblem {
    CheckOutcome.JudgedProblem(
      Problem(
        path: name,
        message: "no solution was found here\nhint: give the zip of an exported solution, or the "
          + "folder that pac solution unpack or clone wrote", hidesContent: false), matters: true)
  }

  /// Neither of two folders is more trusted than the other, so only the file that `--config` names counts.
  private var policy: TeamPolicy {
    var policy = TeamPolicy(configuration: options.configuration ?? .standard)
    policy.configuration.conventions.isRelease = options.isRelease
    return policy
  }

  private static let noPolicyFiles = PolicySource(side: .nowhere, name: nil, files: [:])
}
