import ArgumentParser
import Detection
import Git
import Reporting
import Review
import Solution

struct ConfigCommand: ContextualCommand {
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

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    if schema {
      try output.write(ConfigurationSchema.document, in: context, console: console)
      return .clear
    }
    let repository = try common.openRepository(in: context)
    let files = PolicyFiles(repository, given: try common.configuration(in: context))
    let configuration = try files.current().configuration
    let report = ConfigurationReport(
      configuration.values, mainBranch: try MainBranch(repository).name)
    try output.write(
      output.format == .json ? report.document : report.text, in: context, console: console)
    let dead = try DeadPatterns(repository).patterns(of: configuration, at: nil)
    for placed in dead {
      console.complain(
        "\(placed.place.path):\(placed.place.line): '\(placed.pattern)' of '\(placed.key)' matches no file"
      )
    }
    return dead.isEmpty ? .clear : .unknown
  }
}
