import Platform
import Solution

/// Finds the successors of removed references. The evidence and its weight are measured
/// on public histories; see the documentation of `reference-recreated`.
struct SuccessionMatcher {
  struct Outcome {
    var successions: [Succession] = []
    var removals: [Removal] = []
    /// True where a consumer began to use a reference that existed before, and may so complete what
    /// an earlier commit began.
    var needsPast = false
  }

  let instances: [InstancePair]
  let consumers: [ConsumerPair]
  let changes: ReferenceChanges
  let before: Snapshot
  let after: Snapshot
  let declaredBefore: Declarations
  let declaredAfter: Declarations
  let past: Past

  func outcome() -> Outcome {
    var outcome = Outcome()
    let late = LateSuccessions(self)
    if !changes.isEmpty {
      var matching = Matching(self)
      matching.pair()
      outcome.successions = matching.successions.map { succession in
        late.joining(succession, matching.movers[succession.predecessors[0].name] ?? [:])
      }
      let candidates = matching.candidates
      let succeeded = Set(outcome.successions.flatMap { $0.predecessors.map(\.name) })
      for (change, traits, movers) in matching.leftRemoved {
        let verdict = late.verdict(on: change, traits, movers)
        switch verdict {
        // Consumers that moved in earlier commits do not show that this change replaced it: another
        // solution still declares it.
        case .succession(let succession)
        where !change.isDeclaredElsewhere || succession.repointedIn == nil:
          outcome.successions.append(succession)
        case _ where change.isDeclaredElsewhere: break
        case _ where change.isStubLeft && !isLeftBehind(change): break
        // Another solution's event has it, with all consumers and rows.
        case _ where succeeded.contains(change.name): break
        case .cleanUp where !isLeftBehind(change): break
        case .cleanUp, .none, .unknown, .succession:
          outcome.removals.append(
            removal(
              of: change, candidates: candidates.references(for: change, traits),
              undated: verdict.undated,
              isUnknown: !verdict.undated.isEmpty || matching.mayHaveMovedEarlier(change.name)))
        }
      }
      let listed = matching.leftAdded.filter { !$0.change.isUnlisted }
      let gained = late.gained(Set(listed.map(\.traits.name)))
      outcome.successions += listed.compactMap {
        late.succession(completedBy: $0.change, $0.traits, gained[$0.traits.name] ?? [])
      }
    }
    let found = outcome.successions
    outcome.successions = found.filter { own in
      // A cloned agent's list follows its solution.
      own.instance.form != .clone
        || !found.contains { $0.instance.form != .clone && $0.isOfSameNames(as: own) }
    }
    let moves = late.movesToEarlierReferences
    outcome.needsPast = !changes.isEmpty || !moves.isEmpty
    outcome.successions += late.successions(completedBy: moves)
    return outcome
  }

  /// True when a consumer of the side after still uses the reference and does not find it.
  func isLeftBehind(_ change: ReferenceChanges.Change) -> Bool {
    declaredAfter.consumers(naming: change.name).contains { _, instance in
      declaredAfter.resolveGone(change.name, from: instance) == .nothing
    }
  }

  /// True where the consumers of an instance of the side before count. Those of an older release do not, nor
  /// of one that another release has overtaken with this change, unless that release is compared with it.
  func mayUse(_ instance: Instance) -> Bool {
    guard declaredBefore.isCurrent(instance) else { return false }
    guard declaredAfter.hasOlderReleases else { return true }
    let isOvertaken = after.instances.contains {
      $0.isAtSamePlace(as: instance) && $0.source === instance.source
        && !declaredAfter.isCurrent($0)
    }
    return !isOvertaken || instances.contains { $0.before === instance }
  }

  /// True where a reference was added by another solution than `instance` is of. A clone repeats what a
  /// solution declares.
  func isElsewhere(_ change: ReferenceChanges.Change, than instance: Instance) -> Bool {
    guard let other = instances[change.pair].after, !change.isUnlisted else { return false }
    return !other.isSameSolution(as: instance)
      && (other.form == .clone) == (instance.form == .clone)
  }

  /// Its fullest declaration before.
  func full(_ change: ReferenceChanges.Change) -> Reference {
    let best = declaredBefore.best(of: change.name, for: instances[change.pair].before)
    return best.flatMap { $0.isStub ? nil : $0 } ?? change.reference
  }

  /// As the declaration says, else as the links say.
  func connector(
    of reference: Reference, in declarations: Declarations, _ uses: ReferenceUses,
    for instance: Instance?
  ) -> Connector? {
    reference.connector ?? declarations.best(of: reference.name, for: instance)?.connector
      ?? uses.connector(of: reference.name)
  }

