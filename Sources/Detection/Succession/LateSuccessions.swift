import Solution

/// Successions that took several commits. Only consumers count: a flow that used the old one and
/// uses the new one now, in whichever commits; look-alikes by name alone do not.
struct LateSuccessions {
  typealias Change = ReferenceChanges.Change

  /// The outcome for a reference that this change removes without adding a successor.
  enum Verdict {
    case succession(Succession)
    /// Its consumers moved to references that are older.
    case cleanUp
    /// None of its consumers is known to have moved.
    case none
    /// Consumers moved to these, and the look back ended before it was known which were declared first.
    case unknown([Reference])

    /// The references of `unknown`; none of any other verdict.
    var undated: [Reference] { if case .unknown(let references) = self { references } else { [] } }
  }

  private let matcher: SuccessionMatcher
  private var past: Past { matcher.past }

  init(_ matcher: SuccessionMatcher) { self.matcher = matcher }

  private enum Order {
    case cleanUp, replaced, recreated, unknown
  }

  /// Whether `new` can have succeeded `old`, by which of them was declared first.
  private func order(
    _ old: ReferenceTraits, _ new: ReferenceTraits, movers: [Consumer]
  ) -> Order {
    switch past.order(of: new.name, and: old.name) {
    case nil: .unknown
    case .older: .cleanUp
    case .younger:
      ReferenceLikeness(old, new).isSameTitle ? .recreated : .replaced
    case .sameCommit:
      // One big first export says nothing about order, and who has consumers of its own is no successor.
      past.introductions[new.name]?.isWithSolution == true
        || hasOwnConsumer(new.name, excluding: movers)
        ? .cleanUp : .replaced
    }
  }

  private func hasOwnConsumer(_ name: LogicalName, excluding movers: [Consumer]) -> Bool {
    let ids = Set(movers.map(\.id))
    return matcher.declaredBefore.consumers(naming: name).contains { !ids.contains($0.0.id) }
  }

  /// A reference that is removed now, whose consumers moved, now or in earlier commits, to one that
  /// was declared beside it.
  func verdict(
    on change: Change, _ old: ReferenceTraits, _ movers: [LogicalName: Movers]
  ) -> Verdict {
    guard let after = matcher.instances[change.pair].after else { return .none }
    var successors: [(traits: ReferenceTraits, movers: Movers, kind: Succession.Kind)] = []
    var isCleanUp = false
    var undated: [Reference] = []
    for (name, movers) in movers.sorted(by: { $0.key < $1.key }) where !movers.direct.isEmpty {
      guard matcher.declaredBefore.declares(name),
        let reference = matcher.declaredAfter.best(of: name, for: after)
      else { continue }
      let new = ReferenceTraits(
        reference, connector: reference.connector ?? movers.connector(of: name))
      guard new.isSameConnector(as: old) else { continue }
      // A cloned agent's list follows what its solution did in an earlier commit.
      if after.form == .clone, past.removed[change.name] != nil,
        isKnownSuccession(from: change.name, to: new)
      {
        isCleanUp = true
        continue
      }
      // A new build follows its folder.
      if isOfFolder(name, ofBuild: after) {
        isCleanUp = true
        continue
      }
      switch order(old, new, movers: movers.direct) {
      case .cleanUp: isCleanUp = true
      case .unknown: undated.append(new.reference)
      case .replaced: successors.append((new, movers, .replaced))
      case .recreated: successors.append((new, movers, .recreated))
      }
    }
    guard !successors.isEmpty else {
      if isCleanUp { return .cleanUp }
      if undated.isEmpty { return .none }
      return past.cutShort == nil ? .cleanUp : .unknown(undated)
    }
    let isRecreated = successors.contains { $0.kind == .recreated }
    let introductions = successors.compactMap { past.introductions[$0.traits.name]?.commit }
    return .succession(
      Succession(
        kind: isRecreated ? .recreated : .replaced,
        confidence: isRecreated ? .strong : .medium, instance: after,
        predecessors: [old.reference], successors: successors.map(\.traits.reference),
        evidence: evidence(successors.map { ReferenceLikeness(old, $0.traits) }),
        moved: successors.flatMap { successor in
          successor.movers.direct.map {
            AffectedConsumer($0, naming: successor.traits.name, state: .moved)
          }
        }.sorted { $0.place < $1.place }, isUnused: false, isReturn: false,
        commits: EarlierCommits(
          declared: introductions.first,
          moved: successors.lazy.compactMap(\.movers.earlierCommit).first)))
  }

