import ArgumentParser
import Detection
import Git
import Reporting
import Review
import Solution

struct ListCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List references, what uses them, and which settings files bind them.",
    discussion: """
      Without a revision: the files on the disk, or HEAD in a bare repository.

        connref list
        connref list main --format json
        connref list --solution Sales --format dot | dot -Tsvg > references.svg
      """)

  @Argument(help: ArgumentHelp("The revision to list.", valueName: "rev"))
  var revision: String?

  @Option(
    help: ArgumentHelp("Only this solution; may be given several times.", valueName: "name"))
  var solution: [String] = []

  @OptionGroup var output: FormatOptions<ReportFormat<ListFormats>>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let repository = try common.openRepository(in: context)
    let files = PolicyFiles(repository, given: try common.configuration(in: context))
    let configuration = try files.current().configuration
    let look = try Look(repository, at: revision, covering: configuration)
    var inventory = Inventory(look.snapshot)
    if !solution.isEmpty {
      inventory = inventory.narrowed(to: solution)
      if inventory.isEmpty {
        throw UsageError(
          message: "there is no solution '\(solution.joined(separator: "', '"))' here",
          hint: "connref list names them all")
      }
    }
    var report = Report(
      inventory,
      of: revision.map { .revision($0) }
        ?? (repository.workTree == nil ? .revision("HEAD") : .worktree),
      problems: look.problems.map { Report.Problem($0, matters: $0.hidesContent) },
      groups: configuration.conventions.groups)
    report.repository = repository.displayName
    try output.write(report, in: context, console: console)
    if look.snapshot.instances.isEmpty {
      console.inform(
        "no solution found: connref reads unpacked solutions, Customizations.xml and all")
    }
    return ExitStatus(report)
  }
}
