import Solution

/// An approval that matches no finding any more.
enum ApprovalUnused: ApprovalRule {
  static let id = RuleID.approvalUnused
  static let section = AuditSection.nextImport

  static func findings(in use: ApprovalUse) -> [Finding] {
    approvals(in: use) + plans(in: use)
  }

  /// Entries of `moved` and `retired` whose old name nothing declares, uses or binds any more.
  private static func plans(in use: ApprovalUse) -> [Finding] {
    guard let names = use.namesAtHand else { return [] }
    let moves = use.intent.moved.filter {
      !names.contains($0.from) && !($0.until.map { $0 < use.today } ?? false)
    }.map { move in
      Finding(
        id, of: move,
        "the plan to move \(move.from.spelling) to \(move.to.spelling) is no longer needed",
        consequence: planConsequence, fix: planFix)
    }
    let retirements = use.intent.retired.filter { !names.contains($0.name) }.map { retirement in
      Finding(
        rule: id, severity: .warning, confidence: .certain, solution: "",
        summary: "the plan to remove \(retirement.name.spelling) is no longer needed",
        consequence: planConsequence, fix: planFix,
        discriminator: "retired \(retirement.name.key)", focus: retirement.place)
    }
    return moves + retirements
  }

  private static let planConsequence =
    "nothing declares, uses or binds the old name: the entry would hide its next removal"

  private static let planFix: [FixStep] = ["remove the entry from .connref.yml"]

  private static func approvals(in use: ApprovalUse) -> [Finding] {
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
          "the list accepts a finding that does not exist, and would hide it if it returned",
        fix: [.command("connref accept --prune")])
    }
  }

  static let documentation = RuleDocumentation(
    title: "an approval that matches no finding any more",
    severities: [.warning],
    whatItDoes: """
      Reports each entry of .connref-accepted.yml whose finding an audit of the revision does not \
      have. An audit does not check approvals of changes: connref accept --list looks for those in \
      branches and in the history. An entry of moved or retired in .connref.yml is reported once \
      nothing declares, uses or binds the old name.
      """,
    whyItIsBad: "A list that only grows is not read any more.",
    fix: [.command("connref accept --prune")],
    knownProblems: "None known.", sources: [], examples: [])
}
