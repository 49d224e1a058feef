import Dispatch
import Foundation
import Synchronization

/// Fetches beside the watching: one that hangs or fails holds up nobody.
final class FetchPool: Sendable {
  private struct State {
    var running: Set<String> = []
    /// The last failure of each, so that it is told once.
    var failures: [String: String] = [:]
    var news: [(path: String, message: String)] = []
  }

  private let state = Mutex(State())
  private let group = DispatchGroup()
  private let slots = DispatchSemaphore(value: 16)
  private let environment: [String: String]
  private let limit: Double

  /// - Parameter limit: for each fetch, in seconds.
  init(environment: [String: String], limit: Double) {
    var environment = environment
    // A watcher has nobody to type a password.
    environment["GIT_TERMINAL_PROMPT"] = "0"
    self.environment = environment
    self.limit = limit
  }

  /// Begins to fetch, unless the last fetch of it still runs.
  func start(_ path: String) {
    guard state.withLock({ $0.running.insert(path).inserted }) else { return }
    // A thread each: one that waits for the network must not take another's place in a queue.
    group.enter()
    Thread.detachNewThread { [self] in
      slots.wait()
      let failure = fetch(path)
      slots.signal()
      state.withLock { state in
        state.running.remove(path)
        if let failure, state.failures[path] != failure { state.news.append((path, failure)) }
        state.failures[path] = failure
      }
      group.leave()
    }
  }

  func waitForAll() { group.wait() }

  /// What failed since this was asked for the last time.
  func failures() -> [(path: String, message: String)] {
    state.withLock { state in
      defer { state.news = [] }
      return state.news
    }
  }

  /// By the user's git, so that their credentials work; nil when it went well.
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
      return "could not fetch: \(error.localizedDescription)"
    }
  }
}
