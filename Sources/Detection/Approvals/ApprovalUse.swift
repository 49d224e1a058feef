import Platform
package import Solution

/// The approvals of a revision, and what they were needed for today.
package struct ApprovalUse: Sendable {
  package let approvals: Approvals
  /// All findings, accepted or not, by id.
  package let found: [String: Finding]
  /// The rules whose findings are all in `found`. A finding of any other rule may exist without
  /// being there.
  package let judged: Set<RuleID>
  package let today: Day
  /// The plans in `.connref.yml`.
  package let intent: DeclaredIntent
  /// Every name that the revision declares, uses or binds; nil where a file could not be read.
  package let namesAtHand: Set<LogicalName>?

  package init(
    approvals: Approvals, found: [Finding], judged: Set<RuleID>, today: Day,
    intent: DeclaredIntent = DeclaredIntent(), namesAtHand: Set<LogicalName>? = nil
  ) {
    self.approvals = approvals
    self.intent = intent
    self.namesAtHand = namesAtHand
    self.found = found.keyed(by: \.id)
    self.judged = judged
    self.today = today
  }
}

extension Finding {
  /// The findings about one entry of the list of approvals.
  init(
    _ rule: RuleID, of approval: Approval, _ summary: String, consequence: String,
    fix: [FixStep]
  ) {
    self.init(
      rule: rule, severity: .warning, confidence: .certain, solution: "", summary: summary,
      remarks: ["the reason given is: \(approval.reason)"], consequence: consequence,
      fix: fix, discriminator: approval.id, focus: approval.place)
  }

  /// The findings about one planned re-creation.
  init(
    _ rule: RuleID, of move: DeclaredIntent.Move, _ summary: String, consequence: String,
    fix: [FixStep]
  ) {
    self.init(
      rule: rule, severity: .warning, confidence: .certain, solution: "", summary: summary,
      remarks: move.reason.map { ["the reason given is: \($0)"] } ?? [], consequence: consequence,
      fix: fix, discriminator: "moved \(move.from.key) \(move.to.key)", focus: move.place)
  }
}
