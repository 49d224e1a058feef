import Detection
import Solution

/// A bulletin as GitLab's code quality report: what a merge request shows beside its lines.
///
/// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
package struct GitLabQuality {
  private let bulletin: Bulletin

  package init(_ bulletin: Bulletin) {
    self.bulletin = bulletin
  }

  /// The whole document, with a line end. What could not be told is in it too: an empty list is a pass.
  package var document: String {
    var entries = bulletin.items.map(entry)
    var seen: [String: Int] = [:]
    for trouble in bulletin.troubles {
      let path = trouble.path ?? trouble.topic ?? bulletin.command
      let name = "problem-\(PrintableText(escaping: path)):\(trouble.line ?? 0)"
      seen[name, default: 0] += 1
      let number = seen[name] ?? 1
      entries.append(
        entry(
          trouble.words, check: "problem",
          fingerprint: number == 1 ? name : "\(name)-\(number)",
          trouble.matters ? "blocker" : "info", path: path, line: trouble.line))
    }
    return JSONValue.array(entries).document
  }

  private func entry(_ item: Bulletin.Item) -> JSONValue {
    let severity: JSONValue =
      switch item.finding.severity {
      case .error: "critical"
      case .warning: "minor"
      case .note: "info"
      }
    return entry(
      item.shortText, check: item.finding.rule.rawValue, fingerprint: item.fingerprint, severity,
      // A path is required: where no file is meant, the solution's name says most.
      path: item.place?.path ?? item.finding.solution, line: item.place?.line)
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
