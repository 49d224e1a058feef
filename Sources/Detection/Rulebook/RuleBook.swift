package import Solution

/// Every rule, and the order in which their findings are reported.
package enum RuleBook {
  /// In the order of `RuleID`: the more specific first.
  package static let changeRules: [any ChangeRule.Type] = [
    ReferenceRecreated.self,
    ReferenceReplaced.self,
    ReferenceRemoved.self,
    LinkLost.self,
    LinkUnshipped.self,
    LinkMismatched.self,
    ReferencesWiped.self,
    ConnectorChanged.self,
    ConnectorLost.self,
    ReferenceRecased.self,
    ConnectionEmbedded.self,
    SettingsStale.self,
    SettingsMissing.self,
    OwnerChanged.self,
    ReferenceLocked.self,
    FlowCallerBroken.self,
  ]

  /// In the same order. Some of them judge changes too.
  package static let stateRules: [any StateRule.Type] = [
    LinkMismatched.self,
    ConnectorLost.self,
    ReferenceRecased.self,
    ConnectionEmbedded.self,
    LinkUnresolved.self,
    FlowUnbound.self,
    FlowCallerBroken.self,
    FlowDuplicated.self,
    ReferenceConflicting.self,
    DeclarationIncomplete.self,
    SettingsIncomplete.self,
    PublisherDefault.self,
    NameOffConvention.self,
    OwnerPersonal.self,
    ReferenceOvershared.self,
    ReferenceDuplicated.self,
    ReferenceUnused.self,
    SettingsUnused.self,
  ]

  package static let environmentRules: [any EnvironmentRule.Type] = [
    EnvironmentUnbound.self,
    EnvironmentOrphaned.self,
    EnvironmentBroken.self,
    EnvironmentLacks.self,
    EnvironmentFlowOff.self,
    EnvironmentRecreated.self,
    EnvironmentOwnerDisabled.self,
    EnvironmentOwnerPersonal.self,
    EnvironmentOwnerDiffers.self,
    EnvironmentOvershared.self,
    EnvironmentDrift.self,
  ]

  package static let approvalRules: [any ApprovalRule.Type] = [
    ApprovalExpired.self,
    ApprovalUnused.self,
    ApprovalBroad.self,
  ]

  /// Each once, in the order of `RuleID`.
  package static let rules: [any Rule.Type] = {
    let all: [any Rule.Type] = changeRules + stateRules + environmentRules + approvalRules
    return RuleID.allCases.compactMap { id in all.first { $0.id == id } }
  }()

  package static func rule(_ id: RuleID) -> (any Rule.Type)? { rules.first { $0.id == id } }

  /// The findings of all change rules in a comparison: errors first, then by rule, solution and
  /// place. Equal findings of twin instances are one.
  package static func findings(in comparison: Comparison) -> [Finding] {
    let found = changeRules.flatMap { $0.findings(in: comparison) }
    return joined(comparison.dating(found))
  }

  /// The findings of all state rules in a revision, in the same order.
  package static func findings(in state: State) -> [Finding] {
    joined(stateRules.flatMap { $0.findings(in: state) })
  }

  /// The same, with those of all environment rules where the content of an environment is known.
  package static func findings(
    in state: State, beside environment: LiveEnvironment?
  ) -> [Finding] {
    let found = findings(in: state)
    guard let environment else { return found }
    return found + findings(in: LiveState(environment, beside: state))
  }

  /// The rules that an audit runs on the files.
  package static let stateRuleIDs = Set(stateRules.map { $0.id })

  /// The rules that an audit runs on an environment's saved answers.
  package static let environmentRuleIDs = Set(environmentRules.map { $0.id })

  /// The findings about the approvals themselves, in the same order.
  package static func findings(in use: ApprovalUse) -> [Finding] {
    joined(approvalRules.flatMap { $0.findings(in: use) })
  }

  /// The findings of all environment rules in an environment and a revision, in the same order.
  package static func findings(in live: LiveState) -> [Finding] {
    joined(environmentRules.flatMap { $0.findings(in: live) })
  }

  /// How a patch repairs findings of a rule; nil where it cannot.
  package static func repair(of id: RuleID) -> RepairKind? {
    changeRules.first { $0.id == id }?.repair
  }

  /// The part of a finding that a later revision still has; nothing of a mere state of one moment.
  package static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    changeRules.first { $0.id == finding.rule }?.remains(of: finding, in: later) ?? Remains()
  }

  /// The outcome of a finding, as far as a later revision shows it.
  package static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    guard remains(of: finding, in: later).isEmpty else { return .open }
    return changeRules.first { $0.id == finding.rule }?.outcome(of: finding, in: later)
      ?? .reverted
  }

  /// The outcome of a finding in the revision that introduces it: `open` or `completed`, mostly.
  /// Nil where nothing of it can remain.
  package static func outcomeAtOnce(of finding: Finding, in revision: RemainsReader) -> Outcome? {
    guard follows(finding) else { return nil }
    let outcome = outcome(of: finding, in: revision)
    // Nothing is back in the revision that removed it: it never was away.
    return outcome == .reverted ? nil : outcome
  }

  /// True for a finding of which something can remain in later revisions.
  package static func follows(_ finding: Finding) -> Bool {
    changeRules.contains { $0.id == finding.rule }
  }

  /// Where an audit lists a finding.
  package static func section(of finding: Finding) -> AuditSection {
    let rule: (any AuditRule.Type)? =
      stateRules.first { $0.id == finding.rule }
      ?? environmentRules.first { $0.id == finding.rule }
      ?? approvalRules.first { $0.id == finding.rule }
    return rule?.section(of: finding) ?? .nextImport
  }

  /// The findings of state rules on the side `after` that the side `before` does not have, without
  /// those that `reported`, the findings of the change rules, report already.
  ///
  /// Both states hold the same selection of consumers. A fact that was true before in another
  /// solution is not new: a moved reference has no findings.
  ///
  /// - Parameter rules: the rules to ask; all where nil.
  package static func findings(
    introducedBetween before: State, and after: State, excluding reported: [Finding],
    asking rules: Set<RuleID>? = nil
  ) -> [Finding] {
    let reported = ReportedFindings(reported)
    let asked = stateRules.filter { rules?.contains($0.id) ?? true }
    let introduced = asked.flatMap { rule in
      let found = rule.findings(in: after)
      // Most changes introduce none, and then no look back is needed.
      guard !found.isEmpty else { return [Finding]() }
      let known = rule.findings(in: before).reduce(into: Set<String>()) { $0.formUnion($1.facts) }
      return found.filter { finding in
        !finding.facts.isSubset(of: known) && !reported.cover(finding, by: rule.reportedBy)
      }
    }
    return joined(introduced)
  }

  /// Findings of several passes in one order.
  package static func joined(_ findings: [Finding]) -> [Finding] {
    var byID: [String: Finding] = [:]
    for finding in findings {
      let id = finding.id
      byID[id] = byID[id]?.joined(with: finding) ?? finding
    }
    return Finding.inOrder(joinedAcrossSolutions(Array(byID.values)))
  }
}

