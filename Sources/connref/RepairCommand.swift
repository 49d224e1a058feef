import ArgumentParser
import Detection
import Editing
import Foundation
import Git
import Reporting
import Review

struct RepairCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "repair",
    abstract: "Write a patch that mends a finding, for 'git apply'.",
    discussion: """
      The patch gives a reference its old logical name back everywhere: its declaration, the flows, \
      apps and agents that name it, the settings files. Nothing else in these files changes, and \
      nothing is written but the patch. With --forward it finishes the move to the new name instead: \
      who was left behind moves too, and the settings files follow.

      The finding is looked for in what is staged, on the disk, in the last commit, on the branch, \
      and in the history of HEAD.

        connref repair 3f9a21c07d44 | git apply --index
        connref repair 3f9a21c07d44 --forward | git apply --index
        connref repair 3f9a21c07d44 --worktree | git apply
      """)

  @Argument(help: ArgumentHelp("The id of a finding.", valueName: "id"))
  var id: String

  @Flag(help: "Finish the move to the new name instead of taking it back.")
  var forward = false

  @Flag(help: "Mend the files on the disk instead of what is staged.")
  var worktree = false

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let id = id.lowercased()
    guard id.count == 12, id.allSatisfy(\.isHexDigit) else {
      throw UsageError(
        message: "'\(self.id)' is no id of a finding: it has twelve hexadecimal digits",
        hint: "connref check prints one with each finding")
    }
    let repository = try common.openRepository(in: context)
    let outcome: RepairReview.Outcome
    do {
      outcome = try self.outcome(of: id, in: repository, context)
    } catch let error as Unrepairable {
      throw Failure(message: error.message, hint: error.hint)
    }
    let text = RepairText(outcome)
    console.write(outcome.patch)
    for line in text.lines { console.inform(line) }
    let warning = text.warning(
      from: context.folder, workTree: repository.workTree, wasAsked: worktree)
    if let warning { console.hint(warning) }
    return .clear
  }

  private func outcome(
    of id: String, in repository: Repository, _ context: RunContext
  ) throws -> RepairReview.Outcome {
    let options = Check.Options(
      configuration: try common.configuration(in: context), today: context.today)
    let search = FindingSearch(repository, options: options)
    var review = try RepairReview(repository, forward ? .forward : .back, options: options)
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
      throw Failure(
        message: "could not find '\(id)' in what is staged, on the disk, on this branch or before",
        hint: "git switch to the branch that has it: connref branches lists it")
    }
    return try review.outcome(of: id, since: change.before, onDisk: worktree)
  }
}
