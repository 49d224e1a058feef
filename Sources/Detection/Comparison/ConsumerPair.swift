package import Solution

/// The same consumer on both sides, in a solution that changed.
package struct ConsumerPair: Sendable {
  package let before: Consumer?
  package let after: Consumer?
  /// The instance that holds it on each side.
  let instanceBefore: Instance?
  let instanceAfter: Instance?
  /// References that the consumer used before and does not any more, with each of the same
  /// connector that it uses instead. A move is direct where the alias stayed, or where one of the
  /// two has no match by alias: aliases are renumbered at will, so a better reason outweighs them.
  let moves: [Move]

  init(
    before: Consumer?, after: Consumer?, instanceBefore: Instance?, instanceAfter: Instance?
  ) {
    self.before = before
    self.after = after
    self.instanceBefore = instanceBefore
    self.instanceAfter = instanceAfter
    moves = Self.moves(from: before, to: after)
  }

  /// Consumers of changed instances: by id within a pair of instances, then by id across them
  /// (moved to another solution), then by a name that is unique on both sides of a pair (deleted and
  /// re-created itself).
  ///
  /// Unchanged consumers are left out where no instance declares or expects anything else than
  /// before: nothing can have happened to it. In a large solution that is nearly all.
  static func pairs(in instances: [InstancePair]) -> [ConsumerPair] {
    let onlyChanged = instances.allSatisfy(\.declaresTheSame)
    var pairs: [ConsumerPair] = []
    var left: [(Consumer, InstancePair)] = []
    var right: [(Consumer, InstancePair)] = []
    for instance in instances {
      var (consumersBefore, consumersAfter) = (
        instance.before?.consumers ?? [], instance.after?.consumers ?? []
      )
      if onlyChanged { removeUnchanged(from: &consumersBefore, and: &consumersAfter) }
      // One flow may be in two files: each is paired by its path first, unless an unpack left that behind.
      var after: [String: [Consumer]] = [:]
      for consumer in consumersAfter { after[consumer.id, default: []].append(consumer) }
      let paths = Set(consumersBefore.map(\.path))
      for consumer in consumersBefore {
        if let same = after[consumer.id]?.takeBest(for: consumer, among: paths) {
          pairs.append(
            ConsumerPair(
              before: consumer, after: same, instanceBefore: instance.before,
              instanceAfter: instance.after))
        } else {
          left.append((consumer, instance))
        }
      }
      for consumer in consumersAfter
      where after[consumer.id]?.contains(where: { $0 === consumer }) == true {
        if instance.isWithdrawal {
          // The release that remains had it before as well.
          pairs.append(
            ConsumerPair(
              before: consumer, after: consumer, instanceBefore: instance.after,
              instanceAfter: instance.after))
        } else {
          right.append((consumer, instance))
        }
      }
    }
    func take(_ key: (Consumer, InstancePair) -> String) {
      let known = Dictionary(grouping: right.indices) { key(right[$0].0, right[$0].1) }
      let counts = Dictionary(grouping: left.indices) { key(left[$0].0, left[$0].1) }
      var taken: Set<Int> = []
      var paired: Set<Int> = []
      for (position, (consumer, instance)) in left.enumerated() {
        let name = key(consumer, instance)
        guard let matches = known[name], matches.count == 1, counts[name]?.count == 1,
          let match = matches.first
        else { continue }
        taken.insert(match)
        paired.insert(position)
        pairs.append(
          ConsumerPair(
            before: consumer, after: right[match].0, instanceBefore: instance.before,
            instanceAfter: right[match].1.after))
      }
      left = left.indices.filter { !paired.contains($0) }.map { left[$0] }
      right = right.indices.filter { !taken.contains($0) }.map { right[$0] }
    }
    if !left.isEmpty, !right.isEmpty {
      take { consumer, instance in
        // A flow in a committed build is a copy of the folder's, perhaps an old one.
        (instance.after ?? instance.before)?.mayBeCopy == true ? consumer.id + "\n" : consumer.id
      }
      take { consumer, instance in
        "\(instance.before?.folder ?? "")\n\(instance.after?.folder ?? "")\n\(consumer.name)"
      }
    }
    pairs += left.map {
      ConsumerPair(
        before: $0.0, after: nil, instanceBefore: $0.1.before, instanceAfter: $0.1.after)
    }
    pairs += right.map {
      ConsumerPair(
        before: nil, after: $0.0, instanceBefore: $0.1.before, instanceAfter: $0.1.after)
    }
    return pairs
  }

  /// Removes the consumers that both lists have and that differ in no link: most versions of a flow change only
  /// expressions. Both lists are ordered by path.
  private static func removeUnchanged(from before: inout [Consumer], and after: inout [Consumer]) {
    var changed: (before: [Consumer], after: [Consumer]) = ([], [])
    var isInPlace = true
    var here = 0
    var there = 0
    while here < before.count || there < after.count {
      if here < before.count, there < after.count,
        before[here] === after[there] || before[here].saysTheSame(as: after[there])
      {
        here += 1
        there += 1
        continue
      }
      let left = here < before.count ? before[here] : nil
      let right = there < after.count ? after[there] : nil
      let comesFirst = left.map { left in right.map { left.path < $0.path } ?? true } ?? false
      let comesLater = right.map { right in left.map { right.path < $0.path } ?? true } ?? false
      if let left, !comesLater {
        here += 1
        if left !== right { changed.before.append(left) }
      }
      if let right, !comesFirst {
        there += 1
        if right !== left { changed.after.append(right) }
      }
      if comesFirst || comesLater || left?.id != right?.id { isInPlace = false }
    }
    // A consumer that another one of its id may take the place of is no less in question than that.
    if !isInPlace {
      let ids = Set((changed.before + changed.after).map(\.id))
      before.removeAll { !ids.contains($0.id) }
      after.removeAll { !ids.contains($0.id) }
      return
    }
    (before, after) = changed
  }

  /// Moves to consider of one consumer: no flow seen has more than 60 entries.
  static let moveLimit = 10_000

  /// One to one. Where each of hundreds may have moved to each of hundreds, only the alias says anything, and
  /// without an equal one the order.
  private static func pairedInOrder(
    _ lost: [Link], _ gained: [Link]
  ) -> [(from: Link, to: Link)] {
    let aliases = Dictionary(grouping: gained, by: \.alias)
    let matched = lost.compactMap { from in aliases[from.alias]?.first.map { (from, $0) } }
    let taken = Set(matched.map(\.0.alias))
    return matched
      + zip(
        lost.filter { !taken.contains($0.alias) }, gained.filter { !taken.contains($0.alias) }
      ).map { ($0, $1) }
  }

  private static func moves(from before: Consumer?, to after: Consumer?) -> [Move] {
    guard let before, let after, before.links != after.links else { return [] }
    let namesBefore = Set(before.links.compactMap(\.reference))
    let namesAfter = Set(after.links.compactMap(\.reference))
    let lost = before.links.filter { $0.reference.map { !namesAfter.contains($0) } ?? false }
    let gained = after.links.filter { $0.reference.map { !namesBefore.contains($0) } ?? false }
    guard !lost.isEmpty, !gained.isEmpty else { return [] }
    let candidates: [(from: Link, to: Link)] =
      lost.count * gained.count > moveLimit
      ? pairedInOrder(lost, gained) : lost.flatMap { from in gained.map { (from, $0) } }
    let moves = candidates.compactMap { from, to -> Move? in
      guard from.mayShareConnector(with: to), let old = from.reference, let new = to.reference
      else { return nil }
      return Move(from: old, to: new, isDirect: from.alias == to.alias)
    }
    let matchedFrom = Set(moves.filter(\.isDirect).map(\.from))
    let matchedTo = Set(moves.filter(\.isDirect).map(\.to))
    return moves.map { move in
      let isDirect =
        move.isDirect || !matchedFrom.contains(move.from) || !matchedTo.contains(move.to)
      return Move(from: move.from, to: move.to, isDirect: isDirect)
    }
  }

  /// Entries that used a reference and use none any more, with the name that each had.
  package var emptied: [(name: LogicalName, link: Link)] {
    guard let before, let after else { return [] }
    let kept = Set(after.links.compactMap(\.reference))
    if after.kind == .agent { return emptiedActions(before, after, keeping: kept) }
    let opened = after.openEntries.compactMap { entry -> (LogicalName, Link)? in
      guard entry.embeddedConnection == nil, let name = formerReference(of: entry),
        !kept.contains(name)
      else { return nil }
      return (name, entry)
    }
    return opened
      + after.links.compactMap { link in
        guard link.reference == nil, link.embeddedConnection == nil,
          let name = formerName(ofEmpty: link, before, after), !kept.contains(name)
        else { return nil }
        return (name, link)
      }
  }

  /// An action of an agent has no key: as many names as there are more actions without one were lost, but
  /// for those in whose place others are used now.
  private func emptiedActions(
    _ before: Consumer, _ after: Consumer, keeping kept: Set<LogicalName>
  ) -> [(name: LogicalName, link: Link)] {
    let added = after.openEntries.count - before.openEntries.count
    guard added > 0 else { return [] }
    let replaced = Set(moves.filter(\.isDirect).map(\.from))
    let lost = before.links.compactMap(\.reference).filter {
      !kept.contains($0) && !replaced.contains($0)
    }
    return zip(lost, after.openEntries.suffix(added)).map { ($0, $1) }
  }

  /// The name that an entry of a flow had: by its alias, else by its connector, where one entry of
  /// that has no alias any more. Aliases are renumbered at will.
  private func formerName(
    ofEmpty link: Link, _ before: Consumer, _ after: Consumer
  ) -> LogicalName? {
    if let same = before.links(aliased: link.alias).first(where: { $0.alias == link.alias }) {
      return same.reference
    }
    guard let connector = link.connector else { return nil }
    let aliases = Set(after.links.map(\.alias))
    let left = before.links.filter { former in
      former.reference != nil && !aliases.contains(former.alias)
        && former.connector.isSame(as: connector)
    }
    return left.count == 1 ? left.first?.reference : nil
  }

  /// The entry that the consumer had for an alias.
  package func formerLink(of alias: String) -> Link? {
    before?.links(aliased: alias).first
  }

  /// The reference that an entry of an app used before: the key of an entry is another one each
  /// time its data source is added again, so the data sources decide.
  func formerReference(of entry: Link) -> LogicalName? {
    before?.links.first { link in
      link.reference != nil
        && (link.alias == entry.alias || !Set(link.sources).isDisjoint(with: entry.sources))
    }?.reference
  }

  /// True where the flow began to run a child, or to take its connections from the user who runs
  /// it: whether both meet is to be seen in other flows.
  var changesCalling: Bool {
    guard let after, after.kind == .flow else { return false }
    let invoked = after.links.contains(where: \.isInvoker)
    let wasInvoked = before?.links.contains(where: \.isInvoker) ?? false
    return (invoked && !wasInvoked)
      || !Set(after.childFlows).isSubset(of: before?.childFlows ?? [])
  }

  struct Move: Sendable {
    let from: LogicalName
    let to: LogicalName
    let isDirect: Bool
  }
}

