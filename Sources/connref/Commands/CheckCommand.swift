import ArgumentParser
import Detection
import Git
import Reporting
import Review

struct CheckCommand: CommonCommand {
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
        connref check old.zip new.zip    two zips or two folders, without git

      In a pipeline, --format github, azure, gitlab, junit or sarif.
      """)

  @Argument(
    help: ArgumentHelp(
      "Two revisions, as A..B or A...B; or two folders or zips.", valueName: "range"),
    completion: Completion.revisions)
  var sides: [String] = []

  @Flag(help: "Compare the files on the disk, untracked ones included, with HEAD.")
  var worktree = false

  @Option(
    help: ArgumentHelp("Compare HEAD with where it left this revision.", valueName: "rev"),
    completion: Completion.revisions)
  var against: String?

  @Flag(help: "Check for a release: missing settings are errors.")
  var release = false

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @Option(
    help: ArgumentHelp(
      "How many commits to look back for what was removed earlier.", valueName: "n"))
  var lookBack: Int?

  @Option(
    help: ArgumentHelp(
      "Read .connref.yml and the approvals from this revision, not from the trusted side.",
      valueName: "rev"), completion: Completion.revisions)
  var policy: String?

  @OptionGroup var output: FormatOptions<ReportFormat<FindingFormats>>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if [!sides.isEmpty, worktree, against != nil].count(where: { $0 }) > 1 {
      throw ValidationError("give a range, --worktree or --against, not several of them")
    }
    if let lookBack, lookBack < 0 { throw ValidationError("--look-back takes a number of commits") }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    if let pair = try pairOnDisk(in: context) { return try check(pair, in: context, console) }
    let subject = try subject(in: context)
    let repository = try common.openRepository(in: context)
    let policySide = try policy.map { PolicySide.commit(try repository.commitID(of: $0)) }
    let check = Check(
      repository,
      options: Check.Options(
        lookBack: lookBack, policySide: policySide,
        configuration: try common.configuration(in: context), isRelease: release,
        today: context.today))
    let outcome = try WaitingNote.showing(in: context, isQuiet: console.isQuiet) {
      try check.outcome(of: subject)
    }
    var report = Report(
      .check, outcome, failOn: failOn, repository: repository.displayName)
    report.run = RunRecord(outcome, config: common.config, of: repository, in: context)
    try output.write(report, in: context, console: console)
    if [.staged, .worktree].contains(subject) {
      console.hintAtRepairs(of: outcome, onDisk: outcome.after == .worktree)
    }
    if subject == .staged, common.config == nil { try console.sayUnstagedPolicy(of: repository) }
    return ExitStatus(report)
  }

  /// Two folders or zips; nil for revisions of a repository. An argument that exists on the disk is
  /// a path.
  private func pairOnDisk(in context: RunContext) throws -> (String, String)? {
    guard sides.count == 2 else {
      guard sides.count > 2 else { return nil }
      throw UsageError(
        message: "a check compares two sides, and these are \(sides.count)",
        hint: "connref check \(sides[0])..\(sides[1])")
    }
    let paths = sides.filter(context.exists)
    switch paths.count {
    case 2: return (sides[0], sides[1])
    case 0:
      if let missing = sides.first(where: context.looksLikePath) {
        throw UsageError(
          message: "there is no '\(missing)'", hint: "give two folders or zips that exist")
      }
      // Without a repository there are no revisions.
      let repository = try? common.openRepository(in: context)
      if let unknown = sides.first(where: { (try? repository?.commitID(of: $0)) == nil }) {
        throw UsageError(
          message: "'\(unknown)' is neither a folder, a zip nor a revision",
          hint:
            "connref check OLD NEW compares two folders or zips, connref check A..B two revisions")
      }
      throw UsageError(
        message: "write two revisions as one range",
        hint: "connref check \(sides[0])..\(sides[1])")
    default:
      let other = sides.first { !context.exists($0) } ?? ""
      throw UsageError(
        message: "'\(paths[0])' is a path, and there is no '\(other)' beside it",
        hint: sides.contains(where: context.looksLikePath)
          ? "give two folders or zips that exist"
          : "write two revisions as one range: connref check \(sides[0])..\(sides[1])")
    }
  }

  private func check(
    _ pair: (before: String, after: String), in context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    if policy != nil || lookBack != nil {
      throw UsageError(
        message: "--policy and --look-back are for revisions, and these are paths",
        hint: "connref check \(pair.before) \(pair.after) --config .connref.yml")
    }
    let review = DiskReview(
      options: try common.checkOptions(in: context, isRelease: release))
    let outcome = review.outcome(
      before: (pair.before, try DiskTree(pair.before, from: context.folder)),
      after: (pair.after, try DiskTree(pair.after, from: context.folder)))
    var report = Report(.check, outcome, failOn: failOn)
    report.run = RunRecord(outcome, config: common.config, of: nil, in: context)
    try output.write(report, in: context, console: console)
    return ExitStatus(report)
  }

  private func subject(in context: RunContext) throws -> Check.Subject {
    if worktree { return .worktree }
    if let against { return .branch(base: against, tip: "HEAD") }
    guard let range = sides.first else { return .staged }
    for (separator, isBranch) in [("...", true), ("..", false)] {
      guard let found = range.firstRange(of: separator) else { continue }
      let left = range[..<found.lowerBound]
      let right = range[found.upperBound...]
      let before = left.isEmpty ? "HEAD" : String(left)
      let after = right.isEmpty ? "HEAD" : String(right)
      return isBranch
        ? .branch(base: before, tip: after) : .commits(before: before, after: after)
    }
    if context.exists(range) {
      throw UsageError(
        message: "'\(range)' is one path, and a check compares two",
        hint:
          "for the files here: connref check --worktree, or connref audit; for two folders or zips: "
          + "connref check OLD NEW")
    }
    if context.looksLikePath(range) {
      throw UsageError(
        message: "could not find '\(range)'",
        hint: "two folders or zips that exist can be compared: connref check OLD NEW")
    }
    // `git show` and `git log` take a commit without its parents so.
    if let mark = ["^!", "^@", "^-"].first(where: range.hasSuffix) {
      let commit = range.dropLast(mark.count)
      throw UsageError(
        message: "'\(range)' is a set of commits, and a check compares two",
        hint: "connref check \(commit)~1..\(commit)")
    }
    throw UsageError(
      message: "'\(range)' is one revision, and a check compares two",
      hint: ["HEAD", "@"].contains(range)
        ? "what is staged: connref check; the last commit: connref check HEAD~1..HEAD"
        : "connref check \(range)..HEAD, or connref check --against \(range)")
  }
}
