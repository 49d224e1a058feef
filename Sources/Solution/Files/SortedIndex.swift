import Synchronization

/// Finds the entries of a list by a key: sorted positions, so that a list that is kept for every commit of
/// a history costs four bytes an entry, and no copy of a key.
final class SortedIndex: Sendable {
  /// Ordered by key; those of one key in the order of the list.
  private let positions: [Int32]

  /// - Parameters:
  ///   - count: how many entries the list has.
  ///   - key: of the entry at a position.
  init<Key: Comparable>(count: Int, key: (Int) -> Key) {
    positions = (0..<Int32(count)).sorted { left, right in
      let (one, other) = (key(Int(left)), key(Int(right)))
      return one == other ? left < right : one < other
    }
  }

  /// The positions of the entries with this key, in the order of the list.
  ///
  /// - Parameter key: as the index was made with.
  func positions<Key: Comparable>(of wanted: Key, key: (Int) -> Key) -> ArraySlice<Int32> {
    var (start, end) = (0, positions.count)
    while start < end {
      let middle = (start + end) / 2
      if key(Int(positions[middle])) < wanted { start = middle + 1 } else { end = middle }
    }
    return positions[start...].prefix { key(Int($0)) == wanted }
  }
}

/// Finds references of one list by their names. Instances with that list share it.
package final class ReferenceIndex: Sendable {
  // Each is made on its first use.
  private let names = AtomicLazyReference<SortedIndex>()
  private let stems = AtomicLazyReference<SortedIndex>()

  /// In the order of the list.
  func positions(of name: LogicalName, in references: [Reference]) -> ArraySlice<Int32> {
    guard !references.isEmpty else { return [] }
    let index =
      names.load()
      ?? names.storeIfNil(SortedIndex(count: references.count) { references[$0].name })
    return index.positions(of: name) { references[$0].name }
  }

  /// The same of those with this stem.
  func positions(ofStem stem: Substring, in references: [Reference]) -> ArraySlice<Int32> {
    guard !references.isEmpty else { return [] }
    let index =
      stems.load()
      ?? stems.storeIfNil(SortedIndex(count: references.count) { references[$0].name.stem })
    return index.positions(of: stem) { references[$0].name.stem }
  }
}

/// Finds the consumers that use a reference.
final class LinkIndex: Sendable {
  private struct Place {
    let consumer: Int32
    let link: Int32
  }

  private let places: [Place]
  private let index: SortedIndex

  init(_ consumers: [Consumer]) {
    let places = consumers.enumerated().flatMap { number, consumer in
      consumer.links.indices.filter { consumer.links[$0].reference != nil }.map {
        Place(consumer: Int32(number), link: Int32($0))
      }
    }
    self.places = places
    index = SortedIndex(count: places.count) { Self.name(places[$0], consumers) }
  }

  /// The consumers of a reference in their order, each once.
  ///
  /// - Parameter consumers: those that the index was made of.
  func consumers(naming name: LogicalName, of consumers: [Consumer]) -> [Consumer] {
    var last: Int32?
    return index.positions(of: name) { Self.name(places[$0], consumers) }.compactMap { position in
      let number = places[Int(position)].consumer
      defer { last = number }
      return number == last ? nil : consumers[Int(number)]
    }
  }

  private static func name(_ place: Place, _ consumers: [Consumer]) -> LogicalName {
    guard let name = consumers[Int(place.consumer)].links[Int(place.link)].reference else {
      preconditionFailure("only links to a reference have a place")
    }
    return name
  }
}
