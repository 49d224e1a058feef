package import Solution

/// What one commit did to references and links, as far as later commits may need to know.
package struct CommitTrace: Sendable {
  struct Move: Sendable {
    let consumer: String
    let from: LogicalName
    let to: LogicalName
    /// False where the commit let the old one go as well, and told of the succession itself.
    let isStaged: Bool
  }

  struct LostLink: Sendable {
    let consumer: String
    let reference: LogicalName
    let connector: Connector?
  }

  private(set) var births: [LogicalName] = []
  private(set) var departures: [Reference] = []
  private(set) var moves: [Move] = []
  private(set) var lostLinks: [LostLink] = []
  /// Every name whose declaration changed or that a link gained or lost.
  package private(set) var touched: Set<LogicalName> = []
  /// The ids of all consumers whose links name something else now, or have another alias.
  package private(set) var touchedConsumers: Set<String> = []
  /// What solutions declared and used before the commit and do not after it.
  package private(set) var former = FormerNames()

  package var isEmpty: Bool { touched.isEmpty && touchedConsumers.isEmpty }

  package init(before: Snapshot, after: Snapshot) {
    let instances = InstancePair.changed(from: before, to: after)
    self.init(
      instances: instances, consumers: ConsumerPair.pairs(in: instances),
      declaredBefore: Declarations(before, besides: after),
      declaredAfter: Declarations(after, besides: before),
      leavesOutCopies: before.hasSolutions || after.hasSolutions)
  }

  package init(_ comparison: Comparison) {
    self.init(
      instances: comparison.instances, consumers: comparison.consumers,
      declaredBefore: comparison.declaredBefore, declaredAfter: comparison.declaredAfter,
      leavesOutCopies: comparison.before.hasSolutions || comparison.after.hasSolutions)
  }

  private init(
    instances: [InstancePair], consumers: [ConsumerPair], declaredBefore: Declarations,
    declaredAfter: Declarations, leavesOutCopies: Bool
  ) {
    for pair in instances {
      if pair.before?.references != pair.after?.references {
        let left = Set(pair.before?.references ?? [])
        let right = Set(pair.after?.references ?? [])
        touched.formUnion(left.symmetricDifference(right).map(\.name))
      }
      if leavesOutCopies, (pair.after ?? pair.before)?.isCopy == true { continue }
      if let before = pair.before {
        for reference in pair.left { former.add(reference.name, declaredBy: before) }
      }
      for reference in pair.arrived where !declaredBefore.declares(reference.name) {
        births.append(reference.name)
      }
      // With the whole solution gone, its references were not let go one by one.
      guard pair.after != nil else { continue }
      for reference in pair.left where !declaredAfter.declares(reference.name) {
        departures.append(declaredBefore.best(of: reference.name, for: pair.before) ?? reference)
      }
    }
    for pair in consumers {
      guard let consumer = pair.after ?? pair.before, pair.before?.links != pair.after?.links
      else { continue }
      if !Self.nameTheSame(pair.before?.links ?? [], pair.after?.links ?? []) {
        touchedConsumers.insert(consumer.id)
      }
      let left = Set(pair.before?.links.compactMap(\.reference) ?? [])
      let right = Set(pair.after?.links.compactMap(\.reference) ?? [])
      touched.formUnion(left.symmetricDifference(right))
      if leavesOutCopies, (pair.instanceAfter ?? pair.instanceBefore)?.isCopy == true { continue }
      if let before = pair.instanceBefore {
        for name in left.subtracting(right) { former.add(name, usedBy: before) }
      }
      for move in pair.moves where move.isDirect {
        let stays = pair.instanceAfter?.references.contains { $0.name == move.from } ?? false
        moves.append(
          Move(consumer: consumer.id, from: move.from, to: move.to, isStaged: stays))
      }
      lostLinks += left.subtracting(right).sorted().map { name in
        LostLink(
          consumer: consumer.id, reference: name,
          connector: pair.before?.links.first { $0.reference == name }?.connector)
      }
    }
  }

  /// Whatever lines the links stand in.
  private static func nameTheSame(_ left: [Link], _ right: [Link]) -> Bool {
    left.elementsEqual(right) {
      $0.alias == $1.alias && $0.reference == $1.reference
        && $0.embeddedConnection == $1.embeddedConnection
    }
  }

  /// What a merge alone did: births and departures against every parent. Moves and lost links are
  /// told by the commits on its sides.
  package init(merging traces: [CommitTrace]) {
    guard let first = traces.first else { return }
    births = first.births.filter { name in traces.allSatisfy { $0.births.contains(name) } }
    departures = first.departures.filter { reference in
      traces.allSatisfy { $0.departures.contains { $0.name == reference.name } }
    }
    touched = traces.reduce(into: []) { $0.formUnion($1.touched) }
    touchedConsumers = traces.reduce(into: []) { $0.formUnion($1.touchedConsumers) }
  }
}
