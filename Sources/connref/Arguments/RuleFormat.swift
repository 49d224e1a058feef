import ArgumentParser
import Detection
import Reporting

/// How rules are printed.
enum RuleFormat: String, FormatChoice {
  case text, json, markdown, html
}

extension DocumentedRule {
  /// Every rule, in the order of a report.
  static var all: [DocumentedRule] { RuleBook.rules.map { DocumentedRule($0) } }
}
