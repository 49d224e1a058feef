import Detection
import Git
import Solution

/// Reads as much of two trees as their difference needs, and asks every rule.
///
/// Files that only the former side has unreadable are compared as they could be read last.
struct PairReview {
  let before: RevisionTree
  let after: RevisionTree
  /// Where a look back begins.
  let ancestors: [ObjectID]
  let lookBack: Int
  /// The rules whose findings the caller needs, without what became of them; nil for all rules.
  ///
  /// Rules that compare are asked in any case, since what they find is not found by others again.
  var rules: Set<RuleID>?
  /// Whether the findings get an outcome; only where `rules` is nil.
  var followsOutcomes = true

  func outcome(
    before beforeLabel: Side, after afterLabel: Side,
    with loader: inout SnapshotLoader
  ) -> CheckOutcome {
    let (outcome, corrected) = compared(before: beforeLabel, after: afterLabel, with: &loader)
    guard !corrected.isEmpty, !ancestors.isEmpty,
      let side = ReadableAncestors(commits: ancestors, limit: lookBack)
        .side(insteadOf: before, unreadable: corrected, readableIn: after, with: &loader)
    else { return outcome }
    let pair = PairReview(
      before: side.tree, after: after, ancestors: ancestors, lookBack: lookBack, rules: rules,
      followsOutcomes: followsOutcomes)
    var better = pair.compared(before: beforeLabel, after: afterLabel, with: &loader).outcome
    better.problems += side.remarks.map { .init($0, matters: false) }
    better.isChanged = true
    return better
  }

  /// The difference of the two trees, and the files that only the former has unreadable.
  private func compared(
    before beforeLabel: Side, after afterLabel: Side,
    with loader: inout SnapshotLoader
  ) -> (outcome: CheckOutcome, corrected: Set<String>) {
    let difference = TreeDifference(before: before.root, after: after.root)
    let listingProblems = Set(after.problems).subtracting(before.problems)
    let judge = ProblemJudge(difference: difference)
    let changesSettings =
      loader.holdsSettings(difference.candidatesAfter, of: after)
      || loader.holdsSettings(difference.candidatesBefore, of: before)
    guard
      difference.touchesSolutions || changesSettings
        || listingProblems.contains(where: \.hidesContent)
    else {
      var outcome = CheckOutcome(
        before: beforeLabel, after: afterLabel, findings: [],
        problems: judge.judged(before: before.problems, after: after.problems), isChanged: false,
        // Nothing of a solution was read.
        scope: Scope(
          extent: .revisions(beforeLabel, afterLabel), solutions: 0, references: 0, consumers: 0))
      outcome.removedSettings = difference.removedCandidates
      return (outcome, [])
    }

    let conventions = loader.configuration.conventions
    let flows = difference.flowsAtRisk
    var (before, after) = (before, after)
    var (left, leftProblems) = loader.snapshot(of: before, flows: flows, unlike: after.root)
    var (right, rightProblems) = loader.snapshot(of: after, flows: flows, unlike: before.root)
    let builds = loader.builds(changedBy: difference, in: after, right)
    if !builds.isEmpty {
      (before, after) = (before.reading(builds: builds), after.reading(builds: builds))
      (left, leftProblems) = loader.snapshot(of: before, flows: flows, unlike: after.root)
      (right, rightProblems) = loader.snapshot(of: after, flows: flows, unlike: before.root)
    }
    var comparison = Comparison(before: left, after: right, conventions: conventions)
    let firstUses = comparison.firstUses
    // The consumers of a reference decide whether a settings file must bind it.
    var needsEveryConsumer =
      comparison.needsEveryConsumer || changesSettings
      || !firstUses.isEmpty && !loader.settings(of: after).0.bind(firstUses)
      || (conventions.judgesSharing && comparison.changesSharing)
    if needsEveryConsumer {
      (left, leftProblems) = loader.snapshot(of: before)
      (right, rightProblems) = loader.snapshot(of: after)
      comparison = Comparison(before: left, after: right, conventions: conventions)
    }
    let looksBack = comparison.needsPast && !ancestors.isEmpty
    if looksBack {
      let past = PastWalk(limit: lookBack).past(of: ancestors, with: &loader)
      comparison = comparison.with(past: past)
      // Whether this change completes what earlier commits began is known of all consumers alone.
      if !needsEveryConsumer, comparison.hasSuccessions {
        needsEveryConsumer = true
        (left, leftProblems) = loader.snapshot(of: before)
        (right, rightProblems) = loader.snapshot(of: after)
        comparison = Comparison(before: left, after: right, conventions: conventions)
          .with(past: past)
      }
    }
    if comparison.needsSettings || changesSettings {
      let (settingsBefore, problemsBefore) = loader.settings(of: before)
      let (settings, problemsAfter) = loader.settings(of: after, besides: settingsBefore)
      leftProblems += problemsBefore
      rightProblems += problemsAfter
      comparison = comparison.with(settings: settings, before: settingsBefore)
      let questions = comparison.settingsOwners.questions
      if !looksBack, !questions.isEmpty, !ancestors.isEmpty {
        let past = PastWalk(limit: lookBack).former(questions, from: ancestors, with: &loader)
        comparison = comparison.with(former: past.former)
      }
    }
    var reported = RuleBook.findings(in: comparison)
    if reported.contains(where: Callers.concern) {
      let apps = loader.snapshot(of: after, flows: .only(FlowFiles.apps(in: after.root)))
      reported = Callers(apps.0).remarking(reported)
    }
    let states = comparison.states(
      knowsEveryConsumer: needsEveryConsumer && !rightProblems.contains(where: \.hidesContent))
    let introduced = RuleBook.findings(
      introducedBetween: states.before, and: states.after, excluding: reported, asking: rules)
    // What was read may be a part of it.
    var scope = Scope(extent: .revisions(beforeLabel, afterLabel), right)
    scope.consumers =
      FlowFiles.count(in: after.root)
      + right.countedSolutions.filter { $0.form == .archive }.reduce(0) { $0 + $1.consumers.count }
    let (findings, named) = withOutcomes(RuleBook.joined(reported + introduced), &loader)
    let lost = LostContent(
      before: comparison.before, after: comparison.after, difference: difference, tree: after)
    let losses = lost.problems(besides: rightProblems)
    let judged = judge.judged(
      before: leftProblems, after: rightProblems, undecided: comparison.undecidedFolders,
      known: [left, right])
    var outcome = CheckOutcome(
      before: beforeLabel, after: afterLabel, findings: findings,
      // The message of a loss is more precise than that of the listing.
      problems: judged.filter { known in
        known.matters || !losses.contains { $0.path == known.problem.path }
      }
        + lookBackRemarks(
          on: comparison, before: beforeLabel, reported, besides: lost, rightProblems)
        + losses.map { .init($0, matters: true) }
        + comparison.releaseRemarks.map { .init($0, matters: false) },
      isChanged: true, scope: scope)
    outcome.named = named
    outcome.removedSettings = difference.removedCandidates
    return (outcome, difference.corrected(leftProblems, rightProblems, in: loader.repository))
  }
}

