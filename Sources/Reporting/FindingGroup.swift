import Detection

/// Findings that say the same of several references or consumers, told in one breath.
struct FindingGroup {
  /// At least one; all of one rule, severity, solution and theme.
  private(set) var findings: [Finding]

  /// In the order of their first findings. What has no theme stands alone.
  static func groups(of findings: [Finding]) -> [FindingGroup] {
    var groups: [FindingGroup] = []
    var positions: [Key: Int] = [:]
    for finding in findings {
      guard let key = Key(finding) else {
        groups.append(FindingGroup(findings: [finding]))
        continue
      }
      if let position = positions[key] {
        groups[position].findings.append(finding)
      } else {
        positions[key] = groups.count
        groups.append(FindingGroup(findings: [finding]))
      }
    }
    return groups
  }

  private struct Key: Hashable {
    let rule: RuleID
    let severity: Severity
    let solution: String
    let theme: Theme

    init?(_ finding: Finding) {
      guard let theme = finding.theme else { return nil }
      rule = finding.rule
      severity = finding.severity
      solution = finding.solution
      self.theme = theme
    }
  }
}
