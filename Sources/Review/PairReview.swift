import Detection
import Git
import Solution

/// Reads as much of two trees as their difference needs, and asks every rule.
struct PairReview {
  let before: RevisionTree
  let after: RevisionTree
  /// Where a look back begins.
  let ancestors: [ObjectID]
  let lookBack: Int

  func outcome(
    before beforeLabel: CheckOutcome.Side, after afterLabel: CheckOutcome.Side,
    with loader: inout SnapshotLoader
  ) -> CheckOutcome {
    let difference = TreeDifference(before: before.root, after: after.root)
    let listingProblems = Set(after.problems).subtracting(before.problems)
    let judge = ProblemJudge(difference: difference)
    guard difference.touchesSolutions || listingProblems.contains(where: \.hidesContent) else {
      let count = FileCount(after.root)
      return CheckOutcome(
        before: beforeLabel, after: afterLabel, findings: [],
        problems: judge.judged(before: before.problems, after: after.problems), isChanged: false,
        solutions: count.solutions, references: 0, consumers: count.flows)
    }

    let flows = difference.flowsAtRisk
    var (left, leftProblems) = loader.snapshot(of: before, flows: flows, unlike: after.root)
    var (right, rightProblems) = loader.snapshot(of: after, flows: flows, unlike: before.root)
    var comparison = Comparison(before: left, after: right)
    if comparison.needsEveryConsumer {
      (left, leftProblems) = loader.snapshot(of: before)
      (right, rightProblems) = loader.snapshot(of: after)
      comparison = Comparison(before: left, after: right)
    }
    if comparison.needsPast, !ancestors.isEmpty {
      let past = PastWalk(limit: lookBack).past(of: ancestors, with: &loader)
      comparison = comparison.with(past: past)
    }
    if comparison.needsSettings {
      let (settings, problems) = loader.settings(of: after)
      rightProblems += problems
      comparison = comparison.with(settings: settings)
    }
    var findings = RuleBook.findings(in: comparison)
    if findings.contains(where: Callers.concern) {
      let apps = loader.snapshot(of: after, flows: .only(FileCount.apps(in: after.root)))
      findings = Callers(apps.0).telling(findings)
    }
    let count = FileCount(after.root)
    return CheckOutcome(
      before: beforeLabel, after: afterLabel, findings: findings,
      problems: judge.judged(
        before: leftProblems, after: rightProblems, undecided: comparison.undecidedFolders),
      isChanged: true,
      solutions: right.instances.count,
      references: right.instances.reduce(0) { $0 + $1.references.count },
      consumers: count.flows)
  }
}
