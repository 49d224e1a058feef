import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review
import Solution

struct HistoryCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Report what broke in the past, when, by whom, and whether it is still broken.",
    discussion: """
      Compares every commit with its parents, on every branch and tag unless you name some, and \
      joins what it finds into incidents: those that are still broken first, then the newest.

        connref history
        connref history v1.0..main
        connref history --since 2026-01-01 --path solutions/Sales
        connref history --format html --output report.html
        connref history --reference new_sharedoffice365_3c4d5

      Ends with 1 when an incident is still broken at the tip of a branch.
      """)

  @Argument(
    help: ArgumentHelp("Revisions or ranges, as A..B or B.", valueName: "range"),
    completion: Completion.revisions)
  var ranges: [String] = []

  @Option(
    help: ArgumentHelp("A branch to look at; may be given several times.", valueName: "name"),
    completion: Completion.revisions)
  var branch: [String] = []

  @Option(help: ArgumentHelp("Only incidents since this day, as 2026-01-31.", valueName: "date"))
  var since: String?

  @Flag(help: "Follow the first parent of each merge only.")
  var firstParent = false

  @Option(
    help: ArgumentHelp(
      "Only incidents in this folder or file; may be given several times.", valueName: "path"))
  var path: [String] = []

  @Flag(help: "Notes too: what is worth knowing and breaks nothing.")
  var notes = false

  @Option(help: ArgumentHelp("Show the life of this reference instead.", valueName: "name"))
  var reference: String?

  @Option(help: "What to fail for, where it is still broken: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var output: FormatOptions<ReportFormat<HistoryFormats>>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let range = ranges.first(where: { $0.contains("...") }) {
      throw ValidationError(
        "history takes A..B or B, not '\(range)': connref history \(range.replacing("...", with: ".."))"
      )
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    let files = PolicyFiles(repository, given: try common.configuration(in: context))
    let folder = common.repository.map(context.path) ?? context.folder
    let paths = path.isEmpty ? [] : try HistoryPaths(path, from: folder, in: repository).paths
    var options = HistoryOptions(
      revisions: ranges, branches: branch, firstParentOnly: firstParent, paths: paths,
      includesNotes: notes, workers: ProcessInfo.processInfo.activeProcessorCount,
      policy: try files.current(), today: context.today)
    if let since {
      guard let day = Day(since) else {
        throw UsageError(message: "'\(since)' is not a valid date", hint: "write it as 2026-01-31")
      }
      options.since = day.secondsSince1970
    }
    let stop = StopSignal()
    var meter = ProgressMeter(context: context, isQuiet: common.quiet)
    var scan = HistoryScan(repository, options: options)
    let streams = output.format.format == .jsonl && output.output == nil && reference == nil
    let outcome = try scan.outcome(
      reference: reference,
      found: { incident in
        if streams { console.write(HistoryData.found(incident)) }
      },
      proceed: { progress in
        meter.show(progress)
        return !stop.wasGiven
      })
    meter.clear()
    scan.keepUntilExit()
    let hidden = try DeadPatterns(repository).remarks(
      on: options.policy.configuration,
      at: outcome.tips.map(\.commit) + [try repository.head().commit].compactMap { $0 })
    let problems =
      hidden.map { Report.Problem($0, matters: false) } + outcome.problems.map(\.reported)
    var report =
      if let reference {
        try life(of: reference, outcome.life, problems)
      } else {
        Report(
          outcome.history, problems: problems, branches: scopeInWords, failOn: failOn,
          checkout: try Checkout(repository))
      }
    report.repository = repository.displayName
    report.run = RunRecord(
      outcome.tips.map { tip in
        RunRecord.Revision(.branch, name: tip.branch, tip.commit, in: repository)
      }, policy: try files.source(of: try files.currentSide()), config: common.config,
      of: repository, in: context)
    try output.write(report, in: context, console: console)
    return ExitStatus(report)
  }

  private func life(
    of reference: String, _ events: [LifeEvent], _ problems: [Report.Problem]
  ) throws -> Report {
    guard !events.isEmpty else {
      throw Failure(message: "no commit of \(scopeInWords) declares or uses '\(reference)'")
    }
    guard Format.ofLife.contains(output.format.format) else {
      let formats = Format.ofLife.map(\.rawValue).joined(separator: ", ")
      throw UsageError(
        message: "the life of one reference is not written as \(output.format.rawValue)",
        hint: "choose one of \(formats)")
    }
    return Report(
      reference: reference, events: events, problems: problems, branches: scopeInWords)
  }

  /// The range that was read, with every filter.
  private var scopeInWords: String {
    let names = (ranges + branch).joined(separator: ", ")
    let parts =
      [names.isEmpty ? "all branches" : names] + path.map { "in '\($0)'" }
      + [since.map { "since \($0)" }].compactMap { $0 }
    return parts.joined(separator: ", ")
  }
}

extension HistoryProblem {
  /// Where no file is meant, the commit itself could not be read.
  fileprivate var reported: Report.Problem {
    let path =
      problem.path.isEmpty ? commit.map { "commit \($0.prefix(10))" } ?? "HEAD" : problem.path
    let correction = correctedIn.map { "readable again in \($0.prefix(10)): " } ?? ""
    return Report.Problem(
      Problem(
        path: path, line: problem.line, message: correction + problem.message,
        hidesContent: problem.hidesContent),
      matters: problem.hidesContent && correctedIn == nil,
      commit: problem.path.isEmpty ? nil : commit)
  }
}