extension RuleBook {
  /// The same findings, where those of several solutions are one: what happened to one reference or one link
  /// happened to all of them that had it.
  private static func joinedAcrossSolutions(_ findings: [Finding]) -> [Finding] {
    var joined: [Finding] = []
    var positions: [SharedEvent: Int] = [:]
    for finding in findings.sorted(by: { $0.solution < $1.solution }) {
      let event = SharedEvent(finding)
      if let event, let position = positions[event] {
        joined[position] = joined[position].sharing(finding)
      } else {
        if let event { positions[event] = joined.count }
        joined.append(finding)
      }
    }
    return joined
  }
}

/// What findings of several solutions about one event have in common. A reference is one object, in however
/// many solutions it is; a link is in one file, which solutions of one root share.
private struct SharedEvent: Hashable {
  private let rule: RuleID
  private let before: [LogicalName]
  private let after: [LogicalName]
  private let discriminator: String
  private let place: Place?

  /// Nil for a finding of a rule that is not about references and links.
  init?(_ finding: Finding) {
    switch RuleBook.repair(of: finding.rule) {
    case .identity, .declaration: place = nil
    case .link: place = finding.place
    default: return nil
    }
    rule = finding.rule
    before = finding.before.map(\.name)
    after = finding.after.map(\.name)
    discriminator = finding.discriminator
  }
}

extension RuleID {
  /// True where a finding's `after` is an environment and not a revision.
  package var isOfEnvironment: Bool { RuleBook.environmentRuleIDs.contains(self) }
}

