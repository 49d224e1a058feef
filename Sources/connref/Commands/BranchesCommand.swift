import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review

struct BranchesCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "branches",
    abstract: "Report which branches are broken, and since when.",
    discussion: """
      Every local and remote-tracking branch, from where it left the main one to its tip.

        connref branches
        connref branches --main origin/release
        connref branches --format markdown
      """)

  @Option(
    help: ArgumentHelp("The branch to compare with.", valueName: "rev"),
    completion: Completion.revisions)
  var main: String?

  @Flag(help: "Write out warnings too, below the list.")
  var details = false

  @OptionGroup var output: FormatOptions<ReportFormat<FindingFormats>>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    var review = try BranchReview(
      repository,
      options: BranchReview.Options(
        main: main, configuration: try common.configuration(in: context),
        workers: ProcessInfo.processInfo.activeProcessorCount, today: context.today))
    var verdicts: [BranchVerdict] = []
    let branches = try BranchReview.branches(of: repository)
    let note = WaitingNote(in: context, isQuiet: console.isQuiet)
    defer { note.end() }
    for branch in branches { verdicts.append(review.verdict(on: branch)) }
    let missing = try review.missingSolution(on: branches)
    note.end()
    var report = Report(
      branches: verdicts, main: review.mainName, onlyErrors: output.isText && !details,
      checkout: try Checkout(repository), missing: missing)
    report.repository = repository.displayName
    let files = PolicyFiles(repository)
    report.run = RunRecord(
      verdicts.sorted { $0.isMain && !$1.isMain }.map { verdict in
        RunRecord.Revision(
          verdict.isMain ? .main : .branch, name: verdict.shortName,
          ObjectID(hex: verdict.tip), in: repository)
      },
      policy: try files.source(
        of: verdicts.first(where: \.isMain).flatMap { ObjectID(hex: $0.tip) }.map { .commit($0) }
          ?? .nowhere, named: review.mainName), config: common.config,
      of: repository, in: context)
    try output.write(report, in: context, console: console)
    return ExitStatus(report)
  }
}
