import Dispatch
import Foundation
import Synchronization

/// Ctrl-C, once: a scan ends with what it has found. A second one ends the process.
struct Interruption: ~Copyable {
  private final class Flag: Sendable {
    let isSet = Mutex(false)
  }

  private let flag = Flag()
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [flag] in
      flag.isSet.withLock { $0 = true }
      signal(SIGINT, SIG_DFL)
    }
    source.resume()
  }

  deinit { source.cancel() }

  var wasAsked: Bool { flag.isSet.withLock { $0 } }
}
