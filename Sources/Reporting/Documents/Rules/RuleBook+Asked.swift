package import Detection

/// Which rules a command asks: what none of them tells is in order, what no other tells is not known.
extension RuleBook {
  /// All but those that need the answers of an environment.
  package static let askedByCheck = rules.filter { !($0 is any EnvironmentRule.Type) }.map { $0.id }

  /// Those that need no second revision.
  package static let askedByAudit = rules.filter {
    $0 is any StateRule.Type || $0 is any ApprovalRule.Type
  }.map { $0.id }

  /// Those that judge a change.
  static let askedByHistory = rules.filter { $0 is any ChangeRule.Type }.map { $0.id }
}
