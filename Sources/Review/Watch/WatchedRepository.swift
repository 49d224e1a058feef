package import Detection
import Git
import Platform

/// One repository of a watcher. Looks at what is new in it, and at nothing else.
package struct WatchedRepository {
  package let path: String
  private let folder: String
  private let environment: [String: String]
  private var commonDirectory: String?
  private var stamp: ReferenceStamp?
  /// A watcher lives longer than a day.
  private let today: @Sendable () -> Day

  package init(
    path: String, folder: String, environment: [String: String],
    today: @escaping @Sendable () -> Day
  ) {
    self.path = path
    self.folder = folder
    self.environment = environment
    self.today = today
  }

  /// The branches that changed since `seen`, which is brought up to date.
  ///
  /// - Parameter proceed: asked before each branch; where it answers false the rest is left for the
  ///   next look.
  ///
  /// Throws where the repository cannot be read: it may be unreachable for a while.
  package mutating func changes(
    since seen: inout [String: WatchState.Branch], proceed: () -> Bool = { true }
  ) throws -> [BranchChange] {
    let now = commonDirectory.flatMap { ReferenceStamp(of: $0, now: Date()) }
    if let now, now == stamp, !seen.values.contains(where: \.needsAnotherLook) { return [] }
    let repository = try Repository(at: path, folder: folder, environment: environment)
    commonDirectory = repository.commonDirectory
    let (changes, isWhole) = try changes(in: repository, since: &seen, proceed: proceed)
    // Only changes before the stamp were seen by the scan.
    if isWhole { stamp = now }
    return changes
  }

  /// Every branch as it is now, and the main one's name.
  package func overview() throws -> (verdicts: [BranchVerdict], main: String?) {
    let repository = try Repository(at: path, folder: folder, environment: environment)
    var review = try BranchReview(repository, options: options)
    let verdicts = try BranchReview.branches(of: repository).map { review.verdict(on: $0) }
    return (verdicts, review.mainName)
  }

  private var options: BranchReview.Options {
    BranchReview.Options(workers: ProcessInfo.processInfo.activeProcessorCount, today: today())
  }

  private func changes(
    in repository: Repository, since seen: inout [String: WatchState.Branch],
    proceed: () -> Bool
  ) throws -> (changes: [BranchChange], isWhole: Bool) {
    let branches = try BranchReview.branches(of: repository)
    var changes: [BranchChange] = []
    var review = try BranchReview(repository, options: options)
    for branch in branches {
      guard proceed() else { return (changes, false) }
      let known = seen[branch.name]
      // A branch that leads to no commit at the moment was not moved.
      let tip = branch.commit ?? known.flatMap { ObjectID(hex: $0.tip) } ?? .zero
      guard
        branch.commit == nil || known?.tip != tip.hex || known?.needsAnotherLook ?? true
      else { continue }
      let old = known.flatMap { ObjectID(hex: $0.tip) }
      let verdict = review.verdict(on: branch)
      let failure = flagFailure(of: verdict, before: old, in: repository)
      var state = WatchState.Branch(
        tip: tip.hex, isFlagged: verdict.state == .flagged, flagFailure: failure)
      if case .unknown(let reason) = verdict.state { state.unknown = reason }
      let isToBeReported =
        state.isFlagged && (!(known?.isFlagged ?? false) || known?.isUnreported ?? false)
      var before = known
      before?.isUnreported = nil
      changes.append(
        BranchChange(
          kind: old.map { kind(from: $0, to: tip, in: repository) } ?? .new, verdict: verdict,
          before: known?.tip, isToBeReported: isToBeReported, flagFailure: failure,
          isNews: before != state))
      seen[branch.name] = state
    }
    let present = Set(branches.map(\.name))
    for (name, known) in seen.sorted(by: { $0.key < $1.key }) where !present.contains(name) {
      seen[name] = nil
      changes.append(
        BranchChange(
          kind: .deleted,
          verdict: BranchVerdict(
            name: name,
            shortName: String(name.trimmingPrefix("refs/heads/").trimmingPrefix("refs/remotes/")),
            tip: known.tip, state: .clean),
          before: known.tip, isToBeReported: false, flagFailure: nil, isNews: true))
    }
    return (changes, true)
  }

  private func kind(
    from old: ObjectID, to tip: ObjectID, in repository: Repository
  ) -> BranchChange.Kind {
    if old == tip { return .unchanged }
    // A tip that was collected as garbage since led to nothing that is here.
    return ((try? repository.isAncestor(old, of: tip)) ?? false) ? .moved : .forced
  }

  /// Only local branches have a flag: those of a remote are flagged where they live.
  private func flagFailure(
    of verdict: BranchVerdict, before: ObjectID?, in repository: Repository
  ) -> String? {
    guard verdict.name.hasPrefix("refs/heads/") else { return nil }
    if case .unknown = verdict.state { return nil }
    do {
      try BranchFlags(repository, today: today()).apply(verdict, before: before.map { [$0] } ?? [])
      return nil
    } catch {
      return (error as? GitError)?.message ?? "\(error)"
    }
  }
}