  /// True where an instance is the build of a solution whose folder declares `name`, before the change too.
  private func isOfFolder(_ name: LogicalName, ofBuild instance: Instance) -> Bool {
    guard instance.form == .archive else { return false }
    return [matcher.before, matcher.after].allSatisfy { snapshot in
      snapshot.foldersOfBuilds[instance.solutionKey]?.contains { $0.declares(name) }
        ?? false
    }
  }

  /// A succession of this change with the successors that other solutions have since earlier commits: what
  /// they shared was replaced by one of each solution's own.
  ///
  /// - Parameter movers: of its predecessor.
  func joining(_ succession: Succession, _ movers: [LogicalName: Movers]) -> Succession {
    guard succession.predecessors.count == 1, succession.instance.form != .clone else {
      return succession
    }
    var joined = succession
    let old = ReferenceTraits(
      succession.predecessors[0], connector: succession.predecessors[0].connector)
    let known = Set(succession.successors.map(\.name))
    for (name, movers) in movers.sorted(by: { $0.key < $1.key })
    where !known.contains(name) && movers.earlierCommit != nil && !movers.direct.isEmpty {
      guard matcher.declaredBefore.declares(name), !succession.instance.declares(name),
        let reference = matcher.declaredAfter.best(of: name, for: nil), !reference.isStub
      else { continue }
      let new = ReferenceTraits(
        reference, connector: reference.connector ?? movers.connector(of: name))
      guard new.isSameConnector(as: old) else { continue }
      switch order(old, new, movers: movers.direct) {
      case .cleanUp, .unknown: continue
      case .replaced, .recreated: joined.join(reference, movers)
      }
    }
    return joined
  }

  private func evidence(_ likeness: [ReferenceLikeness]) -> [Evidence] {
    let found = likeness.flatMap(\.evidence)
    return [.sameConnector] + Evidence.likenesses.filter(found.contains)
      + [.consumersMoved, .severalCommits]
  }

  /// The consumers that use one of `names` now and did not before, by name.
  func gained(_ names: Set<LogicalName>) -> [LogicalName: [ConsumerPair]] {
    guard !names.isEmpty else { return [:] }
    var gained: [LogicalName: [ConsumerPair]] = [:]
    for pair in matcher.consumers {
      for name in Set((pair.after?.links ?? []).compactMap(\.reference))
      where names.contains(name) && !(pair.before?.names(name) ?? false) {
        gained[name, default: []].append(pair)
      }
    }
    return gained
  }

  /// A reference that is added now for one that an earlier commit removed: a consumer that used the old
  /// one uses it.
  ///
  /// - Parameter gained: the consumers that came to use the new one.
  func succession(
    completedBy change: Change, _ new: ReferenceTraits, _ gained: [ConsumerPair]
  ) -> Succession? {
    let pair = matcher.instances[change.pair]
    guard let after = pair.after, !past.declared(new.name) else { return nil }
    let movers = gained.compactMap { pair -> (Consumer, Reference)? in
      guard let consumer = pair.after,
        let old = formerReference(of: pair, like: new) ?? undeclared(pair, like: new)
      else { return nil }
      return (consumer, old)
    }
    return succession(of: movers, to: new, in: after) { old in
      let likeness = ReferenceLikeness(old, new)
      // What was removed before the look back began is known by its name alone.
      let isKnown = past.removed[old.name] != nil
      return likeness.isSameTitle || !isKnown && likeness.isSameStem ? .recreated : .replaced
    }
  }

