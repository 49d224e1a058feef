import Solution

/// Pairs what went with what came. The evidence and its weight are measured on public histories; see
/// the documentation of `reference-recreated`.
struct SuccessionMatcher {
  let instances: [InstancePair]
  let consumers: [ConsumerPair]
  let declaredBefore: Declarations
  let declaredAfter: Declarations
  let past: Past

  struct Outcome {
    var successions: [Succession] = []
    var departures: [Departure] = []
  }

  func outcome() -> Outcome {
    var outcome = Outcome()
    for pair in instances {
      guard let after = pair.after else { continue }
      var departed: [Reference] = []
      if let before = pair.before, isComparable(before, after) {
        departed = judgeRemovals(from: before, to: after, into: &outcome)
      }
      let come = pair.arrived.filter { !$0.isStub && !declaredBefore.declares($0.name) }
      match(departed: departed, come: come, in: pair, into: &outcome)
    }
    return outcome
  }

  /// A patch holds only what changed, and a missing or unreadable declaration file says nothing.
  private func isComparable(_ before: Instance, _ after: Instance) -> Bool {
    before.declarations == .read && after.declarations == .read
      && before.patchedSolution == nil && after.patchedSolution == nil
  }

  /// The references of `before` that left for good and that no consumer of the instance names any
  /// more. One that a consumer still names is a departure at once, or moved.
  private func judgeRemovals(
    from before: Instance, to after: Instance, into outcome: inout Outcome
  ) -> [Reference] {
    let declared = Set(after.references.map(\.name))
    var departed: [Reference] = []
    for reference in before.references where !declared.contains(reference.name) {
      if after.consumers.contains(where: { $0.names(reference.name) }) {
        guard !declaredAfter.declares(reference.name) else { continue }
        let come = after.references.filter {
          !$0.isStub && !declaredBefore.declares($0.name)
            && isSameConnector(reference, in: before, $0, in: after)
        }
        outcome.departures.append(
          departure(of: reference, from: before, to: after, candidates: come))
      } else {
        departed.append(reference)
      }
    }
    return departed
  }

  private func match(
    departed: [Reference], come: [Reference], in pair: InstancePair, into outcome: inout Outcome
  ) {
    guard let before = pair.before, let after = pair.after else { return }
    var left = departed
    var right = come
    let edges = self.edges(departed: departed, come: come, before: before, after: after)
    for group in SuccessionGroup.groups(of: edges) {
      left.removeAll { reference in group.gone.contains { $0.name == reference.name } }
      right.removeAll { reference in group.come.contains { $0.name == reference.name } }
      outcome.successions.append(succession(of: group, before: before, after: after))
    }
    for reference in left {
      if let succession = laterSuccession(of: reference, before: before, after: after) {
        if let told = succession.told { outcome.successions.append(told) }
        continue
      }
      let candidates = edges.filter { $0.gone.name == reference.name && $0.isSameDisplayName }
        .map(\.come)
      if declaredAfter.declares(reference.name) { continue }
      outcome.departures.append(
        departure(of: reference, from: before, to: after, candidates: candidates))
    }
    outcome.successions += right.compactMap { resurrection(of: $0, in: pair) }
  }

  /// Every pair of equal connector, with what speaks for it.
  private func edges(
    departed: [Reference], come: [Reference], before: Instance, after: Instance
  ) -> [SuccessionEdge] {
    var edges: [SuccessionEdge] = []
    for gone in departed {
      for heir in come where isSameConnector(gone, in: before, heir, in: after) {
        let full = declaredBefore.best(of: gone.name, for: before) ?? gone
        let moved = moved(from: gone.name, to: heir.name)
        edges.append(
          SuccessionEdge(
            gone: full.isStub ? gone : full, come: heir, moved: moved.consumers,
            earlierCommit: moved.earlierCommit, isDirect: moved.isDirect,
            survivors: survivors(naming: gone.name),
            isUnused: declaredBefore.consumers(naming: gone.name).isEmpty))
      }
    }
    return edges
  }

  private func succession(
    of group: SuccessionGroup, before: Instance, after: Instance
  ) -> Succession {
    let moved = moved(in: group)
    let isUsed = group.edges.contains { edge in
      !declaredBefore.consumers(naming: edge.gone.name).isEmpty
        || !declaredAfter.consumers(naming: edge.come.name).isEmpty
    }
    let isReturn = group.come.allSatisfy { past.declared($0.name) }
    let best = group.edges.max { $0.weight < $1.weight }
    var evidence: [Evidence] = [.sameConnector]
    if group.edges.contains(where: \.isSameDisplayName) { evidence.append(.sameDisplayName) }
    if group.edges.contains(where: \.isSameStem) { evidence.append(.sameStem) }
    if group.edges.contains(where: \.isOtherConnection) { evidence.append(.otherConnection) }
    if group.edges.contains(where: \.isOtherPrefix) { evidence.append(.otherPrefix) }
    if !moved.isEmpty { evidence.append(.consumersMoved) }
    if isReturn { evidence.append(.returned) }
    let earlierCommit = group.edges.lazy.compactMap(\.earlierCommit).first
    if earlierCommit != nil { evidence.append(.severalCommits) }
    let isCertain = best?.isSameDisplayName ?? false
    let isStrong = best?.isSameStem ?? false
    return Succession(
      kind: isCertain || isStrong ? .recreated : .replaced,
      confidence: isCertain ? .certain : isStrong ? .strong : .medium,
      instance: after, gone: group.gone, come: group.come, evidence: evidence, moved: moved,
      isUnused: !isUsed, isReturn: isReturn, deletedIn: nil, repointedIn: earlierCommit)
  }

  private func departure(
    of reference: Reference, from before: Instance, to after: Instance, candidates: [Reference]
  ) -> Departure {
    let naming = declaredAfter.consumers(naming: reference.name).compactMap { consumer, instance in
      let resolution = declaredAfter.resolveGone(reference.name, from: instance)
      // A twin's flows are copies of its own, and another solution's manifest speaks for that one.
      let isOfInterest =
        resolution == .nothing ? !instance.isTwin(of: after) : instance.folder == after.folder
      return isOfInterest ? (consumer: consumer, resolution: resolution) : nil
    }
    let wasExternal = before.externals.contains { $0.name == reference.name }
    return Departure(
      reference: declaredBefore.best(of: reference.name, for: before) ?? reference,
      instance: after, naming: naming,
      external: wasExternal
        ? nil : after.externals.first { $0.name == reference.name }?.origin,
      candidates: candidates)
  }
}
