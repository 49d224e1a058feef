import Dispatch
import Platform
import Synchronization

/// Fetches in the background: one that hangs or fails does not delay the watcher.
final class FetchPool: Sendable {
  private struct State {
    /// Those that wait are among them.
    var running: Set<String> = []
    var waiting: [String] = []
    var active = 0
    /// The last failure of each, so that it is reported once.
    var failures: [String: String] = [:]
    var news: [(path: String, message: String)] = []
  }

  private let state = Mutex(State())
  private let group = DispatchGroup()
  private static let activeLimit = 16
  private let environment: [String: String]
  private let limit: Double

  /// - Parameter limit: for each fetch, in seconds.
  init(environment: [String: String], limit: Double) {
    var environment = environment
    // A watcher has no user to type a password.
    environment["GIT_TERMINAL_PROMPT"] = "0"
    self.environment = environment
    self.limit = limit
  }

  /// Begins to fetch, unless the last fetch of it still runs.
  func start(_ path: String) {
    guard state.withLock({ $0.running.insert(path).inserted }) else { return }
    group.enter()
    state.withLock { $0.waiting.append(path) }
    startNext()
  }

  private func startNext() {
    let next = state.withLock { state -> String? in
      guard state.active < Self.activeLimit, !state.waiting.isEmpty else { return nil }
      state.active += 1
      return state.waiting.removeFirst()
    }
    guard let path = next else { return }
    DispatchQueue.global().async { [self] in
      let failure = fetch(path)
      state.withLock { state in
        state.active -= 1
        state.running.remove(path)
        if let failure, state.failures[path] != failure { state.news.append((path, failure)) }
        state.failures[path] = failure
      }
      group.leave()
      startNext()
    }
  }

  func waitForAll() { group.wait() }

  /// The failures since the last call.
  func failures() -> [(path: String, message: String)] {
    state.withLock { state in
      defer { state.news = [] }
      return state.news
    }
  }

  /// By the user's git, so that their credentials work; nil when it succeeded.
  private func fetch(_ path: String) -> String? {
    do {
      let outcome = try ChildProcess(
        executable: "git", arguments: ["-C", path, "fetch", "--quiet", "--all", "--prune"],
        environment: environment, limit: limit
      ).run()
      if outcome.isOverdue { return "could not fetch: no end after \(Int(limit)) seconds" }
      guard outcome.status != 0 else { return nil }
      let said = outcome.output.split(separator: "\n").first.map(String.init) ?? ""
      return "could not fetch: \(said)"
    } catch {
      return "could not fetch: \(error.systemReason)"
    }
  }
}
