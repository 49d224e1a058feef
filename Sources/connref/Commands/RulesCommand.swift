import ArgumentParser
import Detection
import Reporting

struct RulesCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule.")

  @OptionGroup var output: FormatOptions<RuleFormat>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let rules = DocumentedRule.all
    let text =
      switch output.format {
      case .text:
        RulesReport(rules, isColored: output.isColored(on: console)).text
      case .json: JSONRules(rules, command: "rules").document
      case .markdown: RulesMarkdown(rules).text
      case .html: RulesPage(rules).document
      }
    try output.write(text, in: context, console: console)
    return .clear
  }
}

enum RuleFormat: String, FormatChoice {
  case text, json, markdown, html
}

extension DocumentedRule {
  /// Every rule, in the order of a report.
  static var all: [DocumentedRule] { RuleBook.rules.map { DocumentedRule($0) } }
}
