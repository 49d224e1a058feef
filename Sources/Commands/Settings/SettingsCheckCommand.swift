import ArgumentParser
import Detection
import Reporting
import Review

struct SettingsCheckCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell what settings files lack, and what is wrong in them.",
    discussion: """
      What 'connref audit' says of settings files, for one environment or all: references without a \
      row, rows without a connection id, two rows for one reference, a row for another connector, a \
      connection of another environment, a person as owner.

        connref settings check
        connref settings check -e prod --release   before a deployment: what is \
      missing is an error, and so is a placeholder
      """)

  @OptionGroup var files: SettingsFileOptions

  @Flag(help: "Judge a release: what is missing is an error, placeholders too.")
  var release = false

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var output: FormatOptions<PipelineOr<ReportFormat>>
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let repository = try common.openRepository(in: world)
    let check = SettingsCheck(
      repository,
      options: Check.Options(
        configuration: try common.configuration(in: world), isRelease: release,
        today: world.today))
    let (outcome, targets) = try withSettingsFailures {
      try check.outcome(
        ofEnvironment: files.environment, file: try files.path(in: repository))
    }
    for target in targets { console.inform(PrintableText(escaping: target.line).description) }
    let presentation = OutcomePresentation(
      outcome: outcome, command: "settings check", failOn: failOn, output: output,
      console: console, title: repository.displayName)
    try presentation.write(to: world)
    return presentation.status
  }
}