  /// Consumers that begin in this change to use a reference declared before, and not by leaving one
  /// that is still declared: they may complete what earlier commits began.
  var movesToEarlierReferences: [(pair: ConsumerPair, name: LogicalName)] {
    matcher.consumers.flatMap { pair -> [(pair: ConsumerPair, name: LogicalName)] in
      // A solution that is new as a whole completes nothing; an app that was restored may.
      guard let consumer = pair.after,
        pair.instanceBefore != nil || pair.instanceAfter?.declarations == .absent
      else { return [] }
      let names: [LogicalName]
      if pair.before == nil {
        names = consumer.links.compactMap(\.reference)
      } else {
        names = pair.moves.filter {
          $0.isDirect && !matcher.declaredBefore.declaresNow($0.from)
        }.map(\.to)
      }
      return Set(names).sorted().filter {
        matcher.declaredBefore.declares($0) && matcher.declaredAfter.declares($0)
      }.map { (pair, $0) }
    }
  }

  /// The successions that these moves complete: the first consumer moves to a reference added after
  /// another had been removed.
  func successions(
    completedBy moves: [(pair: ConsumerPair, name: LogicalName)]
  ) -> [Succession] {
    guard !moves.isEmpty, !past.removed.isEmpty else { return [] }
    let byName = Dictionary(grouping: moves, by: \.name)
    return byName.keys.sorted().compactMap { name -> Succession? in
      guard let reference = matcher.declaredAfter.best(of: name, for: nil),
        let moves = byName[name],
        let instance = moves.lazy.compactMap(\.pair.instanceAfter).first
      else { return nil }
      let links = moves.lazy.flatMap { $0.pair.after?.links ?? [] }
      let new = ReferenceTraits(
        reference,
        connector: reference.connector
          ?? links.first { $0.reference == name && $0.connector != nil }?.connector)
      let movers = moves.compactMap { move -> (Consumer, Reference)? in
        guard let consumer = move.pair.after, let old = formerReference(of: move.pair, like: new),
          !isKnownSuccession(from: old.name, to: new)
        else { return nil }
        return (consumer, old)
      }
      return succession(of: movers, to: new, in: instance) { old in
        switch order(old, new, movers: movers.map(\.0)) {
        case .cleanUp, .unknown: nil
        case .replaced: .replaced
        case .recreated: .recreated
        }
      }
    }
  }

  /// True where an earlier commit has completed it: consumers moved then, or the one was added when
  /// the other was removed, and looks the same.
  private func isKnownSuccession(from old: LogicalName, to new: ReferenceTraits) -> Bool {
    if past.moves.contains(where: { $0.move.from == old && $0.move.to == new.name }) { return true }
    let hasMover = matcher.declaredBefore.consumers(naming: new.name).contains { consumer, _ in
      past.formerLinks[consumer.id]?.contains { $0.link.reference == old } ?? false
    }
    if hasMover { return true }
    // The one that moved may have been deleted since.
    let hadMover = past.gains.contains { id, gains in
      gains.contains { $0.reference == new.name }
        && past.formerLinks[id]?.contains { $0.link.reference == old } ?? false
    }
    if hadMover { return true }
    guard let removed = past.removed[old], removed.commit == past.introductions[new.name]?.commit
    else { return false }
    let traits = ReferenceTraits(removed.reference, connector: removed.reference.connector)
    return ReferenceLikeness(traits, new).isSameTitle
  }

