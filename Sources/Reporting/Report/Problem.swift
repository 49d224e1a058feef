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
    /// The fix; nil where none is known.
    let hint: String?
    /// True where the answer may be another one without the problem: the run ends with 2.
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
    init(_ message: String, hint: String? = nil, topic: String? = nil, matters: Bool) {
      path = nil
      line = nil
      commit = nil
      self.topic = topic
      self.message = message
      self.hint = hint
      self.matters = matters
      hidesContent = matters
    }

    /// `could not read 'config/prod.json' line 3: cut short`.
    var sentence: PrintableText { sentence(line: line, besides: 0) }

    /// - Parameter others: the number of other commits in which the file has the same problem.
    private func sentence(line: Int?, besides others: Int) -> PrintableText {
      guard let path else { return "\(message)" }
      let place: PrintableText = line.map { " line \($0)" } ?? ""
      let failed: PrintableText = hidesContent ? "could not read " : ""
      let revision: PrintableText = commit.map { " in \(String($0.prefix(10)))" } ?? ""
      let more: PrintableText = others > 0 ? " and \(counted(others, "more commit"))" : ""
      return "\(failed)'\(path)'\(place)\(revision)\(more): \(message)"
    }

    /// The common part of what one file has in several commits.
    struct FileKind: Hashable {
      let kind: Kind
      let path: String
    }

    /// Nil where no commit is named.
    var fileKind: FileKind? {
      guard let path, commit != nil else { return nil }
      return FileKind(kind: kind, path: path)
    }

    /// `could not read 'config/prod.json' in 8bc667a977 and 2 more commits: cut short`. A line is named
    /// where it is the same in all of them.
    static func sentence(ofFile group: [Problem]) -> PrintableText {
      guard let first = group.first else { return "" }
      return first.sentence(
        line: group.allSatisfy { $0.line == first.line } ? first.line : nil,
        besides: Set(group.map(\.commit)).count - 1)
    }

    /// The common part of problems that one line can report.
    struct Kind: Hashable {
      let message: String
      let hint: String?
      let matters: Bool
      let hidesContent: Bool
      let isOfFile: Bool
    }

    var kind: Kind {
      Kind(
        message: message, hint: hint, matters: matters, hidesContent: hidesContent,
        isOfFile: path != nil)
    }

    /// More warnings than these that say the same are one line.
    static let mostAlike = 2

    /// `40 files, 'a.zip' and 'b.zip' first: is a submodule, which is not looked into`.
    static func sentence(of group: [Problem]) -> PrintableText {
      guard let first = group.first else { return "" }
      let paths = group.prefix(2).compactMap(\.path).map { "'\($0)'" as PrintableText }
      let failed: PrintableText = first.hidesContent ? "could not read " : ""
      let what: PrintableText =
        paths.isEmpty
        ? counted(group.count, "problem")
        : "\(counted(group.count, "path")), \(PrintableText(joining: paths, separator: " and ")) first"
      return "\(failed)\(what): \(first.message)"
    }

    /// The sentence and the hint in one line, as long as a log or a comment takes it.
    package var words: PrintableText {
      let sentence: PrintableText = "\(sentence.description.shortened(to: 600))"
      return hint.map { "\(sentence) (\($0.shortened(to: 300)))" } ?? sentence
    }
  }

  /// The problems for standard error, in git's manner: `error: could not read 'path': …`, and a hint.
  package func problemLines(_ style: TextStyle = TextStyle()) -> String {
    var page = TextPage(style)
    let (problems, sentences) = problemsByFile
    var groups: [Problem.Kind: [Problem]] = [:]
    for problem in problems { groups[problem.kind, default: []].append(problem) }
    var known: Set<Problem.Kind> = []
    for (problem, sentence) in zip(problems, sentences) {
      let group = groups[problem.kind] ?? []
      let isGrouped = !problem.matters && group.count > Problem.mostAlike
      if isGrouped, !known.insert(problem.kind).inserted { continue }
      page.line(
        problem.matters ? .init("error: ", .red) : .init("warning: ", .yellow),
        .init(isGrouped ? Problem.sentence(of: group) : sentence))
      if let hint = problem.hint { page.line(.init("hint: ", .bold), .init("\(hint)")) }
    }
    return page.text
  }

  /// The problems in their order, of those that one file has in several commits the first, each with its
  /// sentence.
  private var problemsByFile: (problems: [Problem], sentences: [PrintableText]) {
    var groups: [Problem.FileKind: [Problem]] = [:]
    for problem in problems {
      if let kind = problem.fileKind { groups[kind, default: []].append(problem) }
    }
    var known: Set<Problem.FileKind> = []
    var kept: (problems: [Problem], sentences: [PrintableText]) = ([], [])
    for problem in problems {
      var sentence = problem.sentence
      if let kind = problem.fileKind, let group = groups[kind],
        Set(group.map(\.commit)).count > 1
      {
        guard known.insert(kind).inserted else { continue }
        sentence = Problem.sentence(ofFile: group)
      }
      kept.problems.append(problem)
      kept.sentences.append(sentence)
    }
    return kept
  }
}
