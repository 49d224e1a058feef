import Synchronization

/// A dictionary that several workers ask and fill at once. Who copies what holds it shares it.
package final class SharedTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let entries = Mutex<[Key: Value]>([:])

  package init() {}

  package subscript(key: Key) -> Value? {
    get { entries.withLock { $0[key] } }
    set { entries.withLock { $0[key] = newValue } }
  }

  /// Changes the value of `key`; nobody else reads or changes one meanwhile.
  package func change<Answer: Sendable>(_ key: Key, _ body: (inout Value?) -> Answer) -> Answer {
    entries.withLock { body(&$0[key]) }
  }
}