  private func removal(
    of change: ReferenceChanges.Change, candidates: [Reference], undated: [Reference],
    isUnknown: Bool
  ) -> Removal {
    let pair = instances[change.pair]
    guard let before = pair.before, let after = pair.after else {
      preconditionFailure("a reference is removed from a solution that is on both sides")
    }
    // Solutions that share a root share its consumers.
    var seen: [Resolution: Set<String>] = [:]
    let naming = declaredAfter.consumers(naming: change.name).compactMap {
      consumer, instance -> (consumer: Consumer, resolution: Resolution)? in
      let resolution = declaredAfter.resolveGone(change.name, from: instance)
      // Another solution's manifest concerns that one.
      let isOfInterest = resolution == .nothing || instance.folder == after.folder
      guard isOfInterest, !instance.hasMovedCopy(of: consumer, from: change.name),
        seen[resolution, default: []].insert(consumer.path).inserted
      else {
        return nil
      }
      return (consumer: consumer, resolution: resolution)
    }
    var external: ExternalReference.Origin?
    if before.externals(named: change.name).isEmpty,
      case .external(let origin)? = declaredAfter.resolveExternal(change.name, from: after)
    {
      external = origin
    }
    return Removal(
      reference: full(change), instance: after, naming: naming, external: external,
      candidates: candidates, undated: undated,
      lookBackEnd: isUnknown ? past.cutShort : nil)
  }
}

/// The references of one change, paired with each other.
private struct Matching {
  typealias Change = ReferenceChanges.Change

  private let matcher: SuccessionMatcher
  private let usesBefore: ReferenceUses
  private let usesAfter: ReferenceUses
  let movers: [LogicalName: [LogicalName: Movers]]
  /// By name: what consumers that stayed use instead.
  private let alternatives: [LogicalName: Set<LogicalName>]
  private(set) var successions: [Succession] = []
  /// The pairs of each succession, by its position.
  private var groups: [ReferencePairing.Group] = []
  private let added: [LogicalName: (change: Change, traits: ReferenceTraits)]
  private(set) var leftRemoved:
    [(change: Change, traits: ReferenceTraits, movers: [LogicalName: Movers])] = []
  private(set) var leftAdded: [(change: Change, traits: ReferenceTraits)] = []
  init(_ matcher: SuccessionMatcher) {
    self.matcher = matcher
    let removed = matcher.changes.removed
    let names = Set(removed.map(\.name))
    let added = Set(matcher.changes.added.map(\.name))
    let uses = (
      ReferenceUses(of: names, in: matcher.before.instances.filter(matcher.mayUse)),
      ReferenceUses(
        of: names.union(added), in: matcher.after.instances.filter(matcher.declaredAfter.isCurrent))
    )
    (usesBefore, usesAfter) = uses
    leftAdded = matcher.changes.added.map { change in
      let instance = matcher.instances[change.pair].after
      return (
        change,
        ReferenceTraits(
          change.reference,
          connector: matcher.connector(
            of: change.reference, in: matcher.declaredAfter, uses.1, for: instance))
      )
    }
    self.added = leftAdded.keyed(by: \.traits.name)
    let traits = removed.map { change in
      let reference = matcher.full(change)
      return ReferenceTraits(
        reference,
        connector: matcher.connector(
          of: change.reference, in: matcher.declaredBefore, uses.0,
          for: matcher.instances[change.pair].before))
    }
    var connectors: [LogicalName: Connector] = [:]
    for one in traits + leftAdded.map(\.traits) { connectors[one.name] = one.connector }
    let connector = { [connectors, matcher] (name: LogicalName) in
      connectors[name] ?? matcher.declaredAfter.best(of: name, for: nil)?.connector
    }
    alternatives = Self.alternatives(to: names, in: matcher.consumers, connector)
    movers =
      MoverSearch(
        from: names, matcher.consumers, after: matcher.after.withoutOlderReleases.instances,
        past: matcher.past, connector: connector
      ).found
    leftRemoved = zip(removed, traits).map { [movers] in ($0, $1, movers[$0.name] ?? [:]) }
  }

  /// The references of the connector that former consumers of `names` use now, two of each at most: whether there
  /// is another than one is all that counts. Links of agents state no connector: it is that of the reference.
  private static func alternatives(
    to names: Set<LogicalName>, in consumers: [ConsumerPair],
    _ connector: (LogicalName) -> Connector?
  ) -> [LogicalName: Set<LogicalName>] {
    var found: [LogicalName: Set<LogicalName>] = [:]
    for pair in consumers {
      guard let before = pair.before, let after = pair.after, before.links != after.links else {
        continue
      }
      let kept = Set(after.links.compactMap(\.reference))
      for link in before.links {
        guard let name = link.reference, names.contains(name), !kept.contains(name),
          let former = link.connector ?? connector(name)
        else { continue }
        var others = found[name] ?? []
        for link in after.links {
          if others.count == 2 { break }
          guard let other = link.reference,
            (link.connector ?? connector(other))?.isSame(as: former) ?? false
          else { continue }
          others.insert(other)
        }
        found[name] = others
      }
    }
    return found
  }

