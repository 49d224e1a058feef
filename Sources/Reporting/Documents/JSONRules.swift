import Detection

/// Rules for programs: what `connref rules` and `connref explain` print with `--format json`.
package enum JSONRules {
  /// The whole document, with a line end.
  ///
  /// - Parameter command: The subcommand that was asked.
  package static func document(of rules: [DocumentedRule], command: String) -> String {
    let value: JSONValue = [
      "schema": .text(JSONFormat.schema),
      "command": .text(command),
      "rules": .array(rules.map(rule)),
    ]
    return value.document
  }

  private static func rule(_ rule: DocumentedRule) -> JSONValue {
    let documentation = rule.documentation
    return [
      "rule": .text(rule.id.rawValue),
      "title": .text(documentation.title),
      "severities": .text(documentation.severities.words),
      "whatItDoes": .text(documentation.whatItDoes),
      "whyItIsBad": .text(documentation.whyItIsBad),
      "wayOut": .array(documentation.fix.map { .text($0.line) }),
      "knownProblems": .text(documentation.knownProblems),
      "examples": .array(
        documentation.examples.map { example in
          [
            "title": .text(example.title),
            "before": .array(example.before.map { .text(ExampleText.words($0).description) }),
            "after": .array(
              (example.after.map { ExampleText.words($0) }
                + example.live.map { ExampleText.words($0) }).map { .text($0.description) }),
            "speaks": .array(example.reports.map { .text($0.rawValue) }),
          ]
        }),
      "sources": .array(documentation.sources.map { .text($0) }),
    ]
  }
}