extension PairReview {
  /// What the comparison could not take into account, and did not need for a clear answer. A limit that
  /// a finding of `reported` already mentions is left out.
  private func lookBackRemarks(
    on comparison: Comparison, before side: Side, _ reported: [Finding], besides lost: LostContent,
    _ known: [Problem]
  ) -> [CheckOutcome.JudgedProblem] {
    let limitation =
      (comparison.hasLosses ? comparison.past.limitation : nil)
      .flatMap { words in reported.contains { $0.remarks.contains(words) } ? nil : words }
      ?? comparison.lookBackEnd
    return
      comparison.instances.compactMap(\.lostDeclarations)
      .filter { pair in
        !lost.isHidden(pair.problem.path)
          && !known.contains { $0.hidesContent && $0.isOf(file: pair.problem.path) }
      }.map { .init($0.problem, matters: $0.matters) }
      + [limitation].compactMap { $0 }.map {
        .init(Problem(path: side.name, message: $0, hidesContent: false), matters: false)
      }
  }

  /// The same findings, each with what became of it on the side `after`, as a history that ends there
  /// would say; and where other files name what they removed, if that had to be known.
  private func withOutcomes(
    _ findings: [Finding], _ loader: inout SnapshotLoader
  ) -> ([Finding], NamedElsewhere.Places?) {
    guard rules == nil, followsOutcomes, findings.contains(where: RuleBook.follows) else {
      return (findings, nil)
    }
    var readers: [Set<String>: RemainsReader] = [:]
    var named: NamedElsewhere.Places?
    let followed = findings.map { finding in
      let builds = finding.builds
      let reader = readers[builds] ?? loader.remainsReader(of: after.reading(builds: builds))
      readers[builds] = reader
      var finding = finding
      finding.outcome = RuleBook.outcomeAtOnce(of: finding, in: reader)
      if finding.outcome == .completed || finding.outcome == .superseded,
        NamedElsewhere.mayBeOpen(finding)
      {
        named = named ?? after.places(of: findings.filter(NamedElsewhere.mayBeOpen))
        if let named, !reader.rows(of: finding, boundAt: named.bindings).isEmpty {
          finding.outcome = .open
        }
      }
      return finding
    }
    return (followed, named)
  }
}

extension [SettingsFile] {
  /// True where every file has a row for each of the references.
  fileprivate func bind(_ names: Set<LogicalName>) -> Bool {
    names.isEmpty || allSatisfy { names.isSubset(of: $0.rows.map(\.reference)) }
  }
}

extension Finding {
  /// The solution, in lower case, where the finding is about a zip of it: its folder does not show what is left
  /// of that.
  var builds: Set<String> {
    let paths = after.compactMap(\.place?.path) + consumers.map(\.place.path)
    let isOfBuild = paths.contains { path in
      path.split(separator: "/").dropLast().contains { $0.lowercased().hasSuffix(".zip") }
    }
    return isOfBuild ? [solution.lowercased()] : []
  }
}

extension SnapshotLoader {
  /// Determines what is left of a finding in a tree. Read errors are reported by the comparison of
  /// that tree.
  mutating func remainsReader(of tree: RevisionTree) -> RemainsReader {
    RemainsReader(
      Snapshot(instances: snapshot(of: tree).0.instances, settings: settings(of: tree).0),
      conventions: configuration.conventions)
  }
}

extension TreeDifference {
  /// The changed files in which only the former problems are. A file that the clone lacks has none: what
  /// it says is not known.
  func corrected(
    _ before: [Problem], _ after: [Problem], in repository: Repository
  ) -> Set<String> {
    let hidden = before.filter { $0.hidesContent && !repository.lacks($0.content) }
    guard !hidden.isEmpty else { return [] }
    return paths.filter { path in
      hidden.contains { $0.isOf(file: path) }
        && !after.contains { $0.hidesContent && $0.isOf(file: path) }
    }
  }
}
