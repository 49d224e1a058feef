import Solution

/// What happened over several commits: only consumers count, look-alikes by name alone do not.
extension SuccessionMatcher {
  /// A reference that goes now, whose consumers moved, now or in an earlier commit, to one that was
  /// declared beside it. Nil when no consumer did; `told` is nil for a clean-up onto a reference that
  /// is older.
  func laterSuccession(
    of reference: Reference, before: Instance, after: Instance
  ) -> (told: Succession?, isCleanUp: Bool)? {
    let heirs = heirs(of: reference.name, in: after)
    guard !heirs.isEmpty else { return nil }
    let full = declaredBefore.best(of: reference.name, for: before) ?? reference
    let told = heirs.filter { heir in
      guard isSameConnector(full, in: before, heir.reference, in: after) else { return false }
      // An order that nobody can tell is taken for a clean-up: a wrong finding is worse.
      guard let order = past.order(of: heir.reference.name, and: reference.name) else {
        return false
      }
      return order != .older
    }
    guard !told.isEmpty else { return (nil, true) }
    let edges = told.map {
      SuccessionEdge(
        gone: full, come: $0.reference, moved: $0.moved, earlierCommit: nil, isDirect: true,
        survivors: [],
        isUnused: false)
    }
    let isYounger = told.contains {
      past.order(of: $0.reference.name, and: reference.name) == .younger
    }
    let isSameDisplayName = edges.contains(where: \.isSameDisplayName)
    var evidence: [Evidence] = [.sameConnector]
    if isSameDisplayName { evidence.append(.sameDisplayName) }
    if edges.contains(where: \.isSameStem) { evidence.append(.sameStem) }
    if edges.contains(where: \.isOtherConnection) { evidence.append(.otherConnection) }
    if edges.contains(where: \.isOtherPrefix) { evidence.append(.otherPrefix) }
    evidence += [.consumersMoved, .severalCommits]
    let moved = told.flatMap { heir in
      heir.consumers.map { AffectedConsumer($0, naming: heir.reference.name, state: .moved) }
    }
    let succession = Succession(
      kind: isYounger && isSameDisplayName ? .recreated : .replaced,
      confidence: isYounger && isSameDisplayName ? .strong : .medium,
      instance: after, gone: [full], come: told.map(\.reference), evidence: evidence,
      moved: moved.sorted { $0.place < $1.place }, isUnused: false, isReturn: false,
      deletedIn: nil, repointedIn: told.compactMap(\.commit).first)
    return (succession, false)
  }

  private struct Heir {
    let reference: Reference
    /// Consumers of the side `after` that moved onto it.
    var consumers: [Consumer]
    /// Those of them that moved in this change.
    var moved: [Consumer]
    /// The commit that moved them; nil when this change did.
    var commit: String?
  }

  /// References that consumers of `gone` name now, declared on both sides.
  private func heirs(of gone: LogicalName, in after: Instance) -> [Heir] {
    var heirs: [LogicalName: Heir] = [:]
    func add(_ name: LogicalName, _ consumer: Consumer, _ pair: ConsumerPair?, _ commit: String?) {
      guard declaredBefore.declares(name),
        let reference = declaredAfter.best(of: name, for: after)
      else { return }
      var heir = heirs[name] ?? Heir(reference: reference, consumers: [], moved: [], commit: commit)
      if !heir.consumers.contains(where: { $0.id == consumer.id }) {
        heir.consumers.append(consumer)
      }
      if let after = pair?.after { heir.moved.append(after) }
      heirs[name] = heir
    }
    for pair in consumers {
      guard let consumer = pair.after else { continue }
      for move in pair.moves where move.from == gone && move.isDirect {
        add(move.to, consumer, pair, nil)
      }
    }
    // A commit that moved consumers and let the old one go at once has told of it: if the old one
    // crept back since, by a merge, its second removal is no news.
    let told = Set(past.moves.filter { $0.from == gone && !$0.isStaged }.map(\.to))
    for move in past.moves where move.from == gone && move.isStaged && !told.contains(move.to) {
      for (consumer, _) in declaredAfter.consumers(naming: move.to)
      where consumer.id == move.consumer && !consumer.names(gone) {
        add(move.to, consumer, nil, move.commit)
      }
    }
    return heirs.values.sorted { $0.reference.name < $1.reference.name }
  }

  /// A reference that comes now for one that an earlier commit let go: a consumer that named the old
  /// one names it.
  func resurrection(of come: Reference, in pair: InstancePair) -> Succession? {
    guard let after = pair.after, !past.declared(come.name) else { return nil }
    var gone: [LogicalName: (reference: Reference, commit: String, consumers: [Consumer])] = [:]
    for consumerPair in consumers {
      guard let consumer = consumerPair.after, consumer.names(come.name),
        !(consumerPair.before?.names(come.name) ?? false)
      else { continue }
      // It came from a reference that is still declared: what it named long ago is no matter.
      if consumerPair.moves.contains(where: {
        $0.to == come.name && declaredBefore.declares($0.from)
      }) {
        continue
      }
      guard let name = lastName(of: consumer, before: consumerPair.before, like: come),
        let departed = past.departed[name], !declaredBefore.declares(name),
        !declaredAfter.declares(name), let connector = departed.reference.connector,
        come.connector?.isSame(as: connector) ?? false
      else { continue }
      let known = gone[name, default: (departed.reference, departed.commit, [])].consumers
      guard !known.contains(where: { $0.id == consumer.id }) else { continue }
      gone[name, default: (departed.reference, departed.commit, [])].consumers.append(consumer)
    }
    guard let best = gone.values.min(by: { $0.reference.name < $1.reference.name }) else {
      return nil
    }
    let edge = SuccessionEdge(
      gone: best.reference, come: come, moved: [], earlierCommit: nil, isDirect: true,
      survivors: [], isUnused: false)
    var evidence: [Evidence] = [.sameConnector]
    if edge.isSameDisplayName { evidence.append(.sameDisplayName) }
    if edge.isSameStem { evidence.append(.sameStem) }
    if edge.isOtherConnection { evidence.append(.otherConnection) }
    evidence += [.consumersMoved, .severalCommits]
    return Succession(
      kind: edge.isSameDisplayName ? .recreated : .replaced,
      confidence: edge.isSameDisplayName ? .strong : .medium,
      instance: after, gone: [best.reference], come: [come], evidence: evidence,
      moved: best.consumers.map { AffectedConsumer($0, naming: come.name, state: .moved) }
        .sorted { $0.place < $1.place },
      isUnused: false, isReturn: false, deletedIn: best.commit, repointedIn: nil)
  }

  /// What a consumer named last where it names `come` now: one that is dangling, else the newest that
  /// it lost. Whatever it named before that had another heir.
  private func lastName(
    of consumer: Consumer, before: Consumer?, like come: Reference
  ) -> LogicalName? {
    func isSame(_ connector: Connector?) -> Bool {
      guard let connector, let own = come.connector else { return false }
      return connector.isSame(as: own)
    }
    let kept = Set(consumer.links.compactMap(\.reference))
    let dangling = before?.links.first {
      isSame($0.connector) && $0.reference.map { !kept.contains($0) } ?? false
    }
    return dangling?.reference
      ?? past.formerLinks[consumer.id]?.first { isSame($0.connector) }?.reference
  }
}
