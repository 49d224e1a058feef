import Detection

/// A rule as SARIF documents it: what GitHub shows beside an alert.
struct SARIFRule {
  /// Microsoft's page about connection references: the subject of all rules, and the page
  /// for a rule without its own.
  static let platformPage =
    "https://learn.microsoft.com/power-apps/maker/data-platform/create-connection-reference"

  private let id: RuleID
  private let documentation: RuleDocumentation

  init(_ rule: any Rule.Type) {
    id = rule.id
    documentation = rule.documentation
  }

  var value: JSONValue {
    [
      "id": .text(id.rawValue),
      "name": .text(name),
      "shortDescription": SARIFText.message(documentation.title.sentence),
      "fullDescription": SARIFText.message(documentation.whatItDoes),
      "helpUri": .text(helpPage),
      "help": [
        "text": .text(help),
        "markdown": .text(
          RuleMarkdown(DocumentedRule(id: id, documentation: documentation)).sections),
      ],
      "defaultConfiguration": ["level": .text(level.rawValue)],
      "properties": [
        "tags": .array(["power-platform", "connection-reference"]),
        // GitHub orders alerts by it; it has no word for a note.
        "problem.severity": .text(level == .note ? "recommendation" : level.rawValue),
      ],
    ]
  }

  /// The first source of the rule that is a page.
  private var helpPage: String {
    documentation.sources.lazy.compactMap { source in
      source.firstMatch(of: /https:\/\/[^\s<>()\[\]]+/).map { String($0.output) }
    }.first ?? Self.platformPage
  }

  /// In Pascal case: where it equals the id, it says nothing (the validator's SARIF1001).
  private var name: String {
    id.rawValue.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  /// The usual severity of the rule's findings.
  private var level: Severity { documentation.severities.first?.severity ?? .warning }

  private var help: String {
    let steps = documentation.fix.map { "* \($0.line)" }.joined(separator: "\n")
    return "\(documentation.whyItIsBad)\n\nFix:\n\(steps)"
  }
}
