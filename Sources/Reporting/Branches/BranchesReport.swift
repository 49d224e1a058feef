package import Detection

/// The branches of a repository, ready to be written down in any format.
package struct BranchesReport: Sendable {
  package let branches: [BranchVerdict]
  /// As people write it; nil where nothing looks like one.
  package let main: String?

  package init(_ branches: [BranchVerdict], main: String?) {
    self.branches = branches
    self.main = main
  }

  /// What was looked at, and what came of it. No line end.
  package var scopeLine: String {
    let against: PrintableText = main.map { " against '\($0)'" } ?? ""
    var parts: [PrintableText] = []
    if number(of: .flagged) > 0 { parts.append("\(number(of: .flagged)) flagged") }
    if unknown > 0 { parts.append("\(unknown) could not be told") }
    let outcome: PrintableText =
      parts.isEmpty ? "nothing to stop for" : PrintableText(joining: parts, separator: ", ")
    let looked: PrintableText = "checked \(branches.count) \(noun)\(against)"
    return "\(looked): \(outcome)".description
  }

  private var noun: PrintableText { branches.count == 1 ? "branch" : "branches" }

  private func number(of state: BranchVerdict.State) -> Int {
    branches.count { $0.state == state }
  }

  private var unknown: Int {
    branches.count { if case .unknown = $0.state { true } else { false } }
  }
}

extension BranchVerdict {
  /// `flagged`, `clean` and so on: one of a closed set.
  var stateName: String {
    switch state {
    case .main: "main"
    case .clean: "clean"
    case .warned: "warning"
    case .flagged: "flagged"
    case .unknown: "unknown"
    }
  }

  var reason: String? {
    if case .unknown(let reason) = state { reason } else { nil }
  }
}
