import Solution

/// Problems as lines in git's manner: `error: could not read 'path': …`, and a hint to paste.
enum ProblemText {
  static func lines(_ problems: [Report.ReportedProblem], isColored: Bool) -> String {
    var page = TextPage(isColored: isColored)
    for reported in problems { write(reported, to: &page) }
    return page.text
  }

  private static func write(_ reported: Report.ReportedProblem, to page: inout TextPage) {
    page.line(
      reported.matters ? .init("error: ", .red) : .init("warning: ", .yellow),
      .init(reported.sentence))
    if let hint = reported.hint { page.line(.init("hint: ", .bold), .init(hint)) }
  }
}

extension Report.ReportedProblem {
  /// `could not read 'config/prod.json' line 3: cut short`.
  var sentence: PrintableText {
    let line: PrintableText = problem.line.map { " line \($0)" } ?? ""
    let failed: PrintableText = problem.hidesContent ? "could not read " : ""
    let commit: PrintableText = commit.map { " in \(String($0.prefix(10)))" } ?? ""
    let message = parts.first.map(String.init) ?? "unknown reason"
    return "\(failed)'\(problem.path)'\(line)\(commit): \(message)"
  }

  /// What mends it, to be pasted; nil where the problem names none.
  var hint: PrintableText? {
    parts.count > 1 ? "\(String(parts[1].trimmingPrefix("hint: ")))" : nil
  }

  /// A line end parts the message from its hint. Only the first does: one that came in with a name is
  /// shown as an escape.
  private var parts: [Substring] { problem.message.split(separator: "\n", maxSplits: 1) }
}
