import Dispatch
import Git
import Synchronization

/// Surveys the commits of a graph on all cores. Each worker opens the repository for itself, and what
/// they read is in common. While the walk that makes the graph is not finished, they take its newest
/// commits; then one stretch after the other, oldest first, as the scan that uses the results needs
/// them. Commits that lie near to each other share most of their trees, so stretches are long; they
/// become shorter towards the end, so that no worker waits for the last one.
final class SurveyTeam: Sendable {
  /// For each worker: below it, opening the repository again costs more than it saves.
  private static let leastCommits = 200

  private struct State {
    var graph = CommitGraph()
    var isWalked = false
    /// How many batches were taken from the newest on.
    var ahead = 0
    /// All from this one on were taken, or are not known yet.
    var end = 0
    var ready: [Int: SurveyBatch] = [:]
    var working = 0
    var isStopped = false

    mutating func nextStretch(_ workers: Int) -> (Range<Int>?, isOver: Bool) {
      guard !isStopped else { return (nil, true) }
      if isWalked {
        let left = end - ahead
        guard left > 0 else { return (nil, true) }
        let last = end
        end -= max(1, left / (workers * 2))
        return (end..<last, false)
      }
      // A little behind the walk, so that most parents are known.
      guard graph.nodes.count >= (ahead + 2) * SurveyBatch.size else { return (nil, false) }
      ahead += 1
      return (ahead - 1..<ahead, false)
    }
  }

  private let workers: Int
  private let includesNotes: Bool
  private let opening: Repository.Opening
  private let shared: SnapshotLoader.Shared
  private let state = Mutex(State())
  /// Signalled for every batch that is ready, and every worker that leaves.
  private let news = DispatchSemaphore(value: 0)
  /// Signalled for every batch that the walk has completed, and for each worker at its end.
  private let walk = DispatchSemaphore(value: 0)
  private let group = DispatchGroup()

  init(
    of repository: Repository, with loader: borrowing SnapshotLoader, workers: Int,
    includesNotes: Bool
  ) {
    self.workers = workers
    self.includesNotes = includesNotes
    opening = repository.opening
    shared = loader.shared
  }

  /// The next commit of the walk. Workers begin as it becomes clear that there is enough to do.
  func add(_ commit: Commit, firstParentOnly: Bool) {
    let count = state.withLock {
      $0.graph.add(commit, firstParentOnly: firstParentOnly)
      return $0.graph.nodes.count
    }
    if count.isMultiple(of: SurveyBatch.size) { walk.signal() }
    let worker = count / Self.leastCommits - 1
    if count.isMultiple(of: Self.leastCommits), worker > 0, worker < workers { start(worker) }
  }

  /// The whole graph.
  func finishWalk() -> CommitGraph {
    let (graph, isAtWork) = state.withLock {
      $0.isWalked = true
      $0.end = SurveyBatch.ranges(count: $0.graph.nodes.count).count
      return ($0.graph, $0.working > 0)
    }
    // The core that walked is free.
    if isAtWork { start(0) }
    for _ in 0..<workers { walk.signal() }
    return graph
  }

  /// Waits for a batch; each is given once. Nil where no worker surveys it.
  func batch(_ index: Int) -> SurveyBatch? {
    while true {
      let (batch, isOver) = state.withLock {
        ($0.ready.removeValue(forKey: index), $0.working == 0)
      }
      if batch != nil || isOver { return batch }
      news.wait()
    }
  }

  /// Returns when no worker reads any more.
  func stop() {
    state.withLock { $0.isStopped = true }
    group.wait()
  }

  /// The first opens the repository by the path that the walk reads.
  private func start(_ worker: Int) {
    state.withLock { $0.working += 1 }
    DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
      work(copy: worker)
      state.withLock { $0.working -= 1 }
      news.signal()
    }
  }

  private func work(copy: Int) {
    // The others then read what this one would have.
    guard let repository = try? opening.repository(copy: copy) else { return }
    var loader = SnapshotLoader(repository, shared)
    while let stretch = nextStretch() {
      for index in stretch.reversed() {
        let section = state.withLock { state in
          let start = index * SurveyBatch.size
          return state.graph.section(
            start..<min(start + SurveyBatch.size, state.graph.nodes.count))
        }
        let batch = SurveyBatch(
          section, includesNotes: includesNotes, with: &loader,
          isStopped: { state.withLock(\.isStopped) })
        state.withLock { $0.ready[index] = batch }
        news.signal()
      }
    }
  }

  /// Waits for the walk where it has to; nil where nothing is left to do.
  private func nextStretch() -> Range<Int>? {
    while true {
      let (stretch, isOver) = state.withLock { $0.nextStretch(workers) }
      if stretch != nil || isOver { return stretch }
      walk.wait()
    }
  }
}
