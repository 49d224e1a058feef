import ArgumentParser
import Detection
import Git
import Reporting
import Review

struct BranchesCommand: WorldlyCommand {
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

  @Option(help: "How to write it down: text, json, markdown or html.")
  var format: BranchesFormat = .text

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?

  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let repository = try common.openRepository(in: world)
    var review = try BranchReview(
      repository,
      options: BranchReview.Options(
        main: main, configuration: try common.configuration(in: world), today: world.today))
    var verdicts: [BranchVerdict] = []
    for branch in try BranchReview.branches(of: repository) {
      verdicts.append(review.verdict(on: branch))
    }
    let report = BranchesReport(verdicts, main: review.mainName)
    let text =
      switch format {
      case .text:
        BranchesText(report, isColored: output == nil && console.colorsOutput).text
      case .json: BranchesJSON(report).document
      case .markdown: BranchesMarkdown(report).text
      case .html: BranchesPage(report, title: repository.displayName).document
      }
    try OutputOptions.to(output).write(text, in: world, console: console)
    console.inform(report.scopeLine)
    return ExitStatus(verdicts)
  }
}

extension Repository {
  /// Of the folder that people know it by.
  fileprivate var displayName: String {
    let parts = (workTree ?? commonDirectory).split(separator: "/")
    return String(parts.last { $0 != ".git" } ?? "")
  }
}

enum BranchesFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json, markdown, html
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
    self = states.reduce(.clear) { $0.graver($1) }
  }
}
