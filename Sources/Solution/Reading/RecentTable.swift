import Synchronization

/// A dictionary that keeps recently used entries, by weight: it drops what was not used while twice
/// its limit was added.
package struct RecentTable<Key: Hashable, Value> {
  private let limit: Int
  private var young: [Key: (value: Value, weight: Int)] = [:]
  private var old: [Key: (value: Value, weight: Int)] = [:]
  private var weight = 0

  package init(limit: Int) { self.limit = limit }

  /// Nil for what is not known any more.
  package mutating func value(of key: Key) -> Value? {
    if let known = young[key] { return known.value }
    guard let known = old.removeValue(forKey: key) else { return nil }
    keep(known.value, of: key, weight: known.weight)
    return known.value
  }

  package mutating func keep(_ value: Value, of key: Key, weight: Int) {
    young[key] = (value, weight)
    self.weight += weight
    guard self.weight > limit else { return }
    old = young
    young = [:]
    self.weight = 0
  }
}

extension RecentTable: Sendable where Key: Sendable, Value: Sendable {}

/// The same for several workers at once. Copies of its owner share it.
final class SharedRecentTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let table: Mutex<RecentTable<Key, Value>>

  init(limit: Int) { table = Mutex(RecentTable(limit: limit)) }

  func value(of key: Key) -> Value? { table.withLock { $0.value(of: key) } }

  func keep(_ value: Value, of key: Key, weight: Int) {
    table.withLock { $0.keep(value, of: key, weight: weight) }
  }
}
