package import Detection
package import Git

/// The comparison that each hook makes.
package struct HookReview {
  let repository: Repository
  private let environment: [String: String]
  private let arguments: [String]
  private let input: String
  private let today: Day

  /// - Parameters:
  ///   - arguments: what git gave the hook.
  ///   - input: what git wrote to its standard input.
  ///   - today: approvals end with a day.
  package init(
    _ repository: Repository, environment: [String: String], arguments: [String], input: String,
    today: Day
  ) {
    self.repository = repository
    self.environment = environment
    self.arguments = arguments
    self.input = input
    self.today = today
  }

  /// Throws where an object that git named is missing: then nothing is known.
  package func answer(for hook: HookName) throws -> HookAnswer {
    switch hook {
    case .preCommit, .preApplypatch:
      // Nearly every commit of a repository that holds more than solutions.
      if try Check.isIdle(repository) { return HookAnswer() }
      return try answer(of: .staged)
    case .preMergeCommit:
      let options = Check.Options(mergedSides: mergedSides, today: today)
      return HookAnswer(outcomes: [try Check(repository, options: options).outcome(of: .staged)])
    // `post-rewrite` reports the result of the rebase.
    case .postCommit where isRebasing: return HookAnswer()
    case .postCommit:
      var answer = try answer(of: .commit("HEAD"))
      answer.moves = try movesOfHead(
        from: try repository.commit(try repository.commitID(of: "HEAD")).parents)
      return answer
    case .postMerge:
      // A squash leaves `HEAD` where it was and stages what it brought.
      if arguments.first == "1" { return try answer(of: .staged) }
      // Here the merged side is as trusted as what was there before.
      let merged = try repository.commitID(of: "HEAD")
      var answer = try answer(
        of: .merged(before: "ORIG_HEAD", after: "HEAD"), policySide: .commit(merged))
      answer.moves = try movesOfHead(from: [try repository.commitID(of: "ORIG_HEAD")])
      return answer
    case .postRewrite:
      return try answerForRewrites()
    case .prePush:
      let remote = arguments.first ?? "origin"
      // `<local ref> <local id> <remote ref> <remote id>`
      let moves = try ReferenceMove.moves(in: input, fields: 4, name: 2, before: 3, after: 1)
      return try answerForPush(moves, to: remote)
    case .preReceive, .postReceive:
      // `<old id> <new id> <ref>`
      let moves = try ReferenceMove.moves(in: input, fields: 3, name: 2, before: 0, after: 1)
      var answer = try answerForReceived(moves)
      answer.moves = moves.filter { $0.name.hasPrefix("refs/heads/") }.map { move in
        BranchMove(
          name: move.name, before: move.before == .zero ? [] : [move.before], after: move.after)
      }
      return answer
    case .update:
      // `<ref> <old id> <new id>` as arguments
      return try answerForReceived(
        try ReferenceMove.moves(
          in: arguments.joined(separator: " "), fields: 3, name: 0, before: 1, after: 2))
    }
  }

  private func answer(
    of subject: Check.Subject, policySide: PolicySide? = nil
  ) throws -> HookAnswer {
    HookAnswer(outcomes: [try check(policySide: policySide).outcome(of: subject)])
  }

  func check(policySide: PolicySide? = nil) -> Check {
    Check(repository, options: Check.Options(policySide: policySide, today: today))
  }

  private var isRebasing: Bool {
    DiskFile.kind(of: repository.gitDirectory + "/rebase-merge") != nil
  }

  /// While this hook runs there is no `MERGE_HEAD`: git names the merged sides in the environment, as
  /// `GITHEAD_<id>` (git 2.39, builtin/merge.c).
  private var mergedSides: [ObjectID] {
    environment.keys.sorted().compactMap { key in
      key.hasPrefix("GITHEAD_") ? ObjectID(hex: key.dropFirst("GITHEAD_".count)) : nil
    }
  }

  /// The findings of a rebased branch: from where it left the main branch to its tip; of the main
  /// branch itself, from where it left its upstream. Only tips count, since no work continues from
  /// the commits on the way to them: `HEAD`, and with `--update-refs` other branches.
  ///
  /// An amended commit was compared with its parents when it was made.
  private func answerForRewrites() throws -> HookAnswer {
    // `<old id> <new id>`, and perhaps more
    let lines = input.split(separator: "\n").map { line in
      line.split(separator: " ").prefix(2).joined(separator: " ") + " HEAD"
    }.joined(separator: "\n")
    let moves = try ReferenceMove.moves(in: lines, fields: 3, name: 2, before: 0, after: 1)
    if arguments.first == "amend" {
      return HookAnswer(moves: try movesOfHead(from: moves.map(\.before)))
    }
    let branches = try repository.references().filter { $0.name.hasPrefix("refs/heads/") }
    var tips = Set(branches.compactMap(\.commit))
    if let head = try repository.head().commit { tips.insert(head) }
    // Several commits that became one are several lines with one new id; the last was the tip.
    var moveOfTip: [ObjectID: ReferenceMove] = [:]
    for move in moves where tips.contains(move.after) { moveOfTip[move.after] = move }
    let rewritten =
      moveOfTip.isEmpty ? Array(moves.suffix(1)) : moveOfTip.values.sorted { $0.after < $1.after }
    let main = try MainBranchTips(repository)
    var answer = HookAnswer()
    for move in rewritten {
      let rebased = branches.filter { $0.commit == move.after }
      let fork =
        rebased.contains { main.isMain($0.name) }
        ? try main.forkFromUpstream(of: move.after) : try main.fork(of: move.after)
      let check = check(policySide: .commit(move.after))
      let outcome = try check.outcome(
        from: fork?.base ?? move.before, to: move.after,
        named: (fork?.main.shortName ?? "the branch before", "the rebased branch"))
      answer.outcomes.append(outcome)
      // The findings that the main branch added are worth a line.
      if let fork {
        answer.mainOfRebase = fork.main.shortName
        answer.onMainBranch += try takenOver(by: move, onto: fork.base, check)
          .filter { finding in !outcome.findings.contains { $0.id == finding.id } }
          .map { FindingOnMainBranch(finding: $0, branch: fork.main.shortName) }
      }
      for branch in rebased {
        answer.moves.append(
          BranchMove(name: branch.name, before: [move.before], after: move.after))
      }
    }
    return answer
  }

  /// What a rebase onto `base`, a commit of the main branch, took over from there. What the branch and
  /// the main one break only together is in neither of them.
  private func takenOver(
    by move: ReferenceMove, onto base: ObjectID, _ check: Check
  ) throws -> [Finding] {
    let found = try check.outcome(
      from: move.before, to: move.after, named: ("the branch before", "the rebased branch")
    ).findings.filter { $0.severity > .note }
    guard !found.isEmpty, let formerBase = try repository.mergeBases(move.before, base).first
    else { return [] }
    let onMain = try check.outcome(
      from: formerBase, to: base, named: ("the former base", "the main branch"))
    let ids = Set(onMain.findings.map(\.id))
    return found.filter { ids.contains($0.id) }
  }

  /// Nothing where no branch is checked out: there is none to be flagged.
  private func movesOfHead(from before: [ObjectID]) throws -> [BranchMove] {
    guard case .branch(let name, let tip) = try repository.head() else { return [] }
    return [BranchMove(name: "refs/heads/\(name)", before: before, after: tip)]
  }
}
