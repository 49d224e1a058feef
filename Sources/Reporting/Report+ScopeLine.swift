import Detection

extension Report {
  /// The line that ends every run on standard error: what was looked at, and what came of it. No
  /// line end.
  package var scopeLine: String {
    let extent =
      switch scope.extent {
      case .revisions(let number): counted(number, "revision")
      case .commits(let number): counted(number, "commit")
      }
    let isAudit = command == "audit"
    let looked: PrintableText = """
      \(isAudit ? "audited" : "checked") \(counted(scope.solutions, "solution")), \
      \(counted(scope.references, "reference")), \(counted(scope.consumers, "flow"))
      """
    return "\(looked)\(isAudit ? "" : " in \(extent)"): \(outcome)"
  }

  private var outcome: PrintableText {
    var parts: [PrintableText] = []
    let unknown = problems.count { $0.matters }
    if unknown > 0 {
      parts.append("could not tell because of \(counted(unknown, "problem"))")
    }
    for severity in Severity.allCases.sorted(by: >) {
      let number = findings.count { $0.severity == severity }
      if number > 0 { parts.append(counted(number, "\(severity.rawValue)")) }
    }
    return parts.isEmpty ? "nothing to stop for" : PrintableText(joining: parts, separator: ", ")
  }
}
