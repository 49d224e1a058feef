import Solution

/// Flows moved on to another reference of the connector, and the old one went.
enum ReferenceReplaced: ChangeRule {
  static let id = RuleID.referenceReplaced

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.successions.filter { $0.kind == .replaced }.map { succession in
      SuccessionReport(succession, comparison).finding(
        rule: id, severity: severity(of: succession, in: comparison),
        summary: summary(of: succession), consequence: consequence,
        fix: fix(for: succession))
    }
  }

  private static func severity(of succession: Succession, in comparison: Comparison) -> Severity {
    let isStranded = succession.gone.contains {
      !comparison.stranded(naming: $0.name, leaving: succession.instance).isEmpty
    }
    if succession.isReturn { return isStranded ? .error : .note }
    return succession.isUnused ? .note : .warning
  }
}

extension ReferenceReplaced {
  private static func summary(of succession: Succession) -> String {
    let name = succession.gone.first?.displayName ?? succession.gone.first?.name.spelling ?? ""
    if succession.isReturn { return "'\(name)' gave way to a reference that was there before" }
    let heir = succession.come.first?.displayName ?? succession.come.first?.name.spelling ?? ""
    return "'\(name)' was replaced by '\(heir)'"
  }

  private static let consequence = """
    planned or not, an environment that binds only the old name has no connection for the new one: \
    flows stay off until it is bound
    """

  private static func fix(for succession: Succession) -> [FixStep] {
    let new = succession.come.map(\.name.spelling).joined(separator: ", ")
    let old = succession.gone.map(\.name.spelling).joined(separator: ", ")
    return [
      "bind \(new) in every environment's settings file before this is imported",
      "keep \(old) in the solution until no environment has anything left that names it",
    ]
  }

  static let documentation = RuleDocumentation(
    title: "flows moved to another reference of the same connector, and the old one went",
    severities: "warning; note where nobody names either, or an earlier name comes back",
    whatItDoes: """
      Speaks when a reference went, one of the same connector took over its flows, and neither the \
      display name nor the logical name says that they are the same. Most are planned renamings. \
      Moving flows onto a reference that is older is a clean-up and stays silent. A reference that \
      nobody used, the only one of its connector that went where exactly one came, counts too.
      """,
    whyItIsBad: """
      A planned renaming hurts an unattended deployment exactly as an accident does: the target has \
      no connection for the new name, and the old one blocks the upgrade while something uses it.
      """,
    fix: [
      "Add a row for the new name to every environment's settings file before the import.",
      "Keep the old reference until no environment has anything left that names it; remove it in a later release.",
      "If only a better name was wanted: change the display name, and keep the logical name.",
    ],
    knownProblems: """
      git cannot know whether the change was agreed. Which of two references is older is told from \
      the earlier commits; where those are missing (a shallow clone), the rule stays silent.
      """,
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/6255"],
    examples: [
      RuleExample(
        "a planned renaming",
        before: [
          .reference("sales_OutlookConnection", "Sales Outlook connection", outlook),
          .flow("Notify buyer", ["sales_OutlookConnection"]),
        ],
        after: [
          .reference("sales_Notify_Outlook", "Sales - Notify", outlook),
          .flow("Notify buyer", ["sales_Notify_Outlook"]),
        ],
        speaks: [.referenceReplaced]),
      RuleExample(
        "flows put onto a reference that was there all along",
        before: [
          .reference("sales_Outlook", "Sales Outlook", outlook),
          .reference("new_sharedoffice365_1a2b3", "Office 365 Outlook Sales-1a2b3", outlook),
          .flow("Notify buyer", ["new_sharedoffice365_1a2b3"]),
        ],
        after: [
          .reference("sales_Outlook", "Sales Outlook", outlook),
          .flow("Notify buyer", ["sales_Outlook"]),
        ],
        speaks: []),
    ])
}
