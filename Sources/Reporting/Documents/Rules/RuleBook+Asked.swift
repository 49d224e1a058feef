package import Detection

/// The rules that a command runs: a topic without findings of theirs is in order; of other rules,
/// it is unknown.
extension RuleBook {
  /// All but those that need the answers of an environment.
  package static let askedByCheck = rules.map { $0.id }.filter { !environmentRuleIDs.contains($0) }

  /// Those that need no second revision.
  package static let askedByAudit = stateRules.map { $0.id } + approvalRules.map { $0.id }

  /// Those that judge a change.
  static let askedByHistory = changeRules.map { $0.id }
}
