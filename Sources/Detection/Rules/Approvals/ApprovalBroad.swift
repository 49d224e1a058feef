/// An approval that says less than it should of what it lets through.
enum ApprovalBroad: ApprovalRule {
  static let id = RuleID.approvalBroad
  static let section = AuditSection.nextImport

  static func findings(in use: ApprovalUse) -> [Finding] {
    use.approvals.entries.filter { $0.rule == nil || $0.names == nil }
      .filter { approval in
        // Where the finding is about no reference there is no name to write down.
        guard approval.rule != nil, let finding = use.found[approval.id] else {
          return approval.rule == nil
        }
        return !(finding.before + finding.after).isEmpty
      }
      .map { approval in
        let missing = approval.rule == nil ? "rule" : "names"
        return Finding(
          id, of: approval, "the approval of \(approval.id) gives no '\(missing)'",
          consequence: "a reviewer cannot see what it accepts, and the id alone is 48 bits",
          fix: [
            .command(
              "connref accept \(approval.id) --reason \"…\"", purpose: "let connref write the entry"
            )
          ])
      }
  }

  static let documentation = RuleDocumentation(
    title: "an approval does not say what it lets through",
    severities: [.warning],
    whatItDoes: """
      Reports each entry of .connref-accepted.yml that gives an id and no rule, or no names where \
      the finding has some.
      """,
    whyItIsBad: "A reviewer of the entry cannot see what is accepted.",
    fix: ["Let connref accept write the entry."],
    knownProblems: "None known.", sources: [], examples: [])
}
