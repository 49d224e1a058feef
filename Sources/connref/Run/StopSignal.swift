import Dispatch
import Platform
import Synchronization

/// SIGTERM and SIGINT, once: a scan ends with what it has found, a watcher between two repositories,
/// and at once while it waits. A second one ends the process.
struct StopSignal: ~Copyable {
  private final class Flag: Sendable {
    let isSet = Mutex(false)
    let rung = DispatchSemaphore(value: 0)
  }

  private let flag = Flag()
  private var sources: [any DispatchSourceSignal] = []

  init() {
    for number in [SIGTERM, SIGINT] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [flag] in
        flag.isSet.withLock { $0 = true }
        flag.rung.signal()
        signal(number, SIG_DFL)
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit { for source in sources { source.cancel() } }

  var wasGiven: Bool { flag.isSet.withLock { $0 } }

  /// In seconds; shorter when the signal is received.
  func wait(_ seconds: Double) { _ = flag.rung.wait(timeout: .now() + seconds) }
}
