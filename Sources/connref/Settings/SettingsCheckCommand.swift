import ArgumentParser
import Detection
import Reporting
import Review

struct SettingsCheckCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Report missing, stale and wrong rows of settings files.",
    discussion: """
      What 'connref audit' says of settings files, for one environment or all: references without \
      a row, rows without a connection id, two rows for one reference, a row for another \
      connector, a connection of another environment, a row that nothing uses, a person as owner.

        connref settings check
        connref settings check -e prod --release   before a deployment: what is \
      missing is an error, and so is a placeholder
      """)

  @OptionGroup var files: SettingsFileOptions

  @Flag(help: "Check for a release: missing settings are errors, placeholders too.")
  var release = false

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var output: FormatOptions<ReportFormat<FindingFormats>>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    let check = SettingsCheck(
      repository,
      options: try common.checkOptions(in: context, isRelease: release))
    let (outcome, targets) = try withSettingsFailures {
      try check.outcome(
        ofEnvironment: files.environment, file: try files.path(in: repository))
    }
    for target in targets { console.inform(PrintableText(escaping: target.line).description) }
    var report = Report(
      .settings(SettingsCheck.rules), outcome, failOn: failOn, repository: repository.displayName)
    report.run = RunRecord(outcome, config: common.config, of: repository, in: context)
    try output.write(report, in: context, console: console)
    return ExitStatus(report)
  }
}
