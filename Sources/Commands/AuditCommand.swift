import ArgumentParser
import Detection
import Review

struct AuditCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Tell what is wrong today, whatever changed last.",
    discussion: """
      Looks at one revision by itself: flows without a connection, settings files that bind too little, \
      people as owners. Grouped by what to do first. Without a revision: the files on the disk, or HEAD \
      in a bare repository.

        connref audit
        connref audit main --release          as the deployment of main would need it
        connref audit --fail-on warning       end with 1 for warnings too
      """)

  @Argument(help: ArgumentHelp("The revision to look at.", valueName: "rev"))
  var revision: String?

  @Flag(help: "Judge a release: what the settings files lack is an error, placeholders too.")
  var release = false

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let repository = try common.openRepository(in: world)
    let audit = Audit(
      repository,
      options: Check.Options(
        configuration: try common.configuration(in: world), isRelease: release,
        today: world.today))
    let outcome = try audit.outcome(at: revision)
    let presentation = OutcomePresentation(
      outcome: outcome, command: "audit", failOn: failOn, output: output, console: console)
    try presentation.write(to: world)
    if outcome.solutions == 0 {
      console.inform(
        "no solution found: connref reads unpacked solutions, Customizations.xml and all")
    }
    return presentation.status
  }
}
