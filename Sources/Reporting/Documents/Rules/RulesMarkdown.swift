import Detection

/// The rules for a document: what `connref rules --format markdown` prints, and the README shows.
package struct RulesMarkdown {
  private let rules: [DocumentedRule]

  package init(_ rules: [DocumentedRule]) {
    self.rules = rules
  }

  /// The table, with a line end.
  package var text: String {
    var lines: [MarkdownText] = ["| rule | reports that | severity |", "| --- | --- | --- |"]
    lines += rules.map { rule in
      let documentation = rule.documentation
      return """
        | \(.code("\(rule.id.rawValue)")) | \(documentation.title) | \(documentation.severities.words) |
        """
    }
    return lines.map { $0.description + "\n" }.joined()
  }
}
