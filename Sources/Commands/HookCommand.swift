import ArgumentParser
import Detection
import Foundation
import Reporting
import Review

struct HookCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "What the hook scripts call.",
    discussion: """
      The scripts that 'connref install' writes end in 'exec connref hook NAME "$@"'. A hook prints \
      nothing when nothing of a solution changed.
      """)

  @Argument(
    help: ArgumentHelp(
      "The hook: pre-commit, pre-merge-commit, post-merge, pre-push.", valueName: "name"))
  var name: String

  @Argument(parsing: .captureForPassthrough, help: "What git gave the hook.")
  var arguments: [String] = []

  func run(in world: World, console: Console) throws -> ExitStatus {
    guard let hook = HookName(rawValue: name) else {
      throw UsageError(
        message: "there is no hook '\(name)' that connref serves",
        hint: "it serves " + HookName.allCases.map(\.rawValue).joined(separator: ", "))
    }
    let common = CommonOptions.plain
    let repository = try common.openRepository(in: world)
    let input = hook.readsStandardInput ? FileHandle.standardInput.readDataToEndOfFile() : Data()
    let review = HookReview(
      repository, environment: world.environment, arguments: arguments,
      input: String(decoding: input, as: UTF8.self))
    var status = ExitStatus.clear
    for var outcome in try review.outcomes(for: hook) where outcome.isChanged {
      // Notes are for reports: at a commit they would only be in the way.
      outcome.findings.removeAll { $0.severity == .note }
      let presentation = OutcomePresentation(
        outcome: outcome, command: "hook", failOn: .error, output: .text, console: console)
      try presentation.write(to: world)
      status = status.graver(presentation.status)
    }
    if status != .clear { advise(hook, status, console) }
    return status
  }

  private func advise(_ hook: HookName, _ status: ExitStatus, _ console: Console) {
    switch hook {
    case .preCommit:
      console.say("the commit was stopped")
      console.hint("to unstage the export and keep its files: git restore --staged :/")
      console.hint("to commit all the same: git commit --no-verify")
    case .preMergeCommit:
      console.say("the merge was stopped before its commit")
      console.hint("to go back to before it: git merge --abort")
      console.hint("to commit it all the same: git commit --no-verify")
    case .prePush:
      console.say("the push was stopped")
      console.hint("to push all the same: git push --no-verify")
    case .postMerge where arguments.first == "1":
      console.say("the squash is staged, \(consequence(status))")
      console.hint("to see it again: connref check")
      console.hint("to throw it away: git reset --merge")
    case .postMerge:
      console.say("the merge is done, \(consequence(status))")
      console.hint("to see it again: connref check ORIG_HEAD..HEAD")
      console.hint("to go back to before it: git reset --keep ORIG_HEAD")
    }
  }

  private func consequence(_ status: ExitStatus) -> String {
    status == .findings
      ? "and this branch is broken as told above"
      : "and whether it broke this branch could not be told"
  }
}

extension CommonOptions {
  /// As if nothing had been given.
  static var plain: CommonOptions {
    var options = CommonOptions()
    options.repository = nil
    options.noColor = false
    options.quiet = false
    return options
  }
}

extension OutputOptions {
  /// Text on standard output.
  static var text: OutputOptions {
    var options = OutputOptions()
    options.format = .text
    options.output = nil
    return options
  }
}

extension ExitStatus {
  /// Findings outweigh what could not be told.
  func graver(_ other: ExitStatus) -> ExitStatus {
    for status in [ExitStatus.wrongUsage, .findings, .unknown]
    where self == status || other == status {
      return status
    }
    return .clear
  }
}
