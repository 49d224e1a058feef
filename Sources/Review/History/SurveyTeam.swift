import Dispatch
import Git
import Synchronization

/// Surveys the commits of a graph on all cores. Each worker opens the repository for itself and takes
/// one stretch of the history after the other, oldest first, since commits that lie near to each other
/// share most of their trees. What they read is in common.
final class SurveyTeam: Sendable {
  /// Below this many commits, opening the repository again costs more than it saves.
  private static let leastCommits = 200
  /// For each worker: so many that none waits long for the others, and so few that little is listed
  /// by two.
  private static let stretches = 4

  private struct State {
    var stretches = 0
    var ready: [Int: SurveyBatch] = [:]
    var workers: Int
    var isStopped = false
  }

  private let graph: CommitGraph
  private let ranges: [Range<Int>]
  /// Batches in a stretch.
  private let length: Int
  private let state: Mutex<State>
  /// Signalled for every batch that is ready, and every worker that leaves.
  private let news = DispatchSemaphore(value: 0)
  private let group = DispatchGroup()

  /// Begins at once. Nil where it would not pay.
  init?(
    _ graph: CommitGraph, of repository: Repository, with loader: borrowing SnapshotLoader,
    workers: Int
  ) {
    let count = min(workers, graph.nodes.count / Self.leastCommits)
    guard count > 1 else { return nil }
    self.graph = graph
    ranges = SurveyBatch.ranges(of: graph)
    length = max(1, ranges.count / (count * Self.stretches))
    state = Mutex(State(workers: count))
    let opening = repository.opening
    let shared = loader.shared
    // One may go by the path of this repository: who waits for it reads little meanwhile.
    for worker in 0..<count {
      DispatchQueue.global(qos: .userInitiated).async(group: group) { [self] in
        work(opening, copy: worker, shared)
        state.withLock { $0.workers -= 1 }
        news.signal()
      }
    }
  }

  /// Waits for a batch; each is given once. Nil where no worker could open the repository.
  func batch(_ index: Int) -> SurveyBatch? {
    while true {
      let (batch, isOver) = state.withLock {
        ($0.ready.removeValue(forKey: index), $0.workers == 0)
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

  private func work(_ opening: Repository.Opening, copy: Int, _ shared: SnapshotLoader.Shared) {
    // The others then read what this one would have.
    guard let repository = try? opening.repository(copy: copy) else { return }
    var loader = SnapshotLoader(repository, shared)
    while let stretch = nextStretch() {
      for index in stretch {
        let batch = SurveyBatch(
          ranges[index], of: graph, with: &loader, isStopped: { state.withLock(\.isStopped) })
        state.withLock { $0.ready[index] = batch }
        news.signal()
      }
    }
  }

  private func nextStretch() -> Range<Int>? {
    state.withLock { state in
      let start = state.stretches * length
      guard !state.isStopped, start < ranges.count else { return nil }
      state.stretches += 1
      return start..<min(start + length, ranges.count)
    }
  }
}
