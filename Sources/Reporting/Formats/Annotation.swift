import Detection
import Solution

/// A finding or a problem at a line of a file, as build servers show it.
struct Annotation {
  let severity: Severity
  /// `reference-recreated`; `problem` for an unreadable file.
  let code: String
  let title: PrintableText
  let path: String?
  let line: Int?
  /// The first sentence, then one for each fact.
  let lines: [PrintableText]
  /// Where one line has to do.
  let shortText: PrintableText

  private init(_ entry: Entry, _ finding: Finding) {
    severity = finding.severity
    code = finding.rule.rawValue
    title = "\(finding.rule.rawValue) in \(finding.solution.shortened(to: 60))"
    path = entry.place?.path
    line = entry.place?.line
    lines = [entry.title.text] + entry.logLines
    shortText = entry.shortText
  }

  private init(_ problem: Report.Problem) {
    severity = problem.matters ? .error : .warning
    code = "problem"
    title = problem.matters ? "connref could not tell" : "connref could not read all"
    path = problem.path
    line = problem.line
    lines = problem.logLines
    shortText = problem.words
  }

  /// Findings first, the most severe first.
  static func all(of report: Report) -> [Annotation] {
    report.openFindings.map { Annotation($0.entry, $0.finding) }
      + report.problems.map { Annotation($0) }
  }

  /// In one line of a log: `error[link-lost] flows/a.json:9: 'Order' uses a reference that …`.
  var logLine: PrintableText {
    let place: PrintableText =
      path.map { path in " \(path)\(line.map { ":\($0)" } ?? "")" } ?? ""
    return "\(severity.rawValue)[\(code)]\(place): \(lines.first ?? "")"
  }
}

extension Report.Problem {
  /// The sentence, and the hint in a line of its own.
  var logLines: [PrintableText] {
    ["\(sentence.description.shortened(to: 600))"]
      + [hint.map { "hint: \($0.shortened(to: 300))" }].compactMap { $0 }
  }
}
