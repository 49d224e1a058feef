import ArgumentParser
import Detection
import Git
import Reporting
import Review

struct CheckCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare two revisions and report what breaks.",
    discussion: """
      Without arguments: what is staged, against HEAD.

        connref check                    what 'git commit' would commit
        connref check --worktree         the files as they are, staged or not
        connref check HEAD~1..HEAD       two revisions
        connref check main...feature     what the branch brings since it left main
        connref check --against main     the same for the current branch

      In a pipeline, --format github, azure, gitlab, junit or sarif.
      """)

  @Argument(help: ArgumentHelp("Two revisions, as A..B or A...B.", valueName: "range"))
  var range: String?

  @Flag(help: "Compare the files on the disk, untracked ones included, with HEAD.")
  var worktree = false

  @Option(help: ArgumentHelp("Compare HEAD with where it left this revision.", valueName: "rev"))
  var against: String?

  @Flag(help: "Judge a release: what the settings files lack for it is an error.")
  var release = false

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @Option(
    help: ArgumentHelp("How many commits to look back for what went earlier.", valueName: "n"))
  var lookBack: Int?

  @Option(
    help: ArgumentHelp(
      "Read .connref.yml and the approvals from this revision, not from the trusted side.",
      valueName: "rev"))
  var policy: String?

  @OptionGroup var output: FormatOptions<ReportFormat<FindingFormats>>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [range != nil, worktree, against != nil].count(where: { $0 }) > 1 {
      throw ValidationError("give a range, --worktree or --against, not several of them")
    }
    if let lookBack, lookBack < 0 { throw ValidationError("--look-back takes a number of commits") }
  }

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let subject = try subject()
    let repository = try common.openRepository(in: context)
    let policySide = try policy.map { PolicySide.commit(try repository.commitID(of: $0)) }
    let check = Check(
      repository,
      options: Check.Options(
        lookBack: lookBack, policySide: policySide,
        configuration: try common.configuration(in: context), isRelease: release,
        today: context.today))
    let outcome = try check.outcome(of: subject)
    let report = Report(
      .check, outcome, failOn: failOn, repository: repository.displayName)
    try output.write(report, in: context, console: console)
    if subject == .staged, common.config == nil { try sayWhatIsNotStaged(repository, console) }
    return ExitStatus(report)
  }

  /// A configuration or an approval that was written and not staged does nothing yet.
  private func sayWhatIsNotStaged(_ repository: Repository, _ console: Console) throws {
    for file in try PolicyFiles(repository).unstagedFiles() {
      console.inform("note: \(file.message)")
      if !console.isQuiet { console.hint(file.hint) }
    }
  }

  private func subject() throws -> Check.Subject {
    if worktree { return .worktree }
    if let against { return .branch(base: against, tip: "HEAD") }
    guard let range else { return .staged }
    for (separator, isBranch) in [("...", true), ("..", false)] {
      guard let found = range.firstRange(of: separator) else { continue }
      let left = range[..<found.lowerBound]
      let right = range[found.upperBound...]
      let before = left.isEmpty ? "HEAD" : String(left)
      let after = right.isEmpty ? "HEAD" : String(right)
      return isBranch
        ? .branch(base: before, tip: after) : .commits(before: before, after: after)
    }
    throw UsageError(
      message: "'\(range)' is one revision, and a check compares two",
      hint: "connref check \(range)..HEAD, or connref check --against \(range)")
  }
}

extension Severity: ExpressibleByArgument {}
