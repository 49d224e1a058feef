package import Detection
package import Solution

/// What a run found, ready to be written down in any format.
package struct Report: Sendable {
  /// One of the two snapshots, as the reader of a report knows it.
  package enum Side: Hashable, Sendable {
    /// As the user names it: `HEAD`, `main`, a shortened commit id.
    case revision(String)
    case staged
    case worktree
  }

  /// How much was looked at.
  package struct Scope: Hashable, Sendable {
    package enum Extent: Hashable, Sendable {
      case revisions(Int)
      case commits(Int)
    }

    package let extent: Extent
    package let solutions: Int
    package let references: Int
    package let consumers: Int
    /// Files that hold something unknown.
    package let unreadable: Int

    package init(
      extent: Extent, solutions: Int, references: Int, consumers: Int, unreadable: Int = 0
    ) {
      self.extent = extent
      self.solutions = solutions
      self.references = references
      self.consumers = consumers
      self.unreadable = unreadable
    }
  }

  /// A problem, and whether the run can tell all the same.
  package struct ReportedProblem: Hashable, Sendable {
    package let problem: Problem
    /// True where the answer may be another one without the problem: the run could not tell.
    package let matters: Bool
    /// The commit whose file it is, in hexadecimal; nil where a run looks at one pair of revisions.
    package let commit: String?

    package init(_ problem: Problem, matters: Bool, commit: String? = nil) {
      self.problem = problem
      self.matters = matters
      self.commit = commit
    }
  }

  /// The subcommand: `check`.
  package let command: String
  package let before: Side
  package let after: Side
  package let scope: Scope
  /// In the order in which they are told.
  package let findings: [Finding]
  /// What would be findings too, had nobody approved them; in the order in which they are told.
  package let accepted: [AcceptedFinding]
  package let problems: [ReportedProblem]
  /// The rules that were asked: what none of them tells is in order.
  package let rules: [RuleID]

  package init(
    command: String, before: Side, after: Side, scope: Scope, findings: [Finding],
    accepted: [AcceptedFinding] = [], problems: [ReportedProblem] = [],
    rules: [RuleID] = RuleBook.askedByCheck
  ) {
    self.command = command
    self.before = before
    self.after = after
    self.scope = scope
    self.findings = findings
    self.accepted = accepted
    self.problems = problems
    self.rules = rules
  }
}
