package import Solution

extension Report {
  /// Why something is unknown, or only odd.
  package struct Problem: Hashable, Sendable {
    /// Nil where no file is meant.
    package let path: String?
    package let line: Int?
    /// The commit whose file it is, in hexadecimal; nil where a run looks at one pair of revisions.
    let commit: String?
    /// The branch that is unknown; nil where all may be.
    let topic: String?
    /// Lower case, no full stop, what failed first.
    let message: String
    /// What to do about it; nil where nothing is known.
    let hint: String?
    /// True where the answer may be another one without the problem: the run could not tell.
    package let matters: Bool
    /// True where something that was needed is unknown.
    let hidesContent: Bool

    package init(_ problem: Solution.Problem, matters: Bool, commit: String? = nil) {
      path = problem.path
      line = problem.line
      self.commit = commit
      topic = nil
      let parts = problem.message.split(separator: "\n", maxSplits: 1).map(String.init)
      message = parts.first ?? "unknown reason"
      hint = parts.count > 1 ? String(parts[1].trimmingPrefix("hint: ")) : nil
      self.matters = matters
      hidesContent = problem.hidesContent
    }

    /// A problem of no single file.
    init(_ message: String, topic: String? = nil, matters: Bool) {
      path = nil
      line = nil
      commit = nil
      self.topic = topic
      self.message = message
      hint = nil
      self.matters = matters
      hidesContent = matters
    }

    /// `could not read 'config/prod.json' line 3: cut short`.
    var sentence: PrintableText {
      guard let path else { return "\(message)" }
      let place: PrintableText = line.map { " line \($0)" } ?? ""
      let failed: PrintableText = hidesContent ? "could not read " : ""
      let revision: PrintableText = commit.map { " in \(String($0.prefix(10)))" } ?? ""
      return "\(failed)'\(path)'\(place)\(revision): \(message)"
    }

    /// The sentence and the hint in one line, as long as a log or a comment takes it.
    var words: PrintableText {
      let sentence: PrintableText = "\(sentence.description.shortened(to: 600))"
      return hint.map { "\(sentence) (\($0.shortened(to: 300)))" } ?? sentence
    }
  }

  /// The problems for standard error, in git's manner: `error: could not read 'path': …`, and a hint.
  package func problemLines(_ style: TextStyle = TextStyle()) -> String {
    var page = TextPage(style)
    for problem in problems {
      page.line(
        problem.matters ? .init("error: ", .red) : .init("warning: ", .yellow),
        .init(problem.sentence))
      if let hint = problem.hint { page.line(.init("hint: ", .bold), .init("\(hint)")) }
    }
    return page.text
  }
}
