import ArgumentParser
import Detection
import Reporting
import Review
import Solution

struct HistoryCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Tell what broke in the past, when, by whom, and whether it is still broken.")

  @Argument(
    help: ArgumentHelp(
      "Revisions or ranges; without one, every branch and tag.", valueName: "range"))
  var ranges: [String] = []

  @Flag(help: "Follow the first parent of each merge only.")
  var firstParent = false

  @Option(help: ArgumentHelp("Tell the life of one reference.", valueName: "name"))
  var reference: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let repository = try common.openRepository(in: world)
    var scan = HistoryScan(
      repository, options: HistoryOptions(revisions: ranges, firstParentOnly: firstParent))
    let outcome = try scan.outcome(reference: reference)
    for incident in outcome.history.incidents {
      let finding = incident.finding
      let names =
        finding.before.map(\.name.spelling).joined(separator: ",") + " -> "
        + finding.after.map(\.name.spelling).joined(separator: ",")
      let places = ([incident.moment] + incident.places).map { String($0.commit.prefix(10)) }
      console.write(
        "\(finding.severity)|\(finding.rule.rawValue)|\(finding.solution)|\(names)|\(places.joined(separator: ","))|\(incident.mendedIn?.commit.prefix(10) ?? "-")|\(incident.wasCompleteAtOnce)|\(incident.openAt.map(\.branch).joined(separator: ","))\n"
      )
    }
    for event in outcome.life {
      console.write(
        "\(event.moment.commit.prefix(8)) \(event.reference) \(event.kind) \(event.detail)\n")
    }
    for problem in outcome.problems.prefix(10) { console.say("\(problem)") }
    console.say("\(outcome.problems.count) problems")
    return .clear
  }
}
