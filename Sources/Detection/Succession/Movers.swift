import Solution

/// The consumers that used one reference and use another of its connector now.
struct Movers: Sendable {
  /// As they are now.
  private(set) var consumers: [Consumer] = []
  /// True where one of them moved by its alias, or has no other reference that fits.
  private(set) var isDirect = false
  /// The commit of the first that moved before this change.
  private(set) var earlierCommit: String?
  /// The ids of those that certainly moved, each by its alias or for want of another.
  private var directIDs: Set<String> = []

  /// Those that certainly moved.
  var direct: [Consumer] { consumers.filter { directIDs.contains($0.id) } }

  mutating func add(_ consumer: Consumer, isDirect: Bool, in commit: String?) {
    if isDirect {
      self.isDirect = true
      directIDs.insert(consumer.id)
    }
    guard !consumers.contains(where: { $0.id == consumer.id }) else { return }
    consumers.append(consumer)
    earlierCommit = earlierCommit ?? commit
  }
}

/// Finds which consumers moved from each removed reference to which other one: in
/// this change, in an earlier commit, or by being deleted and restored under their id.
struct MoverSearch {
  let names: Set<LogicalName>
  let consumers: [ConsumerPair]
  let past: Past
  let after: [Instance]
  /// The connector of a reference, as far as any file states it.
  let connector: (LogicalName) -> Connector?

  /// A commit that moved consumers and removed the old one at once was reported: where a merge
  /// restored the old one since, its second removal is not new. It is where consumers moved to and fro
  /// since, and the last of them left a reference that was still declared.
  private var reported: Set<[LogicalName]> = []
  private(set) var found: [LogicalName: [LogicalName: Movers]] = [:]
  /// The references that each consumer moved from, by its id.
  private var left: [String: Set<LogicalName>] = [:]

  init(
    from names: Set<LogicalName>, _ consumers: [ConsumerPair], after: [Instance], past: Past,
    connector: @escaping (LogicalName) -> Connector?
  ) {
    self.names = names
    self.consumers = consumers
    self.past = past
    self.after = after
    self.connector = connector
    guard !names.isEmpty else { return }
    var known: Set<[LogicalName]> = []
    // The newest is the first.
    for (move, _) in past.moves where names.contains(move.from) {
      let names = [move.from, move.to]
      if known.insert(names).inserted, !move.isStaged { reported.insert(names) }
    }
    addMovesOfThisChange()
    addEarlierMoves()
    addMovesInSteps()
  }

  private mutating func add(
    _ consumer: Consumer, from: LogicalName, to: LogicalName, isDirect: Bool, in commit: String?
  ) {
    found[from, default: [:]][to, default: Movers()]
      .add(consumer, isDirect: isDirect, in: commit)
    left[consumer.id, default: []].insert(from)
  }

  private mutating func addMovesOfThisChange() {
    for pair in consumers {
      guard let consumer = pair.after else { continue }
      for move in pair.moves where names.contains(move.from) {
        add(consumer, from: move.from, to: move.to, isDirect: move.isDirect, in: nil)
      }
    }
  }

  private mutating func addEarlierMoves() {
    let moves = past.moves.filter { names.contains($0.move.from) }
    guard !moves.isEmpty else { return }
    let known = consumersAfter(Set(moves.map(\.move.consumer)))
    for (move, commit) in moves where !reported.contains([move.from, move.to]) {
      for consumer in known[move.consumer] ?? []
      where consumer.names(move.to) && !consumer.names(move.from) {
        add(consumer, from: move.from, to: move.to, isDirect: true, in: commit)
      }
    }
  }

  /// A consumer that used the old one, and began to use the new one in another commit than it left
  /// the old one: it was deleted in between, or used both for a while.
  private mutating func addMovesInSteps() {
    var former: [String: [(name: LogicalName, commit: String?)]] = [:]
    for (id, links) in past.formerLinks {
      for (link, commit) in links where names.contains(link.reference) {
        former[id, default: []].append((link.reference, commit))
      }
    }
    for pair in consumers {
      // Removed from this solution, it may be in another one.
      guard let before = pair.before, before.links != pair.after?.links else { continue }
      for name in Set(before.links.compactMap(\.reference)).sorted()
      where names.contains(name) && pair.after?.names(name) != true {
        former[before.id, default: []].append((name, nil))
      }
    }
    guard !former.isEmpty else { return }
    var pairs: [String: ConsumerPair] = [:]
    for pair in consumers { if let after = pair.after { pairs[after.id] = pair } }
    let moves = Dictionary(grouping: past.moves.map(\.move), by: \.consumer)
    for (id, consumers) in consumersAfter(Set(former.keys)).sorted(by: { $0.key < $1.key }) {
      let moved = Set((moves[id] ?? []).map(\.from))
      for consumer in consumers {
        let used = Set(consumer.links.compactMap(\.reference))
        // An earlier commit shows which reference replaced the old one.
        let lost = (former[id] ?? []).filter { old, _ in
          !used.contains(old) && !moved.contains(old)
        }
        guard !lost.isEmpty, lost.count * used.count <= ConsumerPair.moveLimit else { continue }
        let gained = GainedNames(
          consumer, pairs[id], gains: past.gains[id] ?? [], moves: moves[id] ?? [])
        for (old, commit) in lost where left[id]?.contains(old) != true {
          for new in gained.names(since: old, connector) where !reported.contains([old, new]) {
            add(consumer, from: old, to: new, isDirect: true, in: commit)
          }
        }
      }
    }
  }

  private func consumersAfter(_ ids: Set<String>) -> [String: [Consumer]] {
    var known: [String: [Consumer]] = [:]
    for instance in after {
      for consumer in instance.consumers where ids.contains(consumer.id) {
        known[consumer.id, default: []].append(consumer)
      }
    }
    return known
  }
}

/// The references that one consumer may have begun to use in the place of others.
private struct GainedNames {
  private let consumer: Consumer
  /// What it used on the side before; nil where it was not there.
  private let before: Set<LogicalName>?
  /// How many commits ago it began to use each.
  private var ages: [LogicalName: Int] = [:]
  /// The references in whose place it certainly used each.
  private var replaced: [LogicalName: Set<LogicalName>] = [:]

  init(
    _ consumer: Consumer, _ pair: ConsumerPair?, gains: [(reference: LogicalName, age: Int)],
    moves: [CommitTrace.Move]
  ) {
    self.consumer = consumer
    before = pair.map { Set(($0.before?.links ?? []).compactMap(\.reference)) }
    for gain in gains where ages[gain.reference] == nil { ages[gain.reference] = gain.age }
    for move in moves { replaced[move.to, default: []].insert(move.from) }
    for move in pair?.moves ?? [] where move.isDirect {
      replaced[move.to, default: []].insert(move.from)
    }
  }

  /// Those of its connector that the consumer used after `old`, and not in place of a third.
  func names(
    since old: LogicalName, _ connector: (LogicalName) -> Connector?
  ) -> [LogicalName] {
    guard let former = connector(old) else { return [] }
    let start = ages[old] ?? .max
    return consumer.links.compactMap { link in
      guard let name = link.reference, name != old, isLater(name, than: start),
        replaced[name]?.subtracting([old]).isEmpty ?? true,
        (link.connector ?? connector(name)).isSame(as: former)
      else { return nil }
      return name
    }
  }

  private func isLater(_ name: LogicalName, than start: Int) -> Bool {
    if let before, !before.contains(name) { return true }
    return ages[name].map { $0 < start } ?? false
  }
}
