import Detection
import Solution

/// A finding or a problem at a line of a file, as build servers show it.
struct Annotation {
  let severity: Severity
  /// `reference-recreated`; `problem` for what could not be told.
  let code: String
  let title: PrintableText
  let path: String?
  let line: Int?
  /// The first sentence, then one for each fact.
  let lines: [PrintableText]
  /// Where one line has to do.
  let shortText: PrintableText

  init(_ item: Bulletin.Item) {
    severity = item.finding.severity
    code = item.finding.rule.rawValue
    title = "\(item.finding.rule.rawValue) in \(item.finding.solution.shortened(to: 60))"
    path = item.place?.path
    line = item.place?.line
    lines =
      [item.summary]
      + item.facts.flatMap { fact in fact.lines.map { "\(fact.label): \($0.text)" } }
    shortText = item.shortText
  }

  init(_ trouble: Bulletin.Trouble) {
    severity = trouble.matters ? .error : .warning
    code = "problem"
    title = trouble.matters ? "connref could not tell" : "connref could not read all"
    path = trouble.path
    line = trouble.line
    lines = [trouble.sentence] + [trouble.hint.map { "hint: \($0)" }].compactMap { $0 }
    shortText = trouble.words
  }

  /// Findings first, the gravest first.
  static func all(of bulletin: Bulletin) -> [Annotation] {
    bulletin.items.map { Annotation($0) } + bulletin.troubles.map { Annotation($0) }
  }

  /// In one line of a log: `error[link-lost] flows/a.json:9: 'Order' names a reference that …`.
  var logLine: PrintableText {
    let place: PrintableText =
      path.map { path in " \(path)\(line.map { ":\($0)" } ?? "")" } ?? ""
    return "\(severity.rawValue)[\(code)]\(place): \(lines.first ?? "")"
  }
}