  /// Within each solution first, then across them.
  mutating func pair() {
    for number in Set(leftRemoved.map(\.change.pair)).sorted() {
      let isOwn = { (change: Change) in change.pair == number }
      var pairing = pairing(of: number, with: isOwn)
      pairing.pairInSolution()
      take(pairing, of: number, with: isOwn)
    }
    for number in Set(leftRemoved.map(\.change.pair)).sorted() where !leftAdded.isEmpty {
      guard let own = matcher.instances[number].after else { continue }
      let isElsewhere = { [matcher] (change: Change) in
        matcher.isElsewhere(change, than: own)
      }
      var pairing = pairing(of: number, with: isElsewhere)
      pairing.pairAcrossSolutions { [usesAfter] name in !usesAfter[name].isEmpty }
      take(pairing, of: number, with: isElsewhere)
    }
    joinRemovedOfOtherSolutions()
    joinThoseOfOtherSolutions()
  }

  /// References that several solutions removed for one that was added are one event: a team gives all of its
  /// solutions one reference.
  private mutating func joinRemovedOfOtherSolutions() {
    guard !successions.isEmpty else { return }
    let succeeded = Set(groups.flatMap(\.removed).map(\.name))
    var places: [LogicalName: Int] = [:]
    var titles: [String: [LogicalName]] = [:]
    let single = groups.enumerated().filter { $0.element.added.count == 1 }
    let suffixes = Set(
      (single.map { $0.element.added[0].name } + leftRemoved.map(\.change.name))
        .compactMap(\.randomSuffix))
    for (place, group) in single {
      let name = group.added[0].name
      places[name] = place
      for title in added[name]?.traits.titles(withoutAnyOf: suffixes) ?? [] {
        titles[title, default: []].append(name)
      }
    }
    var joined: Set<LogicalName> = []
    for one in leftRemoved where !succeeded.contains(one.change.name) {
      guard let own = matcher.instances[one.change.pair].after else { continue }
      let old = pairable(one)
      let names = Set(one.movers.keys).union(
        one.traits.titles(withoutAnyOf: suffixes).flatMap { titles[$0] ?? [] }
      ).filter { places[$0] != nil }
      let edges = names.sorted().compactMap { name -> ReferencePairing.Edge? in
        guard let new = added[name], matcher.isElsewhere(new.change, than: own),
          let edge = ReferencePairing.Edge(old, new.traits, old.movers[name] ?? Movers())
        else { return nil }
        let isLeftBehind =
          edge.likeness.isSameTitle && old.alternatives.isEmpty && !old.isDeclaredElsewhere
          && !usesAfter[old.name].isEmpty
        return edge.movers.isDirect && edge.isOfOneEvent(old) || isLeftBehind ? edge : nil
      }
      guard let edge = edges.max(by: { $0.weight < $1.weight }),
        let place = places[edge.added.name]
      else { continue }
      groups[place].edges.append(edge)
      successions[place] = succession(of: groups[place], in: successions[place].instance)
      joined.insert(one.change.name)
    }
    leftRemoved.removeAll { joined.contains($0.change.name) }
  }

  /// A reference that another solution added, and to which consumers of an old one moved as well, is
  /// part of the same event.
  private mutating func joinThoseOfOtherSolutions() {
    guard !leftAdded.isEmpty else { return }
    let left = Dictionary(firstOf: leftAdded.map { ($0.traits.name, $0.change) })
    for (number, succession) in successions.enumerated()
    where succession.predecessors.count == 1 {
      let found = movers[succession.predecessors[0].name] ?? [:]
      let joining = found.filter { name, movers in
        movers.isDirect
          && left[name].map { matcher.isElsewhere($0, than: succession.instance) } ?? false
      }.keys
      guard !joining.isEmpty else { continue }
      for name in joining.sorted() {
        guard let change = left[name], let movers = found[name] else { continue }
        successions[number].join(change.reference, movers)
      }
      leftAdded.removeAll { joining.contains($0.traits.name) }
    }
  }

  private func pairable(
    _ removed: (change: Change, traits: ReferenceTraits, movers: [LogicalName: Movers])
  ) -> ReferencePairing.Removed {
    ReferencePairing.Removed(
      traits: removed.traits, movers: removed.movers,
      alternatives: alternatives[removed.change.name] ?? [],
      isUsed: !usesBefore[removed.change.name].isEmpty,
      isDeclaredElsewhere: removed.change.isDeclaredElsewhere)
  }

