import ArgumentParser
import Detection
import Editing
import Git
import Platform
import Review
import Solution

struct SettingsSyncCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Add the rows that settings files lack.",
    discussion: """
      Each file gets a row for every reference of the solutions that it binds, written as its \
      other rows are. Connection ids, tokens, other sections, order and white space stay as they \
      are. The connection id of a new row is yours to fill in, or an inventory's: an empty one is \
      filled where exactly one connection of the environment fits.

        connref settings sync                    every settings file
        connref settings sync -e prod            the file of one environment
        connref settings sync -e prod --dry-run  only show the difference
        connref settings sync -e prod --from-inventory environments/prod   fill connection ids
        connref settings sync --file uat.json --from prod   a new one, shaped alike
        connref settings sync --file uat.json --create      a new one from nothing

      Exit status: 0 done, 1 with --check when a file would change, 2 could not do it and changed \
      nothing, 64 wrong usage.
      """)

  @OptionGroup var files: SettingsFileOptions

  @Option(
    name: .customLong("solution"),
    help: ArgumentHelp(
      "The solution that the file is for; may be given several times. By default, found by the file's rows or its folder.",
      valueName: "name"))
  var solutions: [String] = []

  @Flag(help: "Take out rows of references that nothing declares or uses any more.")
  var removeStale = false

  @Flag(help: "Write nothing; print the difference, for 'git apply'.")
  var dryRun = false

  @Flag(help: "The same, and end with 1 when there is one: for a pipeline.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "Make a missing file in the shape of another one: connections and values are emptied.",
      valueName: "environment|path"))
  var from: String?

  @Option(
    help: ArgumentHelp(
      "Fill empty connection ids from what 'connref inventory fetch' saved of the environment.",
      valueName: "folder"))
  var fromInventory: String?

  @Flag(help: "Make a missing file from nothing.")
  var create = false

  @Option(
    help: "How rows are written where there is none to copy: pac or alm-accelerator.")
  var shape: SettingsShape?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if from != nil, create { throw ValidationError("give --from or --create, not both") }
    if create, files.file == nil, files.environment == nil {
      throw ValidationError("--create needs to know which file: --file or --environment")
    }
    if from != nil, files.file == nil, files.environment == nil {
      throw ValidationError("--from needs to know which file to make: --file or --environment")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    var options = SettingsSync.Options()
    options.environment = files.environment
    options.file = try files.path(in: repository)
    options.solutions = solutions
    options.removesStale = removeStale
    options.shapeOf = from.map { repository.fileOrName($0) }
    options.creates = create
    options.shape = shape
    let inventory = try fromInventory.map { path throws(GitError) in
      try InventoryFolder(path, from: context.folder)
    }
    options.inventory = inventory?.environment
    for problem in inventory?.problems ?? [] where problem.hidesContent {
      // An unreadable file may hold another connection that fits.
      throw Failure(message: "could not read '\(problem.path)': \(problem.message)")
    }
    let configuration = try PolicyFiles(repository, given: try common.configuration(in: context))
      .current().configuration
    let plan = try withSettingsFailures {
      try SettingsSync(repository, options: options, configuration: configuration).plan()
    }
    let isDry = dryRun || check
    let report = SettingsSyncReport(plan: plan, isDry: isDry)
    for refusal in plan.refusals { console.complain(refusal.message, hint: refusal.hint) }
    for problem in report.problems { console.say(problem) }
    guard plan.refusals.isEmpty else {
      console.inform("nothing was changed")
      return .unknown
    }
    if isDry {
      console.write(plan.patch.bytes)
      console.inform(String(report.text.dropLast()))
    } else {
      try plan.write(in: repository)
      if !common.quiet { console.write(report.text) }
    }
    console.inform(report.summary)
    if !plan.problems.isEmpty { return .unknown }
    return check && plan.isChanged ? .findings : .clear
  }
}

extension Repository {
  /// A path from the root of the worktree where the user named one; else what was typed, a name.
  fileprivate func fileOrName(_ text: String) -> String {
    guard text.contains("/") || text.lowercased().hasSuffix(".json") else { return text }
    return pathInWorkTree(text) ?? text
  }
}

extension SettingsShape: ExpressibleByArgument {}
