/// A rule: its name and its own documentation. It judges a change, a state, or both.
package protocol Rule: Sendable {
  static var id: RuleID { get }
  /// The text of `connref rules` and `connref explain`; every rule's examples are tests too.
  static var documentation: RuleDocumentation { get }
}

/// A rule about the change between two revisions: a pure function of a comparison.
package protocol ChangeRule: Rule {
  /// How `connref repair` repairs its findings; nil where a patch cannot.
  static var repair: RepairKind? { get }
  static func findings(in comparison: Comparison) -> [Finding]
  /// The part of a finding that a later revision still has, for a history.
  static func remains(of finding: Finding, in later: RemainsReader) -> Remains
  /// The outcome of a finding of which a later revision has nothing left.
  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome
}

/// A rule about a state rather than a change; an audit lists its findings.
package protocol AuditRule: Rule {
  /// Where an audit lists its findings that are more than notes.
  static var section: AuditSection { get }
  static func section(of finding: Finding) -> AuditSection
}

extension AuditRule {
  /// Notes can wait, unless they concern the account that flows run as.
  package static func section(of finding: Finding) -> AuditSection {
    finding.severity == .note && section != .identity ? .tidiness : section
  }
}

/// A rule about one revision by itself: a pure function of a state. `connref audit` reports all its
/// findings, a check those that the change introduces.
package protocol StateRule: AuditRule {
  /// Change rules that report the same already, where they are about the same reference or consumer.
  static var reportedBy: Set<RuleID> { get }
  static func findings(in state: State) -> [Finding]
}

/// Judges an environment's saved answers beside a revision: a pure function of both.
package protocol EnvironmentRule: AuditRule {
  static func findings(in live: LiveState) -> [Finding]
}

/// Judges the list of approvals.
package protocol ApprovalRule: AuditRule {
  static func findings(in use: ApprovalUse) -> [Finding]
}

/// Plain text for `connref explain`, in the words of a Power Platform developer.
package struct RuleDocumentation: Sendable {
  /// One line for `connref rules`.
  package let title: String
  /// The usual one first.
  package let severities: [RuleSeverity]
  package let whatItDoes: String
  package let whyItIsBad: String
  /// The steps of the fix.
  package let fix: [FixStep]
  package let knownProblems: String
  package let sources: [String]
  package let examples: [RuleExample]

  package init(
    title: String, severities: [RuleSeverity], whatItDoes: String, whyItIsBad: String,
    fix: [FixStep],
    knownProblems: String, sources: [String], examples: [RuleExample]
  ) {
    self.title = title
    self.severities = severities
    self.whatItDoes = whatItDoes
    self.whyItIsBad = whyItIsBad
    self.fix = fix
    self.knownProblems = knownProblems
    self.sources = sources
    self.examples = examples
  }
}