extension [Consumer] {
  /// Takes out the one of the same path, else the last.
  ///
  /// An unpack leaves the file of a flow that was renamed: where that is as it was, and another file was
  /// added for the flow, the added one counts, and the other is taken out with it.
  ///
  /// - Parameter paths: those of all consumers before.
  fileprivate mutating func takeBest(for consumer: Consumer, among paths: Set<String>) -> Consumer?
  {
    guard let position = firstIndex(where: { $0.path == consumer.path }) else { return popLast() }
    let same = remove(at: position)
    guard same.links == consumer.links,
      let added = lastIndex(where: { !paths.contains($0.path) })
    else { return same }
    return remove(at: added)
  }
}

extension Link {
  /// False where both state their connector, each another one.
  package func mayShareConnector(with other: Link) -> Bool {
    !connector.isOther(than: other.connector)
  }
}

extension Consumer {
  /// True where nothing but lines in the file differs.
  fileprivate func saysTheSame(as other: Consumer) -> Bool {
    path == other.path && kind == other.kind && id == other.id && name == other.name
      && connectorUses == other.connectorUses && usedAliases == other.usedAliases
      && links.elementsEqual(other.links) { $0.saysTheSame(as: $1) }
      && uses.elementsEqual(other.uses) { $0.alias == $1.alias && $0.connector == $1.connector }
      && openEntries.elementsEqual(other.openEntries) { $0.saysTheSame(as: $1) }
      && calls == other.calls && childFlows == other.childFlows && operations == other.operations
  }
}

extension Link {
  fileprivate func saysTheSame(as other: Link) -> Bool {
    alias == other.alias && reference == other.reference
      && reference?.spelling == other.reference?.spelling
      && embeddedConnection == other.embeddedConnection && connector == other.connector
      && isInvoker == other.isInvoker && sources == other.sources
  }
}
