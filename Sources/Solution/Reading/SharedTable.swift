import Synchronization

/// A dictionary that several workers read and fill at once. Copies of its owner share it.
package final class SharedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let entries = Mutex<[Key: Value]>([:])

  package init() {}

  package subscript(key: Key) -> Value? {
    get { entries.withLock { $0[key] } }
    set { entries.withLock { $0[key] = newValue } }
  }

  /// Changes the value of `key`; no other worker reads or changes one meanwhile.
  package func change<Answer: Sendable>(_ key: Key, _ body: (inout Value?) -> Answer) -> Answer {
    entries.withLock { body(&$0[key]) }
  }
}
