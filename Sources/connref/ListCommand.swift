import ArgumentParser
import Detection
import Reporting
import Review
import Solution

struct ListCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List references, who names them, and which settings files bind them.",
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

  @OptionGroup var output: FormatOptions<ListFormat>
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
    let problems = look.problems.map { Report.ReportedProblem($0, matters: $0.hidesContent) }
    let groups = configuration.conventions.groups
    let text =
      switch output.format {
      case .text:
        ListReport(inventory, isColored: output.isColored(on: console)).text
      case .json: JSONInventory(inventory, problems: problems).document
      case .csv: InventoryCSV(inventory).text
      case .markdown: InventoryMarkdown(inventory, groups: groups).text
      case .html: InventoryPage(inventory, title: repository.displayName).document
      case .mermaid: InventoryMermaid(inventory, groups: groups).text
      case .dot: InventoryDot(inventory, groups: groups).text
      }
    try output.write(text, in: context, console: console)
    let lines = TextReport(
      Report(
        command: "list", before: .worktree, after: .worktree,
        scope: Report.Scope(extent: .revisions(1), solutions: 0, references: 0, consumers: 0),
        findings: [], problems: problems), isColored: console.colorsErrors
    ).problems
    if !lines.isEmpty { console.say(String(lines.dropLast())) }
    if look.snapshot.instances.isEmpty {
      console.inform(
        "no solution found: connref reads unpacked solutions, Customizations.xml and all")
    }
    return problems.contains(where: \.matters) ? .unknown : .clear
  }
}

enum ListFormat: String, FormatChoice {
  case text, json, csv, markdown, html, mermaid, dot
}
