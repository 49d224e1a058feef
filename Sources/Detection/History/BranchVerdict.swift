/// The findings of a whole branch, compared with the main branch.
package struct BranchVerdict: Sendable {
  /// One finding, and since when the branch has it.
  package struct DatedFinding: Sendable {
    package let finding: Finding
    /// The first commit of the branch that has the finding; nil where that is not known.
    package let since: Moment?

    package init(finding: Finding, since: Moment?) {
      self.finding = finding
      self.since = since
    }
  }

  package enum State: Sendable, Equatable {
    /// The branch that the others are compared with, and nothing is open at its tip.
    case main
    /// Nothing of it is wrong; it may be merged already.
    case clean
    /// Findings, none of them an error.
    case warned
    /// At least one error.
    case flagged
    /// The state is unknown, with the reason.
    case unknown(String)
  }

  /// In full: `refs/heads/topic`.
  package let name: String
  /// As people write it: `topic`, `origin/topic`.
  package let shortName: String
  /// 40 hexadecimal digits.
  package let tip: String
  package var state: State
  /// Whether it is the branch that the others are compared with.
  package let isMain: Bool
  /// A line to show with the state; nil mostly.
  package let remark: String?
  /// Where it left the main branch; nil where nothing was compared.
  package let mergeBase: Moment?
  /// Errors first. Of the main branch also what was completed there: it is not open, and the new names
  /// have to be bound in every environment.
  package let findings: [DatedFinding]
  /// The findings that decide the state: all, but not what the main branch has completed.
  package var open: [DatedFinding] {
    isMain ? findings.filter { $0.finding.outcome != .completed } : findings
  }
  /// The findings of the main branch that are completed there.
  package var completed: [DatedFinding] {
    isMain ? findings.filter { $0.finding.outcome == .completed } : []
  }

  package init(
    name: String, shortName: String, tip: String, state: State, isMain: Bool = false,
    remark: String? = nil, mergeBase: Moment? = nil, findings: [DatedFinding] = []
  ) {
    self.name = name
    self.shortName = shortName
    self.tip = tip
    self.state = state
    self.isMain = isMain || state == .main
    self.remark = remark
    self.mergeBase = mergeBase
    self.findings = findings
  }
}
