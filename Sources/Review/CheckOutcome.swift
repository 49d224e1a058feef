package import Detection
package import Solution

/// What a check found.
package struct CheckOutcome: Sendable {
  package enum Side: Hashable, Sendable {
    case revision(String)
    case staged
    case worktree
  }

  package struct JudgedProblem: Hashable, Sendable {
    package let problem: Problem
    /// True where the answer may be another one without it: the run could not tell.
    package let matters: Bool
  }

  package let before: Side
  package let after: Side
  package var findings: [Finding]
  /// Findings that the team lets through.
  package var accepted: [AcceptedFinding] = []
  package var problems: [JudgedProblem]
  /// False when no file of a solution differs between the two sides.
  package let isChanged: Bool
  /// On the side `after`.
  package let solutions: Int
  package let references: Int
  package let consumers: Int

  /// Only the findings that stand against the other side of a merge too, compared by what they
  /// concern: one broken link is `reference-removed` against one side and `link-lost` against the
  /// other.
  func keeping(whatIsNewAgainst other: CheckOutcome) -> CheckOutcome {
    let subjects = other.findings.reduce(into: Set<String>()) { $0.formUnion($1.subjects) }
    var outcome = self
    outcome.findings = findings.filter { !$0.subjects.isDisjoint(with: subjects) }
    for problem in other.problems where !outcome.problems.contains(problem) {
      outcome.problems.append(problem)
    }
    return outcome
  }
}

extension Finding {
  /// What a finding concerns, whatever its rule: the references that went or are not found, else
  /// those that came, else the consumers, else what it says itself.
  var subjects: Set<String> {
    if !before.isEmpty { return Set(before.map(\.name.key)) }
    if !after.isEmpty { return Set(after.map(\.name.key)) }
    if !consumers.isEmpty { return Set(consumers.map(\.id)) }
    return [id]
  }
}
