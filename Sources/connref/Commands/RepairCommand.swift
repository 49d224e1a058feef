import ArgumentParser
import Detection
import Editing
import Git
import Platform
import Reporting
import Review

struct RepairCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Fix a finding: apply a patch, or print it for 'git apply'.",
    discussion: """
      The patch gives a reference its old logical name back everywhere: its declaration, the \
      flows, apps and agents that use it, the settings files. Nothing else in these files changes. \
      With --forward it finishes the move to the new name instead: consumers left behind move too, \
      and the settings files follow. The check is run again with the repaired files, before \
      anything is printed or applied.

      The finding is looked for in what is staged, on the disk, in the last commit, on the branch, \
      and in the history of HEAD. Without an id: the one finding that can be repaired; with --all, \
      every finding of the first of these places that has any. What no patch can fix is listed with \
      its fix.

        connref repair --apply                   the only finding, in index and files
        connref repair --all --apply             every finding, in one go
        connref repair 3f9a --apply              this one, by its first four digits
        connref repair 3f9a --forward --apply    finish the move
        connref repair 3f9a --worktree --apply   files that are not staged
        connref repair 3f9a | git apply --index  the patch, to look at or to pass on
        connref repair 3f9a --declare            it is planned: write that into .connref.yml

      Exit status: 0 done, 1 with --all when the check still reports an error, 2 could not repair \
      it and changed nothing, 64 wrong usage.
      """)

  @Argument(
    help: ArgumentHelp("The id of a finding, or its first digits.", valueName: "id"),
    completion: Completion.ids)
  var id: String?

  @Flag(help: "Repair every finding that a patch can fix.")
  var all = false

  @Flag(help: "Finish the move to the new name instead of taking it back.")
  var forward = false

  @Flag(help: "Fix the files on the disk instead of what is staged.")
  var worktree = false

  @Flag(help: "Apply the patch with git, to the index and the files.")
  var apply = false

  @Flag(help: "Change nothing back: write into .connref.yml that the change is planned.")
  var declare = false

  @Option(
    help: ArgumentHelp(
      "With --declare: the last day of the plan, as 2027-03-31.", valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp("With --declare: why.", valueName: "text"))
  var reason: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if all, id != nil { throw ValidationError("give an id or --all, not both") }
    if all, declare { throw ValidationError("--declare is for one finding: give its id") }
    if declare, apply || forward || worktree {
      throw ValidationError("--declare changes .connref.yml alone: leave out the other flags")
    }
    if !declare, until != nil || reason != nil {
      throw ValidationError("--until and --reason go with --declare")
    }
    if let until, Day(until) == nil {
      throw ValidationError("'\(until)' is not a valid date: write it as 2027-03-31")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    if let id { try FindingSearch.ensureID(id) }
    let repository = try common.openRepository(in: context)
    let search = FindingSearch(
      repository,
      options: try common.checkOptions(in: context))
    if all { return try repairAll(search, repository, context, console) }
    let id = try self.id?.lowercased() ?? onlyRepairable(search)
    if declare { return try declare(id, search, repository, context, console) }
    let outcome: RepairReview.Outcome
    do {
      outcome = try self.outcome(of: id, search, in: repository, context)
    } catch let error as Unrepairable {
      throw Failure(message: error.message, hint: error.hint)
    }
    try finish(outcome, asked: id, in: repository, context, console)
    return .clear
  }

  /// Applies the patch or prints it, and says what it changes.
  ///
  /// - Parameter asked: The argument that names it: an id, or `--all`.
  private func finish(
    _ outcome: RepairReview.Outcome, asked: String, in repository: Repository,
    _ context: RunContext, _ console: Console
  ) throws {
    let text = RepairText(outcome: outcome, isOfAll: all)
    if apply {
      try PatchApplication(outcome, printing: command(asked), in: repository).apply(
        in: context, isNamed: common.repository != nil)
      for line in text.lines(isApplied: true) { console.inform(line) }
      if outcome.target != .worktree, !console.isQuiet { console.hint("git diff --cached") }
      return
    }
    console.write(outcome.patch)
    for line in text.lines(isApplied: false) { console.inform(line) }
    let warning = text.warning(
      from: context.folder, workTree: repository.workTree, wasAsked: worktree)
    if let warning { console.hint(warning) }
  }

  /// The command line that prints the patch.
  ///
  /// - Parameter onDisk: The patch is for the files on the disk, even if the user did not choose them.
  private func command(_ asked: String, onDisk: Bool = false) -> String {
    "connref repair \(asked)" + (forward ? " --forward" : "")
      + (worktree || onDisk ? " --worktree" : "")
  }

  /// Repairs every finding that a patch can fix, of the first place that has any.
  private func repairAll(
    _ search: FindingSearch, _ repository: Repository, _ context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    let outcome = try WaitingNote.showing(in: context, isQuiet: console.isQuiet) {
      var review = try RepairReview(
        repository, forward ? .forward : .back, options: search.options)
      do {
        return try review.outcome(of: try repairable(search), onDisk: worktree)
      } catch let error as Unrepairable {
        throw Failure(message: error.message, hint: error.hint)
      }
    }
    guard !outcome.steps.isEmpty else {
      for line in RepairText(outcome: outcome, isOfAll: true).lines(isApplied: false) {
        console.inform(line)
      }
      throw Failure(message: "a patch can fix none of these findings: nothing was changed")
    }
    try finish(outcome, asked: "--all", in: repository, context, console)
    if !apply, !console.isQuiet {
      console.hint("to apply it: \(command("--all", onDisk: outcome.target == .worktree)) --apply")
    }
    return outcome.leavesErrors ? .findings : .clear
  }

  /// The findings that a patch can fix, of what is staged, else of the disk, the last commit, the branch.
  private func repairable(_ search: FindingSearch) throws -> FindingSearch.Repairable {
    guard let found = try search.repairable(onDisk: worktree) else {
      throw Failure(
        message:
          "nothing to repair in what is staged, on the disk, in the last commit or on this branch",
        hint: "connref history lists what is still broken; connref repair ID repairs it")
    }
    return found
  }

  private func onlyRepairable(_ search: FindingSearch) throws -> String {
    let findings = try repairable(search).findings
    guard findings.count == 1 else {
      let list = findings.prefix(8).map { "  \($0.id)  \($0.rule.rawValue): \($0.summary)" }
      throw UsageError(
        message: "\(findings.count) findings can be repaired: say which one, or --all",
        hint: "\(command("--all")) --apply", details: list)
    }
    return findings[0].id
  }

  private func outcome(
    of id: String, _ search: FindingSearch, in repository: Repository, _ context: RunContext
  ) throws -> RepairReview.Outcome {
    var review = try RepairReview(
      repository, forward ? .forward : .back, options: search.options)
    if let found = try search.found(id) {
      return try review.outcome(of: found, onDisk: worktree)
    }
    if let finding = try search.findingAtRest(id) {
      throw Unrepairable(
        "a finding of '\(finding.rule.rawValue)' is about one revision: there is no change to take back",
        hint: finding.fix.first?.line)
    }
    var meter = ProgressMeter(context: context, isQuiet: common.quiet)
    let change = try search.change(
      bringing: id, workers: ProcessInfo.processInfo.activeProcessorCount
    ) { progress in
      meter.show(progress)
      return true
    }
    meter.clear()
    guard let change else {
      throw try search.failure(
        toFind: id,
        hint: "it may be fixed already, or be on another branch: connref branches shows which, and "
          + "git switch goes there")
    }
    return try review.outcome(of: change.id, since: change.before, onDisk: worktree)
  }

  /// Writes a plan into the configuration on the disk.
  private func declare(
    _ id: String, _ search: FindingSearch, _ repository: Repository, _ context: RunContext,
    _ console: Console
  ) throws -> ExitStatus {
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not declare anything here: the repository is bare",
        hint: "declare it in a clone, commit and push")
    }
    guard let (finding, _) = try search.finding(id) else {
      throw try search.failure(toFind: id, hint: "connref check prints an id with each finding")
    }
    let day = until.flatMap { Day($0) }
    if let day, day < context.today {
      throw UsageError(
        message: "'\(day)' is in the past: the plan would be over already",
        hint: "give a date from \(context.today) on, or leave out --until")
    }
    guard
      let plan = IntentFile.Plan(finding, until: day, after: nil, reason: reason)
    else {
      throw UsageError(
        message: "a finding of '\(finding.rule.rawValue)' cannot be planned",
        hint: "connref accept \(finding.id) --reason \"…\"")
    }
    let file = WorktreeFile(Configuration.path, in: workTree, limit: 4 << 20)
    file.removeRemains()
    let before = try file.contents()
    // The line says what is wrong with the file.
    let known = try before.map { try Configuration(file: $0).intent }
    if let known, plan.isPart(of: known) {
      console.say("\(Configuration.path): \(plan.key): it is planned already")
      console.hint("edit \(Configuration.path) to change the plan")
      return .clear
    }
    guard let after = IntentFile.adding(plan, to: before) else {
      throw Failure(
        message:
          "could not add to '\(plan.key)' of \(Configuration.path): it is not written as a list",
        hint: "add by hand:\n  \(plan.key):\n"
          + plan.entries.map { "    - \($0)" }.joined(separator: "\n"))
    }
    try file.replace(before, by: after)
    for entry in plan.entries {
      console.say(
        "\(Configuration.path): \(plan.key): \(PrintableText(escaping: entry))")
    }
    console.inform(
      "a change that does this is a note from now on; branches, pushes and servers read it from the main branch"
    )
    console.hint("git add \(Configuration.path)")
    return .clear
  }
}
