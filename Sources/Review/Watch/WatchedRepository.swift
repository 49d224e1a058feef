package import Detection
import Foundation
import Git

/// One repository of a watcher. Looks at what is new in it, and at nothing else.
package struct WatchedRepository {
  package let path: String
  private let folder: String
  private let environment: [String: String]
  private var commonDirectory: String?
  private var stamp: ReferenceStamp?
  /// A watcher lives longer than a day.
  private var today: Day { Day(secondsSince1970: Int64(Date().timeIntervalSince1970)) }

  package init(path: String, folder: String, environment: [String: String]) {
    self.path = path
    self.folder = folder
    self.environment = environment
  }

  /// The branches that changed since `seen`, which is brought up to date.
  ///
  /// Throws where the repository cannot be read: it may be gone for a while.
  package mutating func changes(
    since seen: inout [String: WatchState.Branch]
  ) throws -> [BranchChange] {
    let now = commonDirectory.flatMap { ReferenceStamp(of: $0, now: Date()) }
    if let now, now == stamp { return [] }
    let repository = try Repository(at: path, folder: folder, environment: environment)
    commonDirectory = repository.commonDirectory
    let changes = try changes(in: repository, since: &seen)
    // Only what was stamped before the look was seen by it.
    stamp = now
    return changes
  }

  /// Every branch as it is now, the main one by what it was before it broke, and the main one's name.
  package func overview(
    _ seen: [String: WatchState.Branch]
  ) throws -> (verdicts: [BranchVerdict], main: String?) {
    let repository = try Repository(at: path, folder: folder, environment: environment)
    var review = try BranchReview(repository, options: BranchReview.Options(today: today))
    let verdicts = try BranchReview.branches(of: repository).map { branch in
      let verdict = review.verdict(on: branch)
      guard verdict.state == .main, let tip = branch.commit,
        let base = seen[branch.name]?.base.flatMap({ ObjectID(hex: $0) })
      else { return verdict }
      return review.judged(branch, tip, since: base)
    }
    return (verdicts, review.mainName)
  }

  private func changes(
    in repository: Repository, since seen: inout [String: WatchState.Branch]
  ) throws -> [BranchChange] {
    let branches = try BranchReview.branches(of: repository)
    var changes: [BranchChange] = []
    var review = try BranchReview(repository, options: BranchReview.Options(today: today))
    for branch in branches {
      let known = seen[branch.name]
      guard let tip = branch.commit, known?.tip != tip.hex else { continue }
      let old = known.flatMap { ObjectID(hex: $0.tip) }
      var verdict = review.verdict(on: branch)
      var base: ObjectID?
      // The main branch has nothing beside it: what moved it is compared with what it was.
      if verdict.state == .main, let start = known?.base.flatMap({ ObjectID(hex: $0) }) ?? old {
        verdict = review.judged(branch, tip, since: start)
        if verdict.state == .flagged { base = start }
      }
      changes.append(
        BranchChange(
          kind: old.map { kind(from: $0, to: tip, in: repository) } ?? .new, verdict: verdict,
          before: known?.tip, wasFlagged: known?.isFlagged ?? false))
      seen[branch.name] = WatchState.Branch(
        tip: tip.hex, base: base?.hex, isFlagged: verdict.state == .flagged)
    }
    let present = Set(branches.map(\.name))
    for (name, known) in seen.sorted(by: { $0.key < $1.key }) where !present.contains(name) {
      seen[name] = nil
      changes.append(
        BranchChange(
          kind: .deleted,
          verdict: BranchVerdict(
            name: name, shortName: String(name.trimmingPrefix("refs/heads/")), tip: known.tip,
            state: .clean),
          before: known.tip, wasFlagged: known.isFlagged))
    }
    flag(changes, in: repository)
    return changes
  }

  private func kind(
    from old: ObjectID, to tip: ObjectID, in repository: Repository
  ) -> BranchChange.Kind {
    // A tip that was collected as garbage since led to nothing that is here.
    ((try? repository.isAncestor(old, of: tip)) ?? false) ? .moved : .forced
  }

  /// Only local branches: those of a remote are flagged where they live.
  private func flag(_ changes: [BranchChange], in repository: Repository) {
    let flags = BranchFlags(repository, today: today)
    for change in changes where change.verdict.name.hasPrefix("refs/heads/") {
      guard change.kind != .deleted, let tip = ObjectID(hex: change.verdict.tip) else { continue }
      let before = change.before.flatMap { ObjectID(hex: $0) }
      // A repository that takes no note is watched all the same.
      try? flags.follow(
        [BranchMove(name: change.verdict.name, before: before.map { [$0] } ?? [], after: tip)],
        isSuspect: change.verdict.state == .flagged)
    }
  }
}
