import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review
import Solution

struct ListCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List references, what uses them, and which settings files bind them.",
    discussion: """
      Without a revision: the files on the disk, or HEAD in a bare repository.

        connref list
        connref list main --format json
        connref list Sales.zip           an exported solution, without git
        connref list --solution Sales --format dot | dot -Tsvg > references.svg
      """)

  @Argument(
    help: ArgumentHelp("The revision to list; or a folder or zip.", valueName: "rev"),
    completion: Completion.revisions)
  var revision: String?

  @Option(
    help: ArgumentHelp("Only this solution; may be given several times.", valueName: "name"))
  var solution: [String] = []

  @OptionGroup var output: FormatOptions<ReportFormat<ListFormats>>
  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let given = try common.configuration(in: context)
    let found: (snapshot: Snapshot, problems: [Problem])
    let groups: [IdentityGroup]
    let side: Side
    let run: RunRecord
    var name = ""
    if let revision, let tree = try common.diskTree(revision, in: context) {
      found = DiskReview.snapshot(of: tree)
      groups = (given ?? .standard).conventions.groups
      side = .disk(revision)
      var looked = RunRecord.Revision(
        .revision, name: revision, commit: nil, isCommitted: false)
      looked.blob = tree.blob?.hex
      run = RunRecord([looked], of: nil, in: context)
    } else {
      let repository = try common.openRepository(in: context)
      let configuration = try PolicyFiles(repository, given: given).current().configuration
      let reading = try RevisionReading(repository, at: revision, covering: configuration)
      found = (
        reading.snapshot,
        reading.problems
          + (try DeadPatterns(repository).remarks(on: configuration, at: revision))
      )
      groups = configuration.conventions.groups
      side =
        revision.map { .revision($0) }
        ?? (repository.isBare ? .revision("HEAD") : .worktree)
      run = try RunRecord(at: revision, config: common.config, of: repository, in: context)
      name = repository.displayName
    }
    var listing = Listing(found.snapshot)
    if !solution.isEmpty {
      listing = listing.narrowed(to: solution)
      if listing.isEmpty {
        throw UsageError(
          message: "there is no solution '\(solution.joined(separator: "', '"))' here",
          hint: Spelling.nearest(
            to: solution[0], in: found.snapshot.instances.map(\.uniqueName)
          ).map { "did you mean '\($0)'?" } ?? "connref list names them all")
      }
    }
    var report = Report(
      listing, of: side,
      problems: found.problems.map {
        // An archive that cannot be opened may be all that there is to list.
        Report.Problem(
          $0, matters: $0.hidesContent || (found.snapshot.instances.isEmpty && $0.mayHideContent))
      },
      groups: groups)
    report.repository = name
    report.run = run
    try output.write(report, in: context, console: console)
    if found.snapshot.instances.isEmpty { console.sayThatNoSolutionIsHere() }
    return ExitStatus(report)
  }
}