extension Finding {
  /// Two findings with one id are one: the more severe one is kept, and takes over what the other lists.
  func joined(with other: Finding) -> Finding {
    var (kept, dropped) = severity >= other.severity ? (self, other) : (other, self)
    if severity == other.severity {
      // Of a folder and a build of it, the folder is what a patch repairs.
      let isLater =
        (repair == nil) == (other.repair == nil)
        ? place.flatMap { left in other.place.map { $0 < left } } ?? false : repair == nil
      if isLater { (kept, dropped) = (dropped, kept) }
    }
    kept.consumers += dropped.consumers.filter { !kept.consumers.contains($0) }
    kept.rows += dropped.rows.filter { !kept.rows.contains($0) }
    kept.remarks += dropped.remarks.filter { !kept.remarks.contains($0) }
    if let path = dropped.place?.path, path != kept.place?.path {
      kept.remarks.append("the same in \(path)")
    }
    return kept
  }

  /// The finding with what the same finding of another solution adds. Its id stays, whichever of the two
  /// is more severe.
  fileprivate func sharing(_ other: Finding) -> Finding {
    var kept = self
    kept.severity = max(severity, other.severity)
    kept.confidence = severity >= other.severity ? confidence : other.confidence
    kept.summary = severity >= other.severity ? summary : other.summary
    kept.repair = repair ?? other.repair
    kept.consumers += other.consumers.filter { !kept.consumers.contains($0) }
    kept.rows += other.rows.filter { !kept.rows.contains($0) }
    kept.remarks += other.remarks.filter { !kept.remarks.contains($0) }
    kept.fix += other.fix.filter { !kept.fix.contains($0) }
    if let path = other.place?.path, path != place?.path {
      kept.remarks.append("the same in \(path)")
    }
    return kept
  }

  /// The facts it states, row by row where it has rows, for any solution.
  fileprivate var facts: Set<String> {
    let names = (before + after).map(\.name.key).sorted().joined(separator: " ")
    guard !rows.isEmpty else {
      return ["\(rule.rawValue)\n\(names)\n\(discriminator.lowercased())"]
    }
    return Set(
      rows.map { row in
        "\(rule.rawValue)\n\(row.reference.key)\n\(row.state.rawValue)\n\(row.place.path)"
      })
  }

  /// Findings in the order of a report. What decides it is made once for each: thousands may be at one
  /// place, and a finding is large to move.
  package static func inOrder(_ findings: [Finding]) -> [Finding] {
    findings.indices.map { FindingOrder(findings[$0], position: $0) }.sorted()
      .map { findings[$0.position] }
  }

  /// The order of a report.
  package static func precedes(_ one: Finding, _ other: Finding) -> Bool {
    FindingOrder(one) < FindingOrder(other)
  }
}

/// The place of a finding in a report: errors first, then by rule, solution and place.
private struct FindingOrder: Comparable {
  private let severity: Severity
  private let rule: Int
  private let solution: String
  private let place: Place
  /// Decides between findings at one place.
  private let id: String
  /// In the list that is sorted.
  let position: Int

  init(_ finding: Finding, position: Int = 0) {
    severity = finding.severity
    rule = RuleID.allCases.firstIndex(of: finding.rule) ?? 0
    solution = finding.solution
    place = finding.place ?? Place(path: "", line: 0)
    id = finding.id
    self.position = position
  }

  static func < (left: FindingOrder, right: FindingOrder) -> Bool {
    if left.severity != right.severity { return left.severity > right.severity }
    if left.rule != right.rule { return left.rule < right.rule }
    if left.solution != right.solution { return left.solution < right.solution }
    return left.place == right.place ? left.id < right.id : left.place < right.place
  }
}

/// Findings of change rules, by their references and consumers.
private struct ReportedFindings {
  private let findings: [Finding]
  /// The paths of the rows of each.
  private let paths: [Set<String>]
  private var byName: [LogicalName: [Int]] = [:]
  private var byConsumer: [String: [Int]] = [:]

  init(_ findings: [Finding]) {
    self.findings = findings
    paths = findings.map { Set($0.rows.map(\.place.path)) }
    for (number, finding) in findings.enumerated() {
      for name in Set((finding.before + finding.after).map(\.name)) {
        byName[name, default: []].append(number)
      }
      for id in Set(finding.consumers.map(\.id)) { byConsumer[id, default: []].append(number) }
    }
  }

  /// True when one of these rules reports a reference or a consumer that `other` is about; where
  /// both have rows, in the same file too.
  func cover(_ other: Finding, by rules: Set<RuleID>) -> Bool {
    func covers(_ number: Int) -> Bool {
      guard rules.contains(findings[number].rule) else { return false }
      return paths[number].isEmpty || other.rows.isEmpty
        || other.rows.contains { paths[number].contains($0.place.path) }
    }
    return (other.before + other.after).contains {
      byName[$0.name]?.contains(where: covers) ?? false
    }
      || other.consumers.contains { byConsumer[$0.id]?.contains(where: covers) ?? false }
  }
}
