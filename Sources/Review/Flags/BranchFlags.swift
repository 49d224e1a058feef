package import Detection
package import Git
import Solution

/// Keeps a note on the tip of each broken branch, and removes it from a branch that is fixed.
///
/// Another branch is compared with the point where it left the main one. The main one, in a hook,
/// is compared with the commit before it broke, which its own flag remembers.
package struct BranchFlags {
  private let repository: Repository
  private let today: Day

  /// - Parameter today: approvals end with a day.
  package init(_ repository: Repository, today: Day) {
    self.repository = repository
    self.today = today
  }

  /// Throws where a note cannot be written; the flag is lost then, and nothing else.
  package func follow(_ moves: [BranchMove], isSuspect: Bool) throws {
    guard isSuspect || hasFlags else { return }
    var changes: [NoteChange] = []
    let tips = try branchTips()
    for move in moves {
      let earlier = try move.before.compactMap { try flag(on: $0) }
      guard isSuspect || !earlier.isEmpty else { continue }
      changes += try self.changes(
        to: try flag(for: move, earlier: earlier), of: move, keeping: tips)
    }
    try write(changes)
  }

  /// Flags a branch that was judged already, or takes its flag away. Throws as `follow` does.
  package func apply(_ verdict: BranchVerdict, before: [ObjectID]) throws {
    guard let tip = ObjectID(hex: verdict.tip), verdict.state == .flagged || hasFlags else {
      return
    }
    let start = verdict.mergeBase?.commit ?? verdict.open.compactMap(\.since?.parent).last
    let flag =
      verdict.state == .flagged
      ? Flag(
        branch: verdict.name, base: start ?? verdict.tip, findings: Self.entries(of: verdict)) : nil
    let move = BranchMove(name: verdict.name, before: before, after: tip)
    try write(try changes(to: flag, of: move, keeping: before.isEmpty ? [] : try branchTips()))
  }

  private func branchTips() throws(GitError) -> Set<ObjectID> {
    Set(
      try repository.references().filter { $0.name.hasPrefix("refs/heads/") }.compactMap(\.commit))
  }

  private func changes(
    to flag: Flag?, of move: BranchMove, keeping tips: Set<ObjectID>
  ) throws -> [NoteChange] {
    var changes = move.before.filter { !tips.contains($0) }.map { NoteChange($0, text: nil) }
    // Another branch at this commit may be flagged for what this one has not brought.
    let isOfAnother = try self.flag(on: move.after).map { $0.branch != move.name } ?? false
    if flag != nil || !isOfAnother {
      changes.append(NoteChange(move.after, text: try flag?.text()))
    }
    return changes
  }

  private func write(_ changes: [NoteChange]) throws {
    var isObstructed = false
    try repository.changeNotes(in: Flag.reference, changes) { text in
      if Flag(text) != nil { return true }
      isObstructed = true
      return false
    }
    if isObstructed {
      throw GitError(
        .other, "could not flag the branch: a note that connref did not write is in the way",
        hint: "git notes --ref=connref show")
    }
  }

  /// Where the notes cannot be read, writing reports the reason.
  private var hasFlags: Bool { repository.hasNotes(in: Flag.reference) }

  private func flag(on commit: ObjectID) throws(GitError) -> Flag? {
    try repository.note(on: commit, in: Flag.reference).flatMap(Flag.init)
  }

  /// Nil for a branch that has no error.
  private func flag(for move: BranchMove, earlier: [Flag]) throws -> Flag? {
    guard let base = try base(of: move, earlier: earlier) else { return nil }
    var review = try BranchReview(repository, options: BranchReview.Options(today: today))
    let branch = Git.Reference(
      name: move.name, shortName: String(move.name.trimmingPrefix("refs/heads/")),
      commit: move.after)
    let verdict = try review.verdict(on: branch, move.after, since: base)
    guard verdict.state == .flagged else { return nil }
    return Flag(branch: move.name, base: base.hex, findings: Self.entries(of: verdict))
  }

  private static func entries(of verdict: BranchVerdict) -> [Flag.Entry] {
    verdict.open.filter { $0.finding.severity == .error }.map(Flag.Entry.init)
  }

  private func base(of move: BranchMove, earlier: [Flag]) throws -> ObjectID? {
    let main = try MainBranchTips(repository)
    if !main.isMain(move.name), let fork = try main.fork(of: move.after) { return fork.base }
    for flag in earlier where flag.branch == move.name {
      guard let base = ObjectID(hex: flag.base),
        try repository.isAncestor(base, of: move.after)
      else { continue }
      return base
    }
    guard let before = move.before.first else { return nil }
    // A rebase leaves the commits before it behind, and what they break with them.
    if main.isMain(move.name), try !repository.isAncestor(before, of: move.after),
      let fork = try main.forkFromUpstream(of: move.after)
    {
      return fork.base
    }
    return before
  }
}

extension Flag.Entry {
  fileprivate init(_ dated: BranchVerdict.DatedFinding) {
    let finding = dated.finding
    self.init(
      id: finding.id, rule: finding.rule.rawValue, severity: finding.severity.rawValue,
      solution: finding.solution, summary: finding.summary,
      before: finding.before.map(\.name.spelling), after: finding.after.map(\.name.spelling),
      since: dated.since?.commit)
  }
}
