import Detection
import Solution

/// A report as GitLab's code quality report: what a merge request shows beside its lines.
///
/// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
struct GitLabFormat {
  let report: Report

  /// The whole document, with a line end. Problems are in it too: an empty list is a pass.
  var document: String {
    var entries = report.openFindings.map(entry)
    var seen: [String: Int] = [:]
    for problem in report.problems {
      let path = problem.path ?? problem.topic ?? report.command
      let name = "problem-\(PrintableText(escaping: path)):\(problem.line ?? 0)"
      seen[name, default: 0] += 1
      let number = seen[name] ?? 1
      entries.append(
        entry(
          problem.words, check: "problem",
          fingerprint: number == 1 ? name : "\(name)-\(number)",
          problem.matters ? "blocker" : "info", path: path, line: problem.line))
    }
    return JSONValue.array(entries).document
  }

  private func entry(_ entry: Entry, _ finding: Finding) -> JSONValue {
    let severity: JSONValue =
      switch finding.severity {
      case .error: "critical"
      case .warning: "minor"
      case .note: "info"
      }
    return self.entry(
      entry.shortText, check: finding.rule.rawValue, fingerprint: entry.anchor, severity,
      // A path is required: where no file is meant, the solution's name says most.
      path: entry.place?.path ?? finding.solution, line: entry.place?.line)
  }

  private func entry(
    _ description: PrintableText, check: String, fingerprint: String, _ severity: JSONValue,
    path: String, line: Int?
  ) -> JSONValue {
    [
      "description": .text(description.description),
      "check_name": .text(check),
      "fingerprint": .text(fingerprint),
      "severity": severity,
      "location": [
        "path": .text(PrintableText(escaping: path).description),
        "lines": ["begin": .number(max(line ?? 1, 1))],
      ],
    ]
  }
}