  private func pairing(
    of number: Int, with isPossible: (Change) -> Bool
  ) -> ReferencePairing {
    ReferencePairing(
      leftRemoved.filter { $0.change.pair == number }.map(pairable),
      leftAdded.filter { isPossible($0.change) }.map(\.traits))
  }

  private mutating func take(
    _ pairing: ReferencePairing, of number: Int, with isPossible: (Change) -> Bool
  ) {
    guard !pairing.groups.isEmpty, let instance = matcher.instances[number].after else { return }
    groups += pairing.groups
    successions += pairing.groups.map { succession(of: $0, in: instance) }
    leftRemoved.removeAll {
      $0.change.pair == number && !pairing.isFree(removed: $0.change.name)
    }
    leftAdded.removeAll { isPossible($0.change) && !pairing.isFree(added: $0.change.name) }
  }

  private func succession(
    of group: ReferencePairing.Group, in instance: Instance
  ) -> Succession {
    let past = matcher.past
    let moved = moved(in: group)
    let isUsed = group.edges.contains {
      !usesBefore[$0.removed.name].isEmpty || !usesAfter[$0.added.name].isEmpty
        || !usesAfter[$0.removed.name].isEmpty
    }
    let isReturn = group.added.allSatisfy { added in
      // What took the place of the removed one before, and was reverted, does so again.
      past.declared(added.name)
        && !group.removed.allSatisfy { past.order(of: added.name, and: $0.name) == .younger }
    }
    let best = group.edges.max { $0.weight < $1.weight }?.likeness
    let earlierCommit = group.edges.lazy.compactMap(\.movers.earlierCommit).first
    var evidence: [Evidence] = [.sameConnector]
    let likeness = group.edges.flatMap(\.likeness.evidence)
    evidence += Evidence.likenesses.filter(likeness.contains)
    if !moved.isEmpty { evidence.append(.consumersMoved) }
    if isReturn { evidence.append(.returned) }
    if earlierCommit != nil { evidence.append(.severalCommits) }
    // What another solution still declares was not deleted.
    let isDeleted = group.removed.contains {
      !matcher.declaredAfter.declares($0.name, besides: instance)
    }
    let isCertain = isDeleted && best?.isSameDisplayName ?? false
    let isStrong = isDeleted && best?.isSameStem ?? false
    return Succession(
      kind: isCertain || isStrong ? .recreated : .replaced,
      confidence: isCertain ? .certain : isStrong ? .strong : .medium, instance: instance,
      predecessors: group.removed, successors: group.added, evidence: evidence, moved: moved,
      isUnused: !isUsed, isReturn: isReturn, commits: EarlierCommits(moved: earlierCommit))
  }

  /// The consumers of a group as a finding lists them, each once, ordered by path.
  private func moved(in group: ReferencePairing.Group) -> [AffectedConsumer] {
    group.edges.flatMap { edge in
      edge.movers.consumers.map { AffectedConsumer($0, naming: edge.added.name, state: .moved) }
    }.uniqued(on: \.id).sorted { $0.place < $1.place }
  }

  /// Added references that replaced no other.
  var candidates: Candidates { Candidates(leftAdded) }

  /// True where a look back that ended early may have missed consumers that moved from `name`.
  func mayHaveMovedEarlier(_ name: LogicalName) -> Bool {
    usesBefore[name].isEmpty && usesAfter[name].isEmpty && matcher.past.cutShort != nil
  }
}

/// References that may have replaced a removed one: those of the same connector that were added in
/// the same solution and replaced no other.
private struct Candidates {
  private let added: [(change: ReferenceChanges.Change, traits: ReferenceTraits)]
  /// Positions, by what a connector is looked up by and the number of the pair of instances.
  private var positions: [String: [Int: [Int]]] = [:]
  /// How many a finding lists.
  private static let limit = 5

  init(_ added: [(change: ReferenceChanges.Change, traits: ReferenceTraits)]) {
    self.added = added
    for (position, entry) in added.enumerated() {
      for key in entry.traits.connectorKeys {
        positions[key, default: [:]][entry.change.pair, default: []].append(position)
      }
    }
  }

  func references(
    for change: ReferenceChanges.Change, _ traits: ReferenceTraits
  ) -> [Reference] {
    let lists = traits.connectorKeys.compactMap { positions[$0]?[change.pair] }
    let ordered = lists.count == 1 ? lists[0] : Set(lists.joined()).sorted()
    return Array(
      ordered.lazy.map { added[$0].traits }.filter { $0.isSameConnector(as: traits) }
        .map(\.reference).prefix(Self.limit))
  }
}

extension Evidence {
  /// In the order in which a finding lists them.
  static let likenesses: [Evidence] = [.sameDisplayName, .sameStem, .otherConnection, .otherPrefix]
}
