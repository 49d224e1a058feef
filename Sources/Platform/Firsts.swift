/// Lists in which several elements may be equal: the first of them counts.
extension Sequence {
  /// The elements by a key; the first where several have one.
  @inlinable package func keyed<Key: Hashable>(by key: (Element) -> Key) -> [Key: Element] {
    Dictionary(firstOf: map { (key($0), $0) })
  }

  /// One element for each key, in their order.
  @inlinable package func uniqued<Key: Hashable>(on key: (Element) -> Key) -> [Element] {
    var known: Set<Key> = []
    return filter { known.insert(key($0)).inserted }
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, in their order.
  @inlinable package func uniqued() -> [Element] { uniqued { $0 } }
}

extension Dictionary {
  /// Of several pairs with one key the first.
  @inlinable package init(firstOf pairs: some Sequence<(Key, Value)>) {
    self.init(pairs, uniquingKeysWith: { first, _ in first })
  }
}
