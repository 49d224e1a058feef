import ArgumentParser
import Reporting
import Review
import Solution

struct ListCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List references, who names them, and which settings files bind them.",
    discussion: """
      Without a revision: the files on the disk, or HEAD in a bare repository.

        connref list
        connref list main --format json
      """)

  @Argument(help: ArgumentHelp("The revision to list.", valueName: "rev"))
  var revision: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let repository = try common.openRepository(in: world)
    let look = try Look(repository, at: revision)
    let inventory = Inventory(look.snapshot)
    let problems = look.problems.map { Report.ReportedProblem($0, matters: $0.hidesContent) }
    switch output.format {
    case .text:
      let text = ListReport(inventory, isColored: output.isColored(on: console)).text
      try output.write(text, in: world, console: console)
    case .json:
      try output.write(
        JSONInventory(inventory, problems: problems).document, in: world, console: console)
    }
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
