import ArgumentParser
import Detection
import Reporting

struct RulesCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List every rule.")

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let rules = RuleBook.rules.map { DocumentedRule($0) }
    switch output.format {
    case .text:
      try output.write(
        RulesReport(rules, isColored: output.isColored(on: console)).text,
        in: world, console: console)
    case .json: try output.write(JSONRules(rules).document, in: world, console: console)
    }
    return .clear
  }
}
