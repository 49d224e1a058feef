import Dispatch
import Foundation
import Synchronization

/// SIGTERM and SIGINT end a watcher between two repositories, and at once while it waits.
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
      }
      source.resume()
      sources.append(source)
    }
  }

  deinit { for source in sources { source.cancel() } }

  var wasGiven: Bool { flag.isSet.withLock { $0 } }

  /// In seconds; shorter when the signal comes.
  func wait(_ seconds: Double) { _ = flag.rung.wait(timeout: .now() + seconds) }
}
