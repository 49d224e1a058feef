import Detection

/// A rule's documentation as Markdown.
package struct RuleMarkdown {
  private let rule: DocumentedRule

  package init(_ rule: DocumentedRule) {
    self.rule = rule
  }

  /// A page of its own: the rule's id as the heading, then all sections. With a line end.
  package var page: String {
    let heading: [MarkdownText] = [
      "# \(rule.id.rawValue)", "", "\(rule.documentation.title.sentence)", "",
    ]
    return Self.text(heading) + sections
  }

  /// All but the heading. With a line end.
  package var sections: String {
    let documentation = rule.documentation
    var lines: [MarkdownText] = ["**Severity**: \(documentation.severities)", ""]
    func add(_ heading: MarkdownText, _ text: String) {
      let paragraphs = text.split(separator: "\n").map { MarkdownText("\(String($0))") }
      if paragraphs.isEmpty { return }
      lines += ["## \(heading)", "", MarkdownText(joining: paragraphs, separator: "\n\n"), ""]
    }
    add("What it does", documentation.whatItDoes)
    add("Why it is bad", documentation.whyItIsBad)
    if !documentation.wayOut.isEmpty {
      lines += ["## Way out", ""] + documentation.wayOut.map(Self.step) + [""]
    }
    add("Known problems", documentation.knownProblems)
    if !documentation.examples.isEmpty { lines += ["## Examples", ""] }
    lines += documentation.examples.flatMap(Self.example)
    if !documentation.sources.isEmpty {
      // Addresses of ours, which escaping would keep from being links.
      lines +=
        ["## Sources", ""] + documentation.sources.map { MarkdownText(stringLiteral: "- <\($0)>") }
      lines.append("")
    }
    return Self.text(lines.dropLast())
  }

  private static func text(_ lines: some Sequence<MarkdownText>) -> String {
    lines.map { $0.description + "\n" }.joined()
  }

  /// A step may have lines of its own: a request to send.
  private static func step(_ step: String) -> MarkdownText {
    let lines = step.split(separator: "\n").map { MarkdownText("\(String($0))") }
    return "- \(MarkdownText(joining: lines, separator: "\\\n  "))"
  }

  private static func example(_ example: RuleExample) -> [MarkdownText] {
    let speaking = MarkdownText(
      joining: example.speaks.map { .code("\($0.rawValue)") }, separator: ", ")
    let outcome: MarkdownText = example.speaks.isEmpty ? "all stay silent" : "speaks: \(speaking)"
    // A fence keeps what is in it as it is.
    let lines = ExampleText(example).lines.map { MarkdownText(stringLiteral: $0.description) }
    return ["\(example.title.sentence) Here \(outcome).", "", "```diff"] + lines + ["```", ""]
  }
}
