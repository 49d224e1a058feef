import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review
import Solution

struct AcceptCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Write down that a finding is intended, why, and until when.",
    discussion: """
      Approvals are in .connref-accepted.yml and are committed like any file. A local hook takes \
      them from the commit itself; a branch check and a server take them from the branch that is \
      merged into, so there an approval must arrive first, by itself.

        connref accept 3f9a21c07d44 --reason "new tenant" --until 2027-03-31
        connref accept --list
        connref accept --prune
        connref accept --baseline

      Accepting an event also accepts the warnings that follow from it, such as links that resolve \
      to nothing. Missing settings rows stay open.

      --baseline takes over what is wrong in an old repository in one step. That list can only \
      shrink: given again, it removes what was fixed and adds nothing.
      """)

  @Argument(
    help: ArgumentHelp("Ids of findings, or their first digits.", valueName: "id"),
    completion: Completion.ids)
  var ids: [String] = []

  @Option(help: "Why it is intended.")
  var reason: String?

  @Option(help: ArgumentHelp("The last day on which it holds, as 2027-03-31.", valueName: "date"))
  var until: String?

  @Option(help: ArgumentHelp("Who accepts it; git's user.name otherwise.", valueName: "name"))
  var who: String?

  @Flag(help: "List what is accepted, and whether it is still needed.")
  var list = false

  @Flag(help: "Remove what expired, and what matches no finding any more.")
  var prune = false

  @Flag(help: "Accept everything that is found today.")
  var baseline = false

  @OptionGroup var output: FormatOptions<ApprovalFormat>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if !list, !output.isText || output.output != nil {
      throw ValidationError("--format and --output go with --list")
    }
    let modes = [!ids.isEmpty, list, prune, baseline].count(where: { $0 })
    if modes != 1 {
      throw ValidationError("give the id of a finding, or one of --list, --prune and --baseline")
    }
    if !ids.isEmpty, (reason ?? "").allSatisfy(\.isWhitespace) {
      throw ValidationError("say why: connref accept \(ids[0]) --reason \"…\"")
    }
    if let until, Day(until) == nil {
      throw ValidationError("'\(until)' is not a valid date: write it as 2027-03-31")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not accept anything here: the repository is bare",
        hint: "accept in a clone, commit and push")
    }
    for id in ids { try FindingSearch.ensureID(id) }
    if let day = until.flatMap({ Day($0) }), day < context.today {
      throw UsageError(
        message: "'\(day)' is in the past: the approval would have expired already",
        hint: "give a date from \(context.today) on, or leave out --until")
    }
    var book = try ApprovalBook(in: workTree)
    let search = FindingSearch(
      repository,
      options: try common.checkOptions(in: context))
    if !ids.isEmpty { return try accept(in: &book, search, repository, console) }
    let survey = try search.survey()
    if list {
      let report = ApprovalsReport(
        book.file.approvals, found: survey.findings, today: context.today)
      let document =
        switch output.format {
        case .text: report.text
        case .json: report.document
        case .csv: report.table
        }
      try output.write(document, in: context, console: console)
      console.inform(report.scopeLine)
    }
    guard survey.isComplete else {
      for problem in survey.problems {
        console.say("error: \(Report.Problem(problem, matters: true).words)")
      }
      console.complain(
        "could not tell which approvals are still needed",
        hint: "correct what is named above, and run the command again")
      return .unknown
    }
    if list { return .clear }
    return baseline
      ? try takeOver(survey, in: &book, repository, context, console)
      : try takeAway(survey, in: &book, context, console)
  }

  private func accept(
    in book: inout ApprovalBook, _ search: FindingSearch, _ repository: Repository,
    _ console: Console
  ) throws -> ExitStatus {
    var entries: [Approval] = []
    for id in ids.map({ $0.lowercased() }) {
      guard let (finding, outcome) = try search.finding(id) else {
        throw try search.failure(
          toFind: id, hint: "the id is the one that connref check or connref audit prints")
      }
      entries.append(approval(of: finding, repository, isBaseline: false))
      for warning in try search.warnings(ofEventOf: finding, in: outcome)
      where !entries.contains(where: { $0.id == warning.id }) {
        entries.append(approval(of: warning, repository, isBaseline: false))
      }
    }
    try book.add(entries)
    try sayWhereItCounts(repository, console)
    for entry in entries {
      console.say(
        "accepted \(PrintableText(escaping: entry.id)) \(entry.rule?.rawValue ?? "")"
          + (entry.until.map { " until \($0)" } ?? ""))
    }
    uniteEntries(of: book, console)
    return .clear
  }

  /// The checks of branches, pushes and servers take approvals from the main branch alone.
  private func sayWhereItCounts(_ repository: Repository, _ console: Console) throws {
    guard let main = try MainBranch(repository).name else { return }
    let name = main.replacing("refs/heads/", with: "").replacing("refs/remotes/", with: "")
    console.say(
      "note: commits in this clone use it at once; checks of branches, pushes and servers read approvals from '\(PrintableText(escaping: name))': commit it there first, in a commit of its own"
    )
  }

  /// A convenience: where the attributes cannot be written, the approvals are still written.
  private func uniteEntries(
    of book: ApprovalBook, _ console: Console, isChanged: Bool = true
  ) {
    do {
      let isNew = try book.letGitUniteEntries()
      if isNew {
        console.inform(
          "added '\(ApprovalsFile.path) merge=union' to .gitattributes, so that entries of two branches merge without a conflict"
        )
      }
      if isNew || isChanged { console.hint("git add \(ApprovalsFile.path) .gitattributes") }
    } catch {
      console.warn((error as? GitError)?.message ?? "\(error)")
      console.hint("git add \(ApprovalsFile.path)")
    }
  }

  private func approval(
    of finding: Finding, _ repository: Repository, isBaseline: Bool
  ) -> Approval {
    Approval(
      id: finding.id, rule: finding.rule,
      names: Set((finding.before + finding.after).map(\.name)), removed: finding.replacedNames,
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
    // A second time the list only shrinks: findings added since are to be reviewed, one by one.
    guard !known.contains(where: \.isBaseline) else {
      let over = try book.remove { $0.isBaseline && !isNeeded($0, survey) }
      console.inform(
        "removed \(over) of the baseline, which are fixed; \(open.count) are new and stay open")
      // A first run that was stopped may have come no further.
      uniteEntries(of: book, console, isChanged: over > 0)
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
    let over = try book.remove {
      $0.isExpired(on: context.today) || !isNeeded($0, survey)
    }
    let left = book.file.approvals.entries.count
    console.inform("removed \(over), kept \(left)")
    return .clear
  }

  /// True where the approval is the one of something that is found, under whichever rule of its family.
  private func isNeeded(_ approval: Approval, _ survey: FindingSearch.Survey) -> Bool {
    survey.findings[approval.id].map(approval.names) == true
      || survey.findings.values.contains {
        Approvals([approval]).approval(of: $0, on: .distantPast) != nil
      }
  }
}

/// How approvals are listed.
enum ApprovalFormat: String, FormatChoice {
  case text, json, csv
}
