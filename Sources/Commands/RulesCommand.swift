import ArgumentParser
import Detection
import Reporting

struct RulesCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule.")

  @Option(help: "How to write it down: text, json or markdown.")
  var format: RuleFormat = .text

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?

  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let rules = DocumentedRule.all
    let text =
      switch format {
      case .text:
        RulesReport(rules, isColored: output == nil && console.colorsOutput).text
      case .json: JSONRules(rules, command: "rules").document
      case .markdown: RulesMarkdown(rules).text
      }
    try OutputOptions.to(output).write(text, in: world, console: console)
    return .clear
  }
}

enum RuleFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, markdown
}

extension DocumentedRule {
  /// Every rule there is, in the order in which they are told.
  static var all: [DocumentedRule] { RuleBook.rules.map { DocumentedRule($0) } }
}
