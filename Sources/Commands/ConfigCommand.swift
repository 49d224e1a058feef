import ArgumentParser
import Git
import Policy
import Reporting
import Review
import Solution

struct ConfigCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the configuration in force, and where each value comes from.",
    discussion: """
      .connref.yml stands at the root of the repository. Everything in it may be left out.

        connref config
        connref config --format json
        connref config --schema > .connref.schema.json

      A key that connref does not know, a value of the wrong kind and a pattern that matches no file are \
      errors, with their line.
      """)

  @Flag(help: "Print the JSON schema of the file, for editors.")
  var schema = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    if schema {
      try output.write(ConfigurationSchema.document, in: world, console: console)
      return .clear
    }
    let repository = try common.openRepository(in: world)
    let files = PolicyFiles(repository, given: try common.configuration(in: world))
    let configuration = try files.current().configuration
    let report = ConfigurationReport(
      configuration.values, mainBranch: try MainBranch(repository).name)
    try output.write(
      output.format == .json ? report.document : report.text, in: world, console: console)
    let dead = try DeadPatterns.patterns(of: configuration, in: repository, at: nil)
    for placed in dead {
      console.complain(
        "\(placed.place.path):\(placed.place.line): '\(placed.pattern)' of '\(placed.key)' matches no file"
      )
    }
    return dead.isEmpty ? .clear : .unknown
  }
}
