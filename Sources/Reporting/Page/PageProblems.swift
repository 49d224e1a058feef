import Solution

/// What could not be read, as a section of a page; nothing where all could.
struct PageProblems {
  private let problems: [Report.ReportedProblem]

  init(_ problems: [Report.ReportedProblem]) {
    self.problems = problems
  }

  var element: HTMLText {
    guard !problems.isEmpty else { return "" }
    let items = problems.map { reported -> HTMLText in
      let commit: HTMLText = reported.commit.map { " in \(.code(String($0.prefix(10))))" } ?? ""
      let place: HTMLText = reported.problem.line.map { " line \($0)" } ?? ""
      return """
        <li>\(.code(reported.problem.path))\(place)\(commit): \
        \(reported.problem.message.shortened(to: 400))</li>
        """
    }
    return """
      <section id="problems" aria-labelledby="h-problems">
      <h2 id="h-problems">Could not be read</h2>
      <ul>\(HTMLText(joining: items))</ul>
      </section>
      """
  }
}
