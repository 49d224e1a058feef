import Detection

extension Report {
  /// True where nothing is compared: one revision is judged by itself.
  package var isOfOneRevision: Bool { ["audit", "settings check"].contains(command) }

  /// The line that ends every run on standard error: what was looked at, and what came of it. No
  /// line end.
  package var scopeLine: String {
    let extent =
      switch scope.extent {
      case .revisions(let number): counted(number, "revision")
      case .commits(let number): counted(number, "commit")
      }
    let looked: PrintableText = """
      \(command == "audit" ? "audited" : "checked") \(counted(scope.solutions, "solution")), \
      \(counted(scope.references, "reference")), \(counted(scope.consumers, "flow"))
      """
    return "\(looked)\(isOfOneRevision ? "" : " in \(extent)"): \(outcome)"
  }

  /// What was read of an environment beside the revision.
  package static func environmentLine(
    host: String?, references: Int, flows: Int, users: Int, files: Int
  ) -> String {
    let name: PrintableText = host.map { "\($0)" } ?? "an environment that no answer names"
    let line: PrintableText = """
      beside it \(name): \(counted(references, "reference")), \(counted(flows, "flow")), \
      \(counted(users, "user")), from \(counted(files, "file"))
      """
    return line.description
  }

  /// `1 error, 2 warnings`, `nothing to stop for, 1 accepted`.
  var outcome: PrintableText {
    outcomeWords(
      findings.map(\.severity), problems: problems.count { $0.matters }, accepted: accepted.count)
  }
}

/// What came of a run, by severity, the gravest first.
///
/// - Parameter problems: How many kept the run from telling.
func outcomeWords(
  _ severities: [Severity], problems: Int, accepted: Int = 0
) -> PrintableText {
  var parts: [PrintableText] = []
  if problems > 0 { parts.append("could not tell because of \(counted(problems, "problem"))") }
  for severity in Severity.allCases.sorted(by: >) {
    let number = severities.count { $0 == severity }
    if number > 0 { parts.append(counted(number, "\(severity.rawValue)")) }
  }
  if parts.isEmpty { parts.append("nothing to stop for") }
  if accepted > 0 { parts.append("\(accepted) accepted") }
  return PrintableText(joining: parts, separator: ", ")
}
