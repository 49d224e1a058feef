import ArgumentParser
import Detection
import Reporting

struct RulesCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule.")

  @OptionGroup var output: FormatOptions<RuleFormat>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let rules = DocumentedRule.all
    let text =
      switch output.format {
      case .text:
        ExplainReport.list(of: rules, isColored: output.isColored(on: console))
      case .json: JSONRules.document(of: rules, command: "rules")
      case .markdown: RuleMarkdown.table(of: rules)
      case .html: RulesPage.document(of: rules)
      }
    try output.write(text, in: context, console: console)
    return .clear
  }
}
