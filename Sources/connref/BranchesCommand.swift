import ArgumentParser
import Detection
import Foundation
import Git
import Reporting
import Review

struct BranchesCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "branches",
    abstract: "Tell which branches are broken, and since when.",
    discussion: """
      Every local and remote-tracking branch, from where it left the main one to its tip.

        connref branches
        connref branches --main origin/release
        connref branches --format markdown
      """)

  @Option(help: ArgumentHelp("The branch to compare with.", valueName: "rev"))
  var main: String?

  @Flag(help: "Write out warnings too, below the list.")
  var details = false

  @OptionGroup var output: FormatOptions<PipelineOr<BranchesFormat>>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let repository = try common.openRepository(in: context)
    var review = try BranchReview(
      repository,
      options: BranchReview.Options(
        main: main, configuration: try common.configuration(in: context),
        workers: ProcessInfo.processInfo.activeProcessorCount, today: context.today))
    var verdicts: [BranchVerdict] = []
    let branches = try BranchReview.branches(of: repository)
    for branch in branches { verdicts.append(review.verdict(on: branch)) }
    let missing = try review.missingSolution(on: branches)
    let report = BranchesReport(verdicts, main: review.mainName)
    switch output.format {
    case .own(let format):
      let text =
        switch format {
        case .text:
          BranchesText(
            report, isColored: output.isColored(on: console), showsWarnings: details
          ).text
        case .json: BranchesJSON(report).document
        case .markdown: BranchesMarkdown(report).text
        case .csv: BranchesCSV(report).text
        case .html: BranchesPage(report, title: repository.displayName).document
        }
      try output.write(text, in: context, console: console)
    case .pipeline(let format):
      try format.write(Bulletin(report), to: output, in: context, console: console)
    }
    if let missing { console.complain(missing) }
    console.inform(report.scopeLine)
    return ExitStatus(verdicts).worse(missing == nil ? .clear : .unknown)
  }
}

enum BranchesFormat: String, FormatChoice {
  case text, json, markdown, csv, html
}

extension ExitStatus {
  /// Findings for one flagged branch; else unknown for one that could not be told.
  init(_ verdicts: [BranchVerdict]) {
    let states = verdicts.map { verdict in
      switch verdict.state {
      case .main, .clean, .warned: ExitStatus.clear
      case .flagged: ExitStatus.findings
      case .unknown: ExitStatus.unknown
      }
    }
    self = states.reduce(.clear) { $0.worse($1) }
  }
}
