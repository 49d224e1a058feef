/// A rule: its name and its own documentation. It judges a change, a state, or both.
package protocol Rule: Sendable {
  static var id: RuleID { get }
  /// What `connref rules` and `connref explain` say; every rule's examples are tests too.
  static var documentation: RuleDocumentation { get }
}

/// Judges what lies between two revisions: a pure function of a comparison.
package protocol ChangeRule: Rule {
  static func findings(in comparison: Comparison) -> [Finding]
}

/// Judges one revision by itself: a pure function of a state. `connref audit` tells all of it, a check
/// what the change brings.
package protocol StateRule: Rule {
  /// Change rules that have said it already, where they speak of the same reference or consumer.
  static var toldBy: Set<RuleID> { get }
  static func findings(in state: State) -> [Finding]
}

/// Judges the list of approvals.
package protocol ApprovalRule: Rule {
  static func findings(in use: ApprovalUse) -> [Finding]
}

/// Plain text for `connref explain`, in the words of a Power Platform developer.
package struct RuleDocumentation: Sendable {
  /// One line for `connref rules`.
  package let title: String
  /// `error`, or `error; warning without consumers`.
  package let severities: String
  package let whatItDoes: String
  package let whyItIsBad: String
  /// What to do, a step each.
  package let fix: [FixStep]
  package let knownProblems: String
  package let sources: [String]
  package let examples: [RuleExample]

  package init(
    title: String, severities: String, whatItDoes: String, whyItIsBad: String, fix: [FixStep],
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
