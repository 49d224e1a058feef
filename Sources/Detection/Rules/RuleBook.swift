import Solution

/// Every rule, and the order in which their findings are told.
package enum RuleBook {
  /// In the order of `RuleID`: what says more stands first.
  package static let rules: [any Rule.Type] = [
    ReferenceRecreated.self,
    ReferenceReplaced.self,
    ReferenceRemoved.self,
    LinkLost.self,
    ReferencesWiped.self,
    ConnectorChanged.self,
    ReferenceRecased.self,
    ConnectionEmbedded.self,
    SettingsStale.self,
    SettingsMissing.self,
  ]

  package static func rule(_ id: RuleID) -> (any Rule.Type)? { rules.first { $0.id == id } }

  /// What all rules say of a comparison: errors first, then by rule, solution and place. Equal
  /// findings of twin instances are one.
  package static func findings(in comparison: Comparison) -> [Finding] {
    var byID: [String: Finding] = [:]
    for finding in rules.flatMap({ $0.findings(in: comparison) }) {
      guard let known = byID[finding.id] else {
        byID[finding.id] = finding
        continue
      }
      byID[finding.id] = known.joined(with: finding)
    }
    return byID.values.sorted(by: Finding.precedes)
  }
}

extension Finding {
  /// Two findings with one id are one: the graver stands, with what the other saw beside.
  func joined(with other: Finding) -> Finding {
    var (kept, dropped) = severity >= other.severity ? (self, other) : (other, self)
    if severity == other.severity, let left = place, let right = other.place, right < left {
      (kept, dropped) = (dropped, kept)
    }
    kept.consumers += dropped.consumers.filter { !kept.consumers.contains($0) }
    kept.rows += dropped.rows.filter { !kept.rows.contains($0) }
    kept.remarks += dropped.remarks.filter { !kept.remarks.contains($0) }
    if let path = dropped.place?.path, path != kept.place?.path {
      kept.remarks.append("the same in \(path)")
    }
    return kept
  }

  /// The order of a report.
  package static func precedes(_ one: Finding, _ other: Finding) -> Bool {
    if one.severity != other.severity { return one.severity > other.severity }
    let order = RuleID.allCases
    let left = order.firstIndex(of: one.rule) ?? 0
    let right = order.firstIndex(of: other.rule) ?? 0
    if left != right { return left < right }
    if one.solution != other.solution { return one.solution < other.solution }
    let here = one.place ?? Place(path: "", line: 0)
    let there = other.place ?? Place(path: "", line: 0)
    if here != there { return here < there }
    return one.id < other.id
  }
}
