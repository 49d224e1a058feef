import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review
import Solution

struct HookCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook",
    abstract: "What the hook scripts call.",
    discussion: """
      The scripts that 'connref install' writes end in 'exec connref hook NAME "$@"'. A hook prints \
      nothing when nothing of a solution changed.
      """)

  @Argument(
    help: ArgumentHelp(
      "The hook: \(HookName.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "name"))
  var name: String

  @Argument(parsing: .captureForPassthrough, help: "What git gave the hook.")
  var arguments: [String] = []

  /// The command of a hook script, without ArgumentParser, which takes longer than an idle hook; nil for
  /// any other command line.
  static func called(by arguments: [String]) -> (any ParsableCommand)? {
    guard arguments.count > 1, arguments[0] == configuration.commandName,
      HookName(rawValue: arguments[1]) != nil
    else { return nil }
    var command = HookCommand()
    command.name = arguments[1]
    command.arguments = Array(arguments[2...])
    return command
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    guard let hook = HookName(rawValue: name) else {
      throw UsageError(
        message: "there is no hook '\(name)' that connref serves",
        hint: "it serves " + HookName.allCases.map(\.rawValue).joined(separator: ", "))
    }
    HookTrial.record(hook, in: context)
    let repository = try Repository(folder: context.folder, environment: context.environment)
    let input = hook.readsStandardInput ? try StandardStream.input() : []
    let review = HookReview(
      repository, environment: context.environment, arguments: arguments,
      input: String(decoding: input, as: UTF8.self), today: context.today)
    let answer = try WaitingNote.showing(in: context) { try review.answer(for: hook) }
    for remark in answer.remarks { console.say("\(PrintableText(escaping: remark))") }
    var status = ExitStatus.clear
    let onMainBranch = answer.onMainBranch + answer.outcomes.flatMap(\.onMainBranch)
    if try !leavesMention(hook, repository) {
      for present in onMainBranch { console.say(Self.mention(present)) }
    }
    for var outcome in answer.outcomes where outcome.isChanged || outcome.hasPolicyProblem {
      // Notes are for reports: at a commit they would only be in the way.
      outcome.findings.removeAll { $0.severity == .note }
      let report = Report(.hook, outcome)
      // After what the main branch has, a line that says that there is no problem would be wrong.
      if ExitStatus(report) == .clear && (hook.comesSecond || !onMainBranch.isEmpty) { continue }
      let output = FormatOptions<ReportFormat<FindingFormats>>.text
      try output.write(report, in: context, console: console)
      status = status.worse(ExitStatus(report))
    }
    if status != .clear {
      let advice = HookAdvice(
        hook: hook, arguments: arguments, status: status, isRebase: isRebase(repository),
        situation: situation(hook, repository), mainOfRebase: answer.mainOfRebase,
        plannable: answer.outcomes.lazy.flatMap(\.findings).first { finding in
          finding.severity == .error
            && [.referenceRecreated, .referenceReplaced].contains(finding.rule)
        }?.id)
      console.say(advice.lines.outcome)
      for hint in advice.lines.hints { console.hint(hint) }
      if hook == .preCommit, let outcome = answer.outcomes.first {
        console.hintAtRepairs(of: outcome, onDisk: false)
      }
      if hook == .preCommit { try console.sayUnstagedPolicy(of: repository) }
    }
    if !hook.canStop { flag(answer.moves, of: repository, status, context.today, console) }
    return status
  }

  /// Whether another hook of the same operation reports what the main branch has: an earlier one, or, on the main
  /// branch itself, a later one as an error.
  private func leavesMention(_ hook: HookName, _ repository: Repository) throws -> Bool {
    let folder = try? HooksFolder(repository, sharedToo: true)
    func isInstalled(_ other: HookName) -> Bool {
      folder.map { HookInstaller(folder: $0.url, worktree: $0.worktree).state(of: other) }?.isOurs
        ?? false
    }
    switch hook {
    case .preMergeCommit:
      return try MainBranchTips(repository).isCheckedOut() && isInstalled(.postMerge)
    case .postMerge:
      // A merge that made a commit; one that fast-forwards, and a squash, have no earlier hook.
      guard arguments.first != "1", let head = try repository.head().commit else { return false }
      let parents = try repository.commit(head).parents
      return parents.count > 1
        && parents.first == (try? repository.commitID(of: "ORIG_HEAD"))
        && isInstalled(.preMergeCommit)
    default: return hook.comesSecond
    }
  }

  /// `note: 'main' has it already: …`.
  private static func mention(_ present: FindingOnMainBranch) -> String {
    let finding = present.finding
    let names = [finding.before, finding.after].map { side in
      side.map { "'\($0.name.spelling)'" }.joined(separator: ", ")
    }.filter { !$0.isEmpty }.joined(separator: " → ")
    let text: PrintableText =
      "note: '\(present.branch)' has it already: \(finding.rule.rawValue) \(names) (\(finding.id))"
    return text.description
  }

  /// A flag is a courtesy: where it cannot be written, in a repository that is read only or on a full
  /// disk, the operation still succeeds.
  private func flag(
    _ moves: [BranchMove], of repository: Repository, _ status: ExitStatus, _ today: Day,
    _ console: Console
  ) {
    do {
      try BranchFlags(repository, today: today).follow(moves, isSuspect: status == .findings)
    } catch let error as GitError {
      console.warn(error.message)
      if let hint = error.hint { console.hint(hint) }
    } catch {
      console.warn("could not flag the branch: \(error)")
    }
  }

  private func situation(
    _ hook: HookName, _ repository: Repository
  ) -> HookAdvice.Situation {
    for (file, operation) in [
      ("MERGE_HEAD", "merge"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"),
    ] where FileManager.default.fileExists(atPath: "\(repository.gitDirectory)/\(file)") {
      return .conclusion(of: operation)
    }
    guard let head = try? repository.head().commit else { return .firstCommit }
    switch try? repository.commit(head).parents.count {
    case 0: return hook == .postCommit ? .firstCommit : .ordinary
    case 1, nil: return .ordinary
    default: return .merge
    }
  }

  /// git's own mark of a rebase among its uses of `git am` (git 2.39, builtin/am.c).
  private func isRebase(_ repository: Repository) -> Bool {
    FileManager.default.fileExists(atPath: repository.gitDirectory + "/rebase-apply/rebasing")
  }
}
