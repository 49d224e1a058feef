import Detection

/// The documentation of rules as one page to send on: what `connref explain --all --format html` prints.
package enum RulesPage {
  /// The whole document, with a line end.
  package static func document(of rules: [DocumentedRule]) -> String {
    let rows = rules.map { rule -> HTMLText in
      """
      <tr><td><a href="#\(rule.id.rawValue)">\(rule.id.rawValue)</a></td>\
      <td data-label="Severity">\(rule.documentation.severities.words)</td>\
      <td data-label="What">\(rule.documentation.title)</td></tr>
      """
    }
    return PageFrame.document(
      title: "connref: rules", hasScript: true,
      """
      <header><h1>Rules</h1>
      <p class="scope">\(counted(rules.count, "rule")) of connref \(ToolVersion.current)</p></header>
      <main>
      \(ReportContent.filters(by: rules.map(tags), of: "rules"))
      <section class="overview" id="overview">
      <h2>All rules</h2>
      \(ReportContent.table(["Rule", "Severity", "What"], rows, "All rules"))
      </section>
      \(HTMLText(joining: rules.map(section)))
      </main>
      <footer><p>Made by connref \(ToolVersion.current).</p></footer>
      """)
  }

  /// Its usual severity.
  private static func tags(of rule: DocumentedRule) -> [EntryArticle.Tag: PrintableText] {
    let usual = rule.documentation.severities.first.map {
      "\($0.severity.rawValue)" as PrintableText
    }
    return usual.map { [.severity: $0] } ?? [:]
  }

  private static func section(_ rule: DocumentedRule) -> HTMLText {
    let documentation = rule.documentation
    var parts: [HTMLText] = []
    func add(_ title: HTMLText, _ content: [HTMLText]) {
      if !content.isEmpty { parts.append("<h3>\(title)</h3>\n\(HTMLText(joining: content))") }
    }
    add("What it does", blocks(documentation.whatItDoes))
    add("Why it is bad", blocks(documentation.whyItIsBad))
    let steps = documentation.fix.map { step -> HTMLText in
      "<li>\(HTMLText(joining: blocks(step.line)))</li>"
    }
    add("Fix", steps.isEmpty ? [] : ["<ul>\(HTMLText(joining: steps))</ul>"])
    add("Known problems", blocks(documentation.knownProblems))
    add(
      "Examples",
      documentation.examples.map { example in
        let ids = HTMLText(
          joining: example.reports.map { "<a href=\"#\($0.rawValue)\">\($0.rawValue)</a>" },
          separator: ", ")
        let outcome: HTMLText = example.reports.isEmpty ? "No finding" : "Finding: \(ids)"
        let lines = HTMLText(joining: ExampleText(example: example).lines.map { "\($0)" })
        return "<p>\(example.title.sentence) \(outcome).</p>\n<pre>\(lines)</pre>"
      })
    add(
      "Sources",
      documentation.sources.isEmpty
        ? []
        : ["<ul>\(HTMLText(joining: documentation.sources.map { "<li>\(source($0))</li>" }))</ul>"])
    return """
      <section id="\(rule.id.rawValue)" class="entry"\(EntryArticle.attributes(tags(of: rule)))>
      <h2>\(.code(rule.id.rawValue))</h2>
      <p>\(documentation.title.sentence) \(documentation.severities.words.sentence)</p>
      \(HTMLText(joining: parts))
      <p><a href="#overview">All rules</a></p>
      </section>
      """
  }

  private static func blocks(_ text: String) -> [HTMLText] {
    Passage.passages(of: text).map { passage in
      switch passage {
      case .prose(let text): "<p>\(text)</p>"
      case .literal(let lines): "<pre>\(HTMLText(joining: lines.map { "\($0)" }))</pre>"
      }
    }
  }

  /// An address of ours is a link.
  private static func source(_ source: String) -> HTMLText {
    source.hasPrefix("https://") && !source.contains(" ")
      ? "<a href=\"\(source)\">\(source)</a>" : "\(source)"
  }
}
