import ArgumentParser
import Detection
import Foundation
import Git
import Reporting
import Review
import Solution

struct AcceptCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Write down that a finding is intended, why, and until when.",
    discussion: """
      Approvals stand in .connref-accepted.yml and are committed like any file. A local hook takes them \
      from the commit itself; a branch check and a server take them from the branch that is merged into, \
      so there an approval must arrive first, by itself.

        connref accept 3f9a21c07d44 --reason "moves to the new tenant" --until 2027-03-31
        connref accept --list
        connref accept --prune
        connref accept --baseline

      --baseline takes over what is wrong in an old repository in one step. That list can only shrink: \
      given again, it takes away what was mended and adds nothing.
      """)

  @Argument(help: ArgumentHelp("Ids of findings.", valueName: "id"))
  var ids: [String] = []

  @Option(help: "Why it is intended.")
  var reason: String?

  @Option(help: ArgumentHelp("The last day on which it holds, as 2027-03-31.", valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp("Who accepts it; git's user.name otherwise.", valueName: "name"))
  var who: String?

  @Flag(help: "List what is accepted, and whether it is still needed.")
  var list = false

  @Flag(help: "Take away what is over, and what is found no more.")
  var prune = false

  @Flag(help: "Accept everything that is found today.")
  var baseline = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let modes = [!ids.isEmpty, list, prune, baseline].count(where: { $0 })
    if modes != 1 {
      throw ValidationError("give the id of a finding, or one of --list, --prune and --baseline")
    }
    if !ids.isEmpty, (reason ?? "").allSatisfy(\.isWhitespace) {
      throw ValidationError("say why: connref accept \(ids[0]) --reason \"…\"")
    }
    if let until, Day(until) == nil {
      throw ValidationError("'\(until)' is no day: write it as 2027-03-31")
    }
  }

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let console = common.console(in: context)
    let repository = try common.openRepository(in: context)
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not accept anything here: the repository is bare",
        hint: "accept in a clone, commit and push")
    }
    var book = try ApprovalBook(in: workTree)
    let search = FindingSearch(
      repository,
      options: Check.Options(
        configuration: try common.configuration(in: context), today: context.today))
    if !ids.isEmpty { return try accept(in: &book, search, repository, context, console) }
    let survey = try search.survey()
    if list {
      let report = ApprovalsReport(
        book.file.approvals, found: survey.findings, today: context.today)
      console.write(report.text)
      console.inform(report.scopeLine)
      return survey.isComplete ? .clear : .unknown
    }
    guard survey.isComplete else {
      throw Failure(
        message: "could not tell what is still needed: not every file could be read",
        hint: "connref check --worktree and connref audit name the file")
    }
    return baseline
      ? try takeOver(survey, in: &book, repository, context, console)
      : try takeAway(survey, in: &book, context, console)
  }

  private func accept(
    in book: inout ApprovalBook, _ search: FindingSearch, _ repository: Repository,
    _ context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    var entries: [Approval] = []
    for id in ids.map({ $0.lowercased() }) {
      guard let (finding, _) = try search.finding(id) else {
        throw Failure(
          message:
            "could not find '\(id)' in what is staged, on the disk, on this branch or in the past",
          hint: "the id is the one that connref check or connref audit prints")
      }
      entries.append(approval(of: finding, repository, isBaseline: false))
    }
    try book.add(entries)
    for entry in entries {
      console.say(
        "accepted \(PrintableText(escaping: entry.id)) \(entry.rule?.rawValue ?? "")"
          + (entry.until.map { " until \($0)" } ?? ""))
    }
    uniteEntries(of: book, console)
    return .clear
  }

  /// A convenience: where the attributes cannot be written, the approvals are written all the same.
  private func uniteEntries(of book: ApprovalBook, _ console: Console) {
    do {
      if try book.letGitUniteEntries() {
        console.inform(
          "added '\(ApprovalsFile.path) merge=union' to .gitattributes, so that entries of two branches merge without a conflict"
        )
      }
      console.hint("git add \(ApprovalsFile.path) .gitattributes")
    } catch {
      let message = (error as? GitError)?.message ?? "\(error)"
      console.say("warning: \(PrintableText(escaping: message))")
      console.hint("git add \(ApprovalsFile.path)")
    }
  }

  private func approval(
    of finding: Finding, _ repository: Repository, isBaseline: Bool
  ) -> Approval {
    Approval(
      id: finding.id, rule: finding.rule,
      names: Set((finding.before + finding.after).map(\.name)),
      reason: reason ?? "was there when connref began",
      who: who ?? repository.configuration("user.name"),
      until: until.flatMap { Day($0) }, isBaseline: isBaseline,
      place: Place(path: ApprovalsFile.path, line: 0))
  }

  private func takeOver(
    _ survey: FindingSearch.Survey, in book: inout ApprovalBook, _ repository: Repository,
    _ context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    let known = book.file.approvals.entries
    let open = survey.findings.values.filter { finding in
      finding.severity > .note
        && book.file.approvals.approval(of: finding, on: context.today) == nil
    }
    // A second time the list only shrinks: what came since is to be looked at, one by one.
    guard !known.contains(where: \.isBaseline) else {
      let over = try book.remove {
        $0.isBaseline && survey.findings[$0.id].map($0.names) != true
      }
      console.inform(
        "removed \(over) of the baseline, which are fixed; \(open.count) are new and stay open")
      return .clear
    }
    try book.add(open.map { approval(of: $0, repository, isBaseline: true) })
    console.inform("accepted \(open.count) findings as the baseline")
    uniteEntries(of: book, console)
    return .clear
  }

  private func takeAway(
    _ survey: FindingSearch.Survey, in book: inout ApprovalBook, _ context: RunContext,
    _ console: Console
  ) throws -> ExitStatus {
    let over = try book.remove { approval in
      approval.isExpired(on: context.today)
        || survey.findings[approval.id].map(approval.names) != true
    }
    let left = book.file.approvals.entries.count
    console.inform("took away \(over), kept \(left)")
    return .clear
  }
}
