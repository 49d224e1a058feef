import Solution

/// Flows were moved to another reference of the same connector, and the old one was removed.
enum ReferenceReplaced: ChangeRule {
  static let id = RuleID.referenceReplaced
  static let repair: RepairKind? = .identity

  static func findings(in comparison: Comparison) -> [Finding] {
    let emptied = EmptiedConsumers(comparison)
    return comparison.successions.filter { $0.kind == .replaced }.map { succession in
      let report = SuccessionReport(succession, comparison, emptied)
      return report.finding(
        rule: id, severity: severity(of: succession, report),
        summary: summary(of: succession), consequence: consequence(for: report.words),
        fix: report.listing + fix(for: succession, isKept: !report.keepers.isEmpty))
    }
  }

  private static func severity(of succession: Succession, _ report: SuccessionReport) -> Severity {
    if !report.leftBehind.isEmpty { return .error }
    // What was moved finds the new one nowhere.
    if !report.unlisted.isEmpty, !succession.isUnused { return .error }
    if succession.isReturn { return report.hasStaleRows ? .warning : .note }
    return succession.isUnused && report.rows.isEmpty ? .note : .warning
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofSuccession(finding)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.successionOutcome(of: finding)
  }
}

extension ReferenceReplaced {
  private static func summary(of succession: Succession) -> String {
    let (old, new) = (succession.predecessors.first, succession.successors.first)
    let name = old?.displayName ?? old?.name.spelling ?? ""
    if succession.isReturn { return "'\(name)' was replaced by a reference that existed before" }
    let successor = new?.displayName ?? new?.name.spelling ?? ""
    // Two references with one display name differ in their logical names.
    return name == successor
      ? "'\(old?.name.spelling ?? "")' was replaced by '\(new?.name.spelling ?? "")'"
      : "'\(name)' was replaced by '\(successor)'"
  }

  private static func consequence(for consumers: ConsumerWords) -> String {
    """
    planned or not, an environment that binds only the old name has no connection for the new one: \
    \(consumers.failing()) until it is bound
    """
  }

  /// - Parameter isKept: whether another solution still declares the old one.
  private static func fix(for succession: Succession, isKept: Bool) -> [FixStep] {
    let new = succession.successors.map(\.name.spelling).joined(separator: ", ")
    let old = succession.predecessors.map(\.name.spelling).joined(separator: ", ")
    let binding: FixStep =
      "bind \(new) in every environment's settings file before this is imported"
    // One that an earlier commit removed cannot be kept.
    guard succession.deletedIn == nil, !isKept else { return [binding] }
    return [
      binding, "keep \(old) in the solution until no environment has anything left that uses it",
    ]
  }

  static let documentation = RuleDocumentation(
    title:
      "flows were moved to another reference of the same connector, and the old one was removed",
    severities: [
      .warning, .error("while a consumer still uses the old one"),
      .note("where nothing uses either, or an earlier name is restored"),
    ],
    whatItDoes: """
      Reports a reference that was removed while another one of the same connector took over its \
      flows, and neither the display name nor the logical name says that they are the same. Most \
      are planned renamings. Moving flows to a reference that is older is a clean-up and is not \
      reported. What took the place of a reference that another solution still declares belongs \
      here, whatever it is called: that one was not deleted. An unused reference counts too, if it \
      is the only one of its connector that was removed and exactly one was added.
      """,
    whyItIsBad: """
      A planned renaming breaks an unattended deployment exactly as an accident does: the target \
      has no connection for the new name, and the old one blocks the upgrade while something uses \
      it.
      """,
    fix: [
      "Add a row for the new name to every environment's settings file before the import.",
      "Keep the old reference until no environment has anything left that uses it; remove it in a later release.",
      "If only a better name was wanted: change the display name, and keep the logical name.",
    ],
    knownProblems: """
      git cannot know whether the change was agreed. The earlier commits show which of two \
      references is older; where those are missing (a shallow clone), the rule stays silent.
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
        reports: [.referenceReplaced]),
      RuleExample(
        "flows moved to a reference that existed before",
        before: [
          .reference("sales_Outlook", "Sales Outlook", outlook),
          .reference("new_sharedoffice365_1a2b3", "Office 365 Outlook Sales-1a2b3", outlook),
          .flow("Notify buyer", ["new_sharedoffice365_1a2b3"]),
        ],
        after: [
          .reference("sales_Outlook", "Sales Outlook", outlook),
          .flow("Notify buyer", ["sales_Outlook"]),
        ],
        reports: []),
    ])
}
