package import Detection

/// What a scan over many commits found, ready to be written down in any format.
package struct HistoryReport: Sendable {
  package let history: History
  package let problems: [Report.ReportedProblem]
  /// What was looked at, as a reader knows it: `all branches`, `main..release`.
  package let branches: String

  package init(
    _ history: History, problems: [Report.ReportedProblem] = [], branches: String = "all branches"
  ) {
    self.history = history
    self.problems = problems
    self.branches = branches
  }

  /// The line that ends the run on standard error: what was looked at, and what came of it. No line
  /// end.
  package var scopeLine: String {
    let looked: PrintableText = """
      checked \(counted(history.solutions, "solution")), \
      \(counted(history.references, "reference")), \(counted(history.consumers, "flow")) in \
      \(counted(history.commits, "commit"))
      """
    var parts: [PrintableText] = []
    let unknown = problems.count { $0.matters }
    if unknown > 0 { parts.append("could not tell because of \(counted(unknown, "problem"))") }
    if !history.isComplete { parts.append("ended before all was seen") }
    if !history.incidents.isEmpty {
      parts.append(counted(history.incidents.count, "incident"))
      parts.append("\(number(of: .broken)) still broken")
    }
    let outcome: PrintableText =
      parts.isEmpty ? "nothing to stop for" : PrintableText(joining: parts, separator: ", ")
    return "\(looked): \(outcome)".description
  }

  func number(of state: IncidentState) -> Int {
    history.incidents.count { IncidentState($0) == state }
  }

  /// One sentence for a history without an incident.
  var emptySentence: PrintableText {
    """
    no incident in \(counted(history.commits, "commit")) of \(branches): no connection reference \
    was made again, replaced or lost
    """
  }
}
