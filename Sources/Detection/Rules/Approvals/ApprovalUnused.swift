/// An approval of what is not found any more.
enum ApprovalUnused: ApprovalRule {
  static let id = RuleID.approvalUnused
  static let section = AuditSection.nextImport

  static func findings(in use: ApprovalUse) -> [Finding] {
    use.approvals.entries.filter { approval in
      guard let rule = approval.rule, use.judged.contains(rule),
        !approval.isExpired(on: use.today)
      else { return false }
      return use.found[approval.id].map { !approval.names($0) } ?? true
    }.map { approval in
      Finding(
        id, of: approval,
        "the approval of \(approval.id), \(approval.rule?.rawValue ?? ""), lets nothing through",
        consequence:
          "the list says that something is wrong which is not, and would hide it if it came back",
        fix: [.command("connref accept --prune")])
    }
  }

  static let documentation = RuleDocumentation(
    title: "an approval of what is not found any more",
    severities: [.warning],
    whatItDoes: """
      Speaks for each entry of .connref-accepted.yml whose finding an audit of the revision does not \
      make. Approvals of changes are not judged by an audit: connref accept --list looks for those in \
      branches and in the history.
      """,
    whyItIsBad: "A list that only grows is not read any more.",
    fix: [.command("connref accept --prune")],
    knownProblems: "None known.", sources: [], examples: [])
}
