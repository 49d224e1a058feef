import Solution

/// Problems as lines in git's manner: `error: could not read 'path': …`, and a hint to paste.
enum ProblemText {
  static func lines(_ problems: [Report.ReportedProblem], isColored: Bool) -> String {
    var page = TextPage(isColored: isColored)
    for reported in problems { write(reported, to: &page) }
    return page.text
  }

  private static func write(_ reported: Report.ReportedProblem, to page: inout TextPage) {
    let problem = reported.problem
    // A line end parts the message from its hint. Only the first does: one that came in with a name
    // is shown as an escape.
    let parts = problem.message.split(separator: "\n", maxSplits: 1)
    let message = parts.first.map(String.init) ?? "unknown reason"
    let line: PrintableText = problem.line.map { " line \($0)" } ?? ""
    let failed: PrintableText = problem.hidesContent ? "could not read " : ""
    let commit: PrintableText = reported.commit.map { " in \(String($0.prefix(10)))" } ?? ""
    page.line(
      reported.matters ? .init("error: ", .red) : .init("warning: ", .yellow),
      .init("\(failed)'\(problem.path)'\(line)\(commit): \(message)"))
    if parts.count > 1 {
      let hint = parts[1].trimmingPrefix("hint: ")
      page.line(.init("hint: ", .bold), .init("\(String(hint))"))
    }
  }
}
