package import Detection
package import Git
package import Solution

/// The result of a check.
package struct CheckOutcome: Sendable {
  package struct JudgedProblem: Hashable, Sendable {
    package let problem: Problem
    /// True where the result may be another one without it: the run ends with 2.
    package let matters: Bool

    init(_ problem: Problem, matters: Bool) {
      self.problem = problem
      self.matters = matters
    }

    /// One that matters where it hides something.
    init(_ problem: Problem) { self.init(problem, matters: problem.hidesContent) }
  }

  package let before: Side
  package let after: Side
  package var findings: [Finding]
  /// Findings that the team lets through.
  package var accepted: [AcceptedFinding] = []
  package var problems: [JudgedProblem]
  /// Where files of the side `after` name what the findings removed; nil where that was not looked for.
  var named: NamedElsewhere.Places?
  /// The paths of removed files that may have been settings files, in order of folders.
  var removedSettings: [String] = []
  /// False when no file of a solution differs between the two sides.
  package internal(set) var isChanged: Bool
  /// Findings that the main branch has already and this change only takes over: notes.
  package var onMainBranch: [FindingOnMainBranch] = []
  /// The commits of both sides; of what is not committed, the one that is checked out. Nil for none.
  package internal(set) var commits: (before: ObjectID?, after: ObjectID?) = (nil, nil)
  /// The branch that `before` is the merge base with, as the user names it; nil for another comparison.
  package internal(set) var base: String?
  /// git's ids of both sides, where they are zips without git.
  package internal(set) var blobs: (before: ObjectID?, after: ObjectID?) = (nil, nil)
  /// Nil where nothing was judged.
  package internal(set) var policy: PolicySource?
  /// On the side `after`.
  package let scope: Scope

  /// True where a file that says by which rules to judge is not what it should be.
  package var hasPolicyProblem: Bool {
    problems.contains { PolicyFiles.names.contains($0.problem.path) }
  }

  /// The findings that a patch can fix: those worth more than a note, and moves that are to be finished. What
  /// only a merge has can be fixed after it.
  package var repairable: [Finding] {
    findings.filter {
      $0.repair != nil && ($0.severity > .note || $0.repair == .forward) && $0.onceMerged == nil
    }
  }

  /// True where something is worth more than a note.
  var hasWarnings: Bool {
    findings.contains { $0.severity > .note } || problems.contains(where: \.matters)
  }

  /// The same outcome, where findings and problems that the main branch has as well are notes.
  ///
  /// - Parameters:
  ///   - onMain: the events on the main branch since the two branches diverged.
  ///   - beyondMain: how the result differs from the tip of the main branch. A flow of this branch that
  ///     uses what the main branch removed is broken by the merge, and by nothing else.
  ///   - branch: the main branch, as users write it.
  func noting(
    whatMainHas onMain: CheckOutcome, andNot beyondMain: CheckOutcome, branch: String
  ) -> CheckOutcome {
    let beyond = beyondMain.findings.filter { $0.severity > .note }
      .reduce(into: Set<String>()) { $0.formUnion($1.subjects) }
    var outcome = self
    outcome.findings = findings.map { finding in
      let events = onMain.findings.filter { finding.isSameEvent($0) }
      guard finding.severity > .note, !events.isEmpty else { return finding }
      guard beyond.isDisjoint(with: finding.subjects),
        finding.losses.isSubset(of: events.reduce(into: []) { $0.formUnion($1.losses) })
      else { return finding.finishing(whatBranchBegan: branch) }
      outcome.onMainBranch.append(FindingOnMainBranch(finding: finding, branch: branch))
      var finding = finding
      finding.severity = .note
      finding.remarks.append("'\(branch)' has it already: this change only takes it over")
      return finding
    }
    let mattering = Set(beyondMain.problems.filter(\.matters).map(\.problem))
    outcome.problems = problems.map { judged in
      // It is the same file there, and what this branch adds does not need it.
      let isOnMain =
        !mattering.contains(judged.problem)
        && onMain.problems.contains { $0.problem == judged.problem }
      return isOnMain ? JudgedProblem(judged.problem, matters: false) : judged
    }
    return outcome
  }
}

/// A finding of what the main branch has already.
package struct FindingOnMainBranch: Sendable {
  /// With the severity that it has there.
  package let finding: Finding
  /// As people write it: `main`, `origin/main`.
  package let branch: String
}

extension Finding {
  /// The same finding where the main branch has the change, and this one adds what it leaves behind: to
  /// take it back would undo what the main branch did.
  fileprivate func finishing(whatBranchBegan branch: String) -> Finding {
    guard [.referenceRecreated, .referenceReplaced].contains(rule), repair != nil else {
      return self
    }
    var finding = self
    finding.remarks.insert(
      "'\(branch)' has the change already: what is new is what still uses or binds the old name",
      at: 0)
    finding.repair = .forward
    return finding
  }

  /// What the event breaks: consumers by their ids, and rows by their files.
  fileprivate var losses: Set<String> {
    Set(
      consumers.filter { $0.state != .moved }.map { "consumer \($0.id)" }
        + rows.map { "\($0.state.rawValue) \($0.reference.key) \($0.place.path)" })
  }

  /// The subjects of a finding of any rule: the references that were removed or are not found, else
  /// the added ones, else the consumers, else its own text.
  var subjects: Set<String> {
    if !before.isEmpty { return Set(before.map(\.name.key)) }
    if !after.isEmpty { return Set(after.map(\.name.key)) }
    if !consumers.isEmpty { return Set(consumers.map(\.id)) }
    return [id]
  }

  /// True where another comparison found the same event; the consumers may be others.
  fileprivate func isSameEvent(_ other: Finding) -> Bool {
    if id == other.id { return true }
    guard !before.isEmpty, rule == other.rule, solution == other.solution else { return false }
    let successors = Set(other.after.map(\.name))
    return Set(before.map(\.name)) == Set(other.before.map(\.name))
      && Set(after.map(\.name)).isSubset(of: successors)
  }
}
