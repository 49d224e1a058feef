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

  /// Consumers that named `gone` before and name `heir` instead now, in whichever solution, and
  /// whether one of them moved directly.
  func moved(
    from gone: LogicalName, to heir: LogicalName
  ) -> (consumers: [ConsumerPair], isDirect: Bool) {
    var isDirect = false
    let moved = consumers.filter { pair in
      let moves = pair.moves.filter { $0.from == gone && $0.to == heir }
      if moves.contains(where: \.isDirect) { isDirect = true }
      return !moves.isEmpty
    }
    return (moved, isDirect)
  }

  func survivors(naming gone: LogicalName) -> [ConsumerPair] {
    consumers.filter { $0.after != nil && ($0.before?.names(gone) ?? false) }
  }

  /// The consumers of a group as a finding lists them, each once, ordered by path.
  func moved(in group: SuccessionGroup) -> [AffectedConsumer] {
    var seen: Set<String> = []
    return group.edges.flatMap { edge in
      edge.moved.compactMap { pair -> AffectedConsumer? in
        guard let after = pair.after, seen.insert(after.id).inserted else { return nil }
        return AffectedConsumer(after, naming: edge.come.name, state: .moved)
      }
    }.sorted { $0.place < $1.place }
  }
}
