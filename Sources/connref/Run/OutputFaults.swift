import Synchronization

/// The failed writes to standard output: a run whose report was lost is no pass.
final class OutputFaults: Sendable {
  private let first = Mutex<String?>(nil)

  /// The reason of the first one; nil as long as all was written.
  var reason: String? { first.withLock { $0 } }

  func note(_ reason: String) {
    first.withLock { $0 = $0 ?? reason }
  }
}
