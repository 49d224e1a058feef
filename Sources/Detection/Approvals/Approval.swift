package import Solution

/// An exception that the team has agreed on: an entry of `.connref-accepted.yml`.
package struct Approval: Sendable, Hashable {
  /// Of the finding, twelve hexadecimal digits in lower case.
  package let id: String
  /// Nil where a hand-written entry names none.
  package let rule: RuleID?
  /// The logical names that the finding is about; empty where it is about none, nil where the entry
  /// does not say.
  package let names: Set<LogicalName>?
  /// Those of the names that the change removes; nil where the entry does not say. A name that is restored
  /// in place of its successor has the id that its re-creation had.
  package let removed: Set<LogicalName>?
  package let reason: String
  /// The person who accepted it; nil where the entry does not say.
  package let who: String?
  /// The last day on which it holds; nil for no end.
  package let until: Day?
  /// True for what was there when the team began: such entries only ever become fewer.
  package let isBaseline: Bool
  /// Where it is written.
  package let place: Place

  package init(
    id: String, rule: RuleID?, names: Set<LogicalName>?, removed: Set<LogicalName>? = nil,
    reason: String, who: String? = nil, until: Day? = nil, isBaseline: Bool = false, place: Place
  ) {
    self.id = id
    self.rule = rule
    self.names = names
    self.removed = removed
    self.reason = reason
    self.who = who
    self.until = until
    self.isBaseline = isBaseline
    self.place = place
  }

  /// True for the finding that the entry was written for, whether or not its day is over. An id has 48
  /// bits, so what else the entry says must agree as well.
  package func names(_ finding: Finding) -> Bool {
    guard finding.id == id else { return false }
    if let rule, rule != finding.rule { return false }
    if let names, names != Set((finding.before + finding.after).map(\.name)) { return false }
    return isOfDirection(of: finding)
  }

  /// False where the entry is for a re-creation and the finding is about the return to the old name, or the
  /// other way round. An entry that does not say is for the re-creation.
  fileprivate func isOfDirection(of finding: Finding) -> Bool {
    removed.map { $0 == Set(finding.before.map(\.name)) } ?? !finding.evidence.contains(.returned)
  }

  package func isExpired(on today: Day) -> Bool { until.map { $0 < today } ?? false }
}

/// A finding that an approval lets through.
package struct AcceptedFinding: Sendable, Hashable {
  /// Its outcome is that it was accepted.
  package private(set) var finding: Finding
  package let approval: Approval

  package init(finding: Finding, approval: Approval) {
    self.finding = finding
    self.finding.outcome = .accepted
    self.approval = approval
  }
}

/// Every approval of a revision.
package struct Approvals: Sendable {
  /// In the order of the file.
  package let entries: [Approval]
  private let byID: [String: [Approval]]

  package init(_ entries: [Approval] = []) {
    self.entries = entries
    byID = Dictionary(grouping: entries, by: \.id)
  }

  /// The entry that lets the finding through on this day; nil where none does.
  package func approval(of finding: Finding, on today: Day) -> Approval? {
    approvals(of: finding).first { !$0.isExpired(on: today) }
  }

  /// The entry that let the finding through until its day was over.
  package func expiredApproval(of finding: Finding, on today: Day) -> Approval? {
    approvals(of: finding).first { $0.isExpired(on: today) }
  }

  /// Those of the finding itself, then those of its family: one version may report as removed what the
  /// next reports as re-created, and an approval stays in force.
  private func approvals(of finding: Finding) -> [Approval] {
    (byID[finding.id] ?? []).filter { $0.names(finding) }
      + finding.relatives.flatMap { relative in
        (byID[relative.id] ?? []).filter {
          $0.rule == relative.rule && $0.names == relative.names && $0.isOfDirection(of: finding)
        }
      }
  }

  /// Parts findings from those that are let through; both stay in order. One whose approval is over
  /// says so.
  package func separated(
    _ findings: [Finding], on today: Day
  ) -> (open: [Finding], accepted: [AcceptedFinding]) {
    guard !entries.isEmpty else { return (findings, []) }
    var open: [Finding] = []
    var accepted: [AcceptedFinding] = []
    for finding in findings {
      if let approval = approval(of: finding, on: today) {
        accepted.append(AcceptedFinding(finding: finding, approval: approval))
        continue
      }
      var finding = finding
      if let over = expiredApproval(of: finding, on: today), let until = over.until {
        finding.remarks.append("was accepted until \(until): \(over.reason)")
      }
      open.append(finding)
    }
    return (open, accepted)
  }
}

extension Finding {
  /// What the change removes, where another name takes its place; nil for any other finding.
  package var replacedNames: Set<LogicalName>? {
    [.referenceRecreated, .referenceReplaced].contains(rule) && !after.isEmpty
      ? Set(before.map(\.name)) : nil
  }

  /// How another rule of the family would have reported the same removed reference of the solution.
  fileprivate var relatives: [(id: String, rule: RuleID, names: Set<LogicalName>)] {
    let family: [RuleID] = [.referenceRecreated, .referenceReplaced, .referenceRemoved]
    guard family.contains(rule), !before.isEmpty else { return [] }
    let removed = Set(before.map(\.name))
    let both = removed.union(after.map(\.name))
    return family.filter { $0 != rule }.compactMap { other in
      // Of a removed reference nothing says what would have taken its place.
      if rule == .referenceRemoved { return nil }
      let names = other == .referenceRemoved ? removed : both
      return (id(as: other, about: names), other, names)
    }
  }
}
