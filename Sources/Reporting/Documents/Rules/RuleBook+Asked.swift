package import Detection

/// Which rules a command asks: what none of them tells is in order, what no other tells is not known.
extension RuleBook {
  /// All but those that need the answers of an environment.
  package static let askedByCheck = rules.map { $0.id }.filter { !environmentRuleIDs.contains($0) }

  /// Those that need no second revision.
  package static let askedByAudit = stateRules.map { $0.id } + approvalRules.map { $0.id }

  /// Those that judge a change.
  static let askedByHistory = changeRules.map { $0.id }
}
