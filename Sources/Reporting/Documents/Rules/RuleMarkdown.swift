import Detection

/// A rule's documentation as Markdown: what `connref explain --format markdown` prints.
package struct RuleMarkdown {
  private let rule: DocumentedRule
  private let heading: MarkdownText

  package init(_ rule: DocumentedRule) {
    self.init(rule, heading: "#")
  }

  private init(_ rule: DocumentedRule, heading: MarkdownText) {
    self.rule = rule
    self.heading = heading
  }

  /// Several rules in one document, each under a heading of the second order. With a line end.
  package static func document(of rules: [DocumentedRule]) -> String {
    "# Rules\n" + rules.map { "\n" + RuleMarkdown($0, heading: "##").page }.joined()
  }

  /// A table of rules: what `connref rules --format markdown` prints, and the README shows. With a line end.
  package static func table(of rules: [DocumentedRule]) -> String {
    text(
      ["| rule | reports that | severity |", "| --- | --- | --- |"]
        + rules.map { rule in
          let documentation = rule.documentation
          return """
            | \(.code("\(rule.id.rawValue)")) | \(documentation.title) | \(documentation.severities.words) |
            """
        })
  }

  /// A page of its own: the rule's id as the heading, then all sections. With a line end.
  package var page: String {
    let lines: [MarkdownText] = [
      "\(heading) \(rule.id.rawValue)", "", "\(rule.documentation.title.sentence)", "",
    ]
    return Self.text(lines) + sections
  }

  /// All but the heading. With a line end.
  package var sections: String {
    let documentation = rule.documentation
    var lines: [MarkdownText] = ["**Severity**: \(documentation.severities.words)"]
    func add(_ title: MarkdownText, _ content: [MarkdownText]) {
      if !content.isEmpty { lines += ["", "\(heading)# \(title)", ""] + content }
    }
    add("What it does", Self.blocks(documentation.whatItDoes))
    add("Why it is bad", Self.blocks(documentation.whyItIsBad))
    add("Fix", documentation.fix.flatMap { Self.step($0.line) })
    add("Known problems", Self.blocks(documentation.knownProblems))
    add("Examples", Array(documentation.examples.map(Self.example).joined(separator: [""])))
    add("Sources", documentation.sources.map { "- \(Self.link($0))" })
    return Self.text(lines)
  }

  private static func text(_ lines: [MarkdownText]) -> String {
    lines.map { $0.description + "\n" }.joined()
  }

  private static func blocks(_ text: String) -> [MarkdownText] {
    let blocks = Passage.passages(of: text).map { passage -> [MarkdownText] in
      switch passage {
      case .prose(let text): ["\(text)"]
      case .literal(let lines): fenced(lines.map { "\($0)" }, as: "")
      }
    }
    return Array(blocks.joined(separator: [""]))
  }

  /// An item of a list: what follows its first line is indented, so that it belongs to it.
  private static func step(_ step: String) -> [MarkdownText] {
    blocks(step).enumerated().map { number, line in
      if number == 0 { return "- \(line)" }
      return line.description.isEmpty ? "" : "  \(line)"
    }
  }

  private static func example(_ example: RuleExample) -> [MarkdownText] {
    let ids = MarkdownText(
      joining: example.reports.map { .code("\($0.rawValue)") }, separator: ", ")
    let outcome: MarkdownText = example.reports.isEmpty ? "No finding" : "Finding: \(ids)"
    return ["\(example.title.sentence) \(outcome).", ""]
      + fenced(ExampleText(example: example).lines, as: "diff")
  }

  /// Code, in a fence that is longer than any run of its signs in it.
  private static func fenced(
    _ lines: [PrintableText], as language: MarkdownText
  ) -> [MarkdownText] {
    let longest = lines.flatMap { $0.description.split { $0 != "`" } }.map(\.count).max() ?? 0
    let fence = MarkdownText(stringLiteral: String(repeating: "`", count: max(3, longest + 1)))
    return ["\(fence)\(language)"]
      + lines.map { MarkdownText(stringLiteral: $0.description) } + [fence]
  }

  /// An address of ours, which escaping would keep from being a link.
  private static func link(_ source: String) -> MarkdownText {
    source.hasPrefix("https://") && !source.contains(" ")
      ? MarkdownText(stringLiteral: "<\(source)>") : "\(source)"
  }
}