  private func succession(
    of movers: [(consumer: Consumer, old: Reference)], to new: ReferenceTraits,
    in instance: Instance, kind: (ReferenceTraits) -> Succession.Kind?
  ) -> Succession? {
    var kinds: [LogicalName: (traits: ReferenceTraits, kind: Succession.Kind)] = [:]
    for (_, former) in movers where kinds[former.name] == nil {
      let old = ReferenceTraits(former, connector: former.connector)
      if let kind = kind(old) { kinds[former.name] = (old, kind) }
    }
    let olds = kinds.values.sorted { $0.traits.name < $1.traits.name }
    guard let first = olds.first else { return nil }
    let isRecreated = olds.contains { $0.kind == .recreated }
    return Succession(
      kind: isRecreated ? .recreated : .replaced,
      confidence: isRecreated ? .strong : .medium, instance: instance,
      predecessors: olds.map(\.traits.reference), successors: [new.reference],
      evidence: evidence(olds.map { ReferenceLikeness($0.traits, new) }),
      moved: movers.filter { kinds[$0.old.name] != nil }.map(\.consumer)
        .affected(naming: new.name, .moved),
      isUnused: false, isReturn: false,
      commits: EarlierCommits(
        declared: past.introductions[new.name]?.commit,
        removed: past.removed[first.traits.name]?.commit),
      isBeforeLookBack: past.removed[first.traits.name] == nil)
  }

  /// The reference that a consumer of `new` last used of its connector, where an earlier commit
  /// removed that: one that it used until now without finding it, else the newest that it lost. Any earlier
  /// one had another successor.
  private func formerReference(of pair: ConsumerPair, like new: ReferenceTraits) -> Reference? {
    formerName(of: pair, like: new).flatMap { past.removed[$0]?.reference }
  }

  /// What a consumer of `new` used until now in its place, where nothing declared that and the look back
  /// ended before the commit that may have removed it. Its name and the connector are all that is known.
  private func undeclared(_ pair: ConsumerPair, like new: ReferenceTraits) -> Reference? {
    guard past.cutShort != nil, let before = pair.before, let instance = pair.instanceBefore,
      let connector = new.connector
    else { return nil }
    for move in pair.moves where move.to == new.name && move.isDirect {
      guard past.removed[move.from] == nil, !matcher.declaredAfter.declares(move.from),
        matcher.declaredBefore.resolve(move.from, from: instance) == .nothing,
        !move.from.isAnotherAgents(than: new.name),
        let link = before.links.first(where: { $0.reference == move.from }),
        !link.connector.isOther(than: connector)
      else { continue }
      return Reference(
        name: move.from, displayName: nil, connector: connector, isStub: false,
        place: Place(path: before.path, line: link.line))
    }
    return nil
  }

  private func formerName(of pair: ConsumerPair, like new: ReferenceTraits) -> LogicalName? {
    guard let consumer = pair.after else { return nil }
    // It moved from a reference that is still declared: what it used long ago does not count.
    if pair.moves.contains(where: {
      $0.to == new.name && matcher.declaredBefore.declaresNow($0.from)
    }) {
      return nil
    }
    func isRemoved(_ name: LogicalName) -> Bool {
      past.removed[name] != nil && !matcher.declaredBefore.declaresNow(name)
        && !matcher.declaredAfter.declaresNow(name)
    }
    func isSame(_ connector: Connector?, _ name: LogicalName) -> Bool {
      (connector ?? past.removed[name]?.reference.connector).isSame(as: new.connector)
        && !name.isAnotherAgents(than: new.name)
    }
    let kept = Set(consumer.links.compactMap(\.reference))
    let dangling = pair.before?.links.lazy.compactMap { link -> LogicalName? in
      guard let name = link.reference, !kept.contains(name), isRemoved(name),
        isSame(link.connector, name)
      else { return nil }
      return name
    }.first
    if let dangling { return dangling }
    let former = past.formerLinks[consumer.id]?.map(\.link)
      .first { isSame($0.connector, $0.reference) }
    return former.flatMap { isRemoved($0.reference) ? $0.reference : nil }
  }
}

extension Movers {
  fileprivate func connector(of name: LogicalName) -> Connector? {
    consumers.lazy.flatMap(\.links).first { $0.reference == name && $0.connector != nil }?.connector
  }
}
