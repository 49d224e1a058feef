import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review
import Solution

struct AuditCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Report what is wrong in one revision, without comparing.",
    discussion: """
      Looks at one revision by itself: flows without a connection, settings files that bind too \
      little, people as owners. Grouped by what to do first. Without a revision: the files on the \
      disk, or HEAD in a bare repository.

        connref audit
        connref audit main --release          as the deployment of main would need it
        connref audit Sales.zip               an exported solution, without git
        connref audit --fail-on warning       end with 1 for warnings too
        connref audit --environment prod      beside an environment, asked now
        connref audit --inventory FOLDER      beside a saved inventory of an environment
      """)

  @Argument(
    help: ArgumentHelp("The revision to look at; or a folder or zip.", valueName: "rev"),
    completion: Completion.revisions)
  var revision: String?

  @Flag(help: "Check for a release: missing settings are errors, placeholders too.")
  var release = false

  @Option(
    help: ArgumentHelp(
      "A saved inventory of an environment, checked with the revision: a folder.",
      valueName: "folder"))
  var inventory: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "An environment to read and check with the revision: its address, or its name in .connref.yml.",
      valueName: "name|url"))
  var environment: String?

  @Option(help: "What to fail for: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var output: FormatOptions<ReportFormat<FindingFormats>>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if inventory != nil, environment != nil {
      throw ValidationError("give --inventory or --environment, not both")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let options = try common.checkOptions(in: context, isRelease: release)
    let saved: InventoryFolder?
    if let environment {
      guard let fetched = try fetched(environment, in: context) else { return .unknown }
      saved = fetched
    } else {
      saved = try inventory.map { path throws(GitError) in
        try InventoryFolder(path, from: context.folder)
      }
    }
    let repository: Repository?
    let outcome: CheckOutcome
    if let revision, let tree = try common.diskTree(revision, in: context) {
      repository = nil
      outcome = DiskReview(options: options).audit((revision, tree), beside: saved)
    } else {
      let opened = try common.openRepository(in: context)
      repository = opened
      outcome = try WaitingNote.showing(in: context, isQuiet: console.isQuiet) {
        try Audit(opened, options: options).outcome(at: revision, beside: saved)
      }
    }
    var report = Report(
      .audit, outcome, failOn: failOn, repository: repository?.displayName ?? "")
    report.run = RunRecord(outcome, config: common.config, of: repository, in: context)
    report.run?.inventory = saved.map { RunRecord.Inventory($0, isAskedNow: environment != nil) }
    try output.write(report, in: context, console: console)
    if let saved { console.inform(line(about: saved)) }
    if repository != nil, outcome.scope.solutions == 0 { console.sayThatNoSolutionIsHere() }
    return ExitStatus(report)
  }

  /// Reads the environment, for this report only; nil where it failed and the reason was reported.
  private func fetched(
    _ environment: String, in context: RunContext
  ) throws -> InventoryFolder? {
    let address = try EnvironmentOptions.address(of: environment, common, in: context)
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "connref-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // No other user can read a file that stays in the system's temporary folder.
    defer { try? FileManager.default.removeItem(at: scratch) }
    let name = URLHost.host(of: address) ?? "environment"
    let path = scratch.appending(path: name).path(percentEncoded: false)
    let status = try InventoryLauncher(context: context).fetch(
      address, into: path, withDefinitions: false, withNames: true, isQuiet: true)
    return status == .clear ? try InventoryFolder(path, from: context.folder) : nil
  }

  private func line(about saved: InventoryFolder) -> String {
    let environment = saved.environment
    return Report.environmentLine(
      host: environment.host, references: environment.references.count,
      flows: environment.flows.count, users: environment.users.count, files: saved.files)
  }
}

extension RunRecord.Inventory {
  /// - Parameter isAskedNow: The folder is this run's own, and its name says nothing.
  fileprivate init(_ saved: InventoryFolder, isAskedNow: Bool) {
    self.init(
      name: isAskedNow ? nil : saved.name, host: saved.environment.host, fetched: saved.fetched,
      references: saved.environment.references.count, flows: saved.environment.flows.count)
  }
}
