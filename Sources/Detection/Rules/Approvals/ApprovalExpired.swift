import Solution

/// An approval that has expired.
enum ApprovalExpired: ApprovalRule {
  static let id = RuleID.approvalExpired
  static let section = AuditSection.nextImport

  static func findings(in use: ApprovalUse) -> [Finding] {
    approvals(in: use) + plans(in: use)
  }

  /// Planned re-creations that were not made in time, or that have expired and are still written down.
  private static func plans(in use: ApprovalUse) -> [Finding] {
    use.intent.moved.compactMap { move in
      guard let until = move.until, until < use.today else { return nil }
      return Finding(
        id, of: move,
        "the planned move of \(move.from.spelling) to \(move.to.spelling) expired on \(until)",
        consequence: "the re-creation that was planned is reported in full",
        fix: ["give the entry in .connref.yml another day, or remove it"])
    }
  }

  private static func approvals(in use: ApprovalUse) -> [Finding] {
    use.approvals.entries.filter { $0.isExpired(on: use.today) }.map { approval in
      Finding(
        id, of: approval,
        "the approval of \(approval.id) expired on \(approval.until?.description ?? "")",
        consequence: "what it accepted is reported again, and stops the next commit that brings it",
        fix: [
          .command(
            "connref accept \(approval.id) --reason \"…\" --until DATE",
            purpose: "fix what it let through, or give it another day"),
          .command("connref accept --prune", purpose: "remove all that have expired"),
        ])
    }
  }

  static let documentation = RuleDocumentation(
    title: "an approval has expired",
    severities: [.warning],
    whatItDoes: """
      Reports each entry of .connref-accepted.yml, and of moved in .connref.yml, whose until lies \
      in the past.
      """,
    whyItIsBad: "An exception that was meant to end is still in place.",
    fix: [
      "Fix the finding, or accept it again with another day.",
      "connref accept --prune removes what has expired.",
    ],
    knownProblems: "Days are those of Greenwich.", sources: [], examples: [])
}
