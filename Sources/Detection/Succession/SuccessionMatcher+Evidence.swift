import Solution

extension SuccessionMatcher {
  /// Equal connectors, each as its declaration says, else as the links say that name it. A reference
  /// whose connector nobody tells is the same as none, nor is another agent's.
  func isSameConnector(
    _ gone: Reference, in before: Instance, _ come: Reference, in after: Instance
  ) -> Bool {
    guard !gone.name.isAnotherAgents(than: come.name),
      let left = connector(of: gone, in: declaredBefore, for: before),
      let right = connector(of: come, in: declaredAfter, for: after)
    else { return false }
    return left.isSame(as: right)
  }

  private func connector(
    of reference: Reference, in declarations: Declarations, for instance: Instance
  ) -> Connector? {
    if let known = reference.connector
      ?? declarations.best(of: reference.name, for: instance)?.connector
    {
      return known
    }
    return declarations.consumers(naming: reference.name).lazy
      .flatMap(\.0.links).first { $0.reference == reference.name && $0.connector != nil }?
      .connector
  }

  struct Movers {
    var consumers: [Consumer]
    /// True where one of them moved directly.
    var isDirect: Bool
    /// The commit of the first that moved before this change.
    var earlierCommit: String?
  }

  /// Consumers that named `gone` and name `heir` instead now, in whichever solution: moved in this
  /// change, or in an earlier one, before the heir was declared.
  func moved(
    from gone: LogicalName, to heir: LogicalName
  ) -> Movers {
    var movers = Movers(consumers: [], isDirect: false)
    for pair in consumers {
      let moves = pair.moves.filter { $0.from == gone && $0.to == heir }
      guard let after = pair.after, !moves.isEmpty else { continue }
      if moves.contains(where: \.isDirect) { movers.isDirect = true }
      movers.consumers.append(after)
    }
    let earlier = past.moves.filter { $0.from == gone && $0.to == heir }
    guard !earlier.isEmpty else { return movers }
    for (consumer, _) in declaredAfter.consumers(naming: heir) where !consumer.names(gone) {
      guard let move = earlier.first(where: { $0.consumer == consumer.id }),
        !movers.consumers.contains(where: { $0.id == consumer.id })
      else { continue }
      movers.consumers.append(consumer)
      movers.isDirect = true
      movers.earlierCommit = movers.earlierCommit ?? move.commit
    }
    return movers
  }

  func survivors(naming gone: LogicalName) -> [ConsumerPair] {
    consumers.filter { $0.after != nil && ($0.before?.names(gone) ?? false) }
  }

  /// The consumers of a group as a finding lists them, each once, ordered by path.
  func moved(in group: SuccessionGroup) -> [AffectedConsumer] {
    var seen: Set<String> = []
    return group.edges.flatMap { edge in
      edge.moved.filter { seen.insert($0.id).inserted }.map {
        AffectedConsumer($0, naming: edge.come.name, state: .moved)
      }
    }.sorted { $0.place < $1.place }
  }
}
