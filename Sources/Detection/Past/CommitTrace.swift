package import Solution

/// The changes of one commit to references and links that later commits may need to know.
package struct CommitTrace: Sendable {
  /// A consumer that the commit put on another reference.
  package struct Move: Sendable {
    package let consumer: String
    package let from: LogicalName
    package let to: LogicalName
    /// False where the commit also removed the old one, and was reported itself. A consumer may use what
    /// another solution declares, as a code app always does.
    package var isStaged = true

    package init(consumer: String, from: LogicalName, to: LogicalName) {
      self.consumer = consumer
      self.from = from
      self.to = to
    }
  }

  /// A reference that a consumer uses no longer.
  package struct LostLink: Sendable {
    package let reference: LogicalName
    /// As the link said; nil where it did not.
    package let connector: Connector?

    package init(reference: LogicalName, connector: Connector?) {
      self.reference = reference
      self.connector = connector
    }
  }

  private(set) var introductions: [LogicalName] = []
  /// Those of them that were added with a solution that is new as a whole.
  private(set) var introducedWithSolution: Set<LogicalName> = []
  private(set) var removals: [Reference] = []
  /// References that the commit spelled otherwise or put on another connector, as they were before it.
  private(set) var alterations: [Past.FormerState] = []
  private(set) var moves: [Move] = []
  private(set) var lostLinks: [(consumer: String, link: LostLink)] = []
  /// The references that consumers use since the commit, new consumers included.
  private(set) var gains: [(consumer: String, reference: LogicalName)] = []
  /// The last releases of solutions that the commit removed as a whole, or the declarations of.
  private(set) var removedSolutions: [Instance] = []
  /// Every name whose declaration changed, whose custom connector was added or removed, or that a link
  /// gained or lost.
  package private(set) var touched: Set<LogicalName> = []
  /// The ids of all consumers whose links name something else now, have another alias or take the connection
  /// from elsewhere, and of those that run other child flows.
  package private(set) var touchedConsumers: Set<String> = []
  /// The names that solutions declared and used before the commit and do not after it.
  package private(set) var former = FormerNames()

  package var isEmpty: Bool { touched.isEmpty && touchedConsumers.isEmpty }

  /// Nil where the snapshots were read in part, and a release is compared with one at another place,
  /// which may be missing in them.
  package init?(before: Snapshot, after: Snapshot, areWhole: Bool) {
    let instances = InstancePairing(from: before, to: after).pairs
    guard
      areWhole || !instances.contains(where: { $0.isAcrossPlaces || $0.losesDeclarations })
    else { return nil }
    self.init(
      instances: instances, consumers: ConsumerPair.pairs(in: instances),
      declaredBefore: Declarations(before, besides: after),
      declaredAfter: Declarations(after, besides: before),
      before: before, after: after)
  }

  package init(_ comparison: Comparison) {
    self.init(
      instances: comparison.instances, consumers: comparison.consumers,
      declaredBefore: comparison.declaredBefore, declaredAfter: comparison.declaredAfter,
      before: comparison.before, after: comparison.after)
  }

  private init(
    instances: [InstancePair], consumers: [ConsumerPair], declaredBefore: Declarations,
    declaredAfter: Declarations, before: Snapshot, after: Snapshot
  ) {
    // A clone beside the solution repeats its content, perhaps an old state of it; and so does a build.
    let copies = Copies(in: before, after)
    let folders = after.foldersOfBuilds
    func isLeftOut(_ instance: Instance?) -> Bool {
      guard let instance else { return false }
      return instance.form == .clone && copies.contains(instance) || instance.isBuild(of: folders)
    }
    let lines =
      instances.contains { $0.after == nil || $0.becomesPatch }
      ? Set(after.instances.map(SolutionLine.init)) : []
    for pair in instances {
      if !pair.keepsReferences {
        let left = Set(pair.before?.references ?? [])
        let right = Set(pair.after?.references ?? [])
        touched.formUnion(left.symmetricDifference(right).map(\.name))
      }
      let altered = pair.altered.map(\.was)
      touched.formUnion(altered.map(\.name))
      if isLeftOut(pair.after ?? pair.before) { continue }
      if let before = pair.before {
        alterations += altered.map { Past.FormerState($0, in: before) }
        for reference in pair.removed { former.add(reference.name, declaredBy: before) }
      }
      for reference in pair.added where !declaredBefore.declares(reference.name) {
        introductions.append(reference.name)
        if pair.before == nil { introducedWithSolution.insert(reference.name) }
      }
      if let removed = pair.before, pair.after == nil || pair.becomesPatch,
        !lines.contains(SolutionLine(removed))
      {
        removedSolutions.append(removed)
      } else if let before = pair.before, pair.losesDeclarations {
        removedSolutions.append(before)
      }
    }
    touched.formUnion(Self.namesOfChangedConnectors(from: before, to: after))
    let changes = ReferenceChanges(instances, before: declaredBefore, after: declaredAfter)
    for change in changes.removed where !change.isDeclaredElsewhere {
      let former = instances[change.pair].before
      if isLeftOut(former) { continue }
      removals.append(declaredBefore.best(of: change.name, for: former) ?? change.reference)
    }
    for pair in consumers {
      if let consumer = pair.after, pair.before?.childFlows != consumer.childFlows {
        touchedConsumers.insert(consumer.id)
      }
      guard let consumer = pair.after ?? pair.before, pair.before?.links != pair.after?.links
      else { continue }
      if !Self.nameTheSame(pair.before?.links ?? [], pair.after?.links ?? []) {
        touchedConsumers.insert(consumer.id)
      }
      let left = Set(pair.before?.links.compactMap(\.reference) ?? [])
      let right = Set(pair.after?.links.compactMap(\.reference) ?? [])
      touched.formUnion(left.symmetricDifference(right))
      if isLeftOut(pair.instanceAfter ?? pair.instanceBefore) { continue }
      if let before = pair.instanceBefore {
        for name in left.subtracting(right) { former.add(name, usedBy: before) }
      }
      for move in pair.moves where move.isDirect {
        let isOwn =
          pair.instanceBefore?.declares(move.from) ?? false
          && pair.instanceBefore?.solutionKey == pair.instanceAfter?.solutionKey
        let stays =
          isOwn
          // Declarations that cannot be read removed nothing.
          ? pair.instanceAfter.map { $0.declarations == .unreadable || $0.declares(move.from) }
            ?? false
          : declaredAfter.declares(move.from)
        var known = Move(consumer: consumer.id, from: move.from, to: move.to)
        known.isStaged = stays
        moves.append(known)
      }
      lostLinks += left.subtracting(right).sorted().map { name in
        let connector = pair.before?.links.first { $0.reference == name }?.connector
        return (consumer.id, LostLink(reference: name, connector: connector))
      }
      gains += right.subtracting(left).sorted().map { (consumer.id, $0) }
    }
  }

  /// The references of the custom connectors that only one side declares.
  private static func namesOfChangedConnectors(
    from before: Snapshot, to after: Snapshot
  ) -> [LogicalName] {
    let left = Set(before.instances.lazy.flatMap(\.connectors).map(\.id))
    let right = Set(after.instances.lazy.flatMap(\.connectors).map(\.id))
    let changed = left.symmetricDifference(right)
    guard !changed.isEmpty else { return [] }
    return (before.instances + after.instances).flatMap(\.references).filter { reference in
      reference.connector?.customID.map(changed.contains) ?? false
    }.map(\.name)
  }

  /// Compares links without their lines in the files.
  private static func nameTheSame(_ left: [Link], _ right: [Link]) -> Bool {
    left.elementsEqual(right) {
      $0.alias == $1.alias && $0.reference == $1.reference
        && $0.embeddedConnection == $1.embeddedConnection && $0.isInvoker == $1.isInvoker
    }
  }

  /// The changes that a merge alone made: introductions and removals against every parent. Moves and
  /// lost links are reported by the commits on its sides.
  package init(merging traces: [CommitTrace]) {
    guard let first = traces.first else { return }
    introductions = first.introductions.filter { name in
      traces.allSatisfy { $0.introductions.contains(name) }
    }
    introducedWithSolution = traces.dropFirst().reduce(first.introducedWithSolution) {
      $0.intersection($1.introducedWithSolution)
    }
    removals = first.removals.filter { reference in
      traces.allSatisfy { $0.removals.contains { $0.name == reference.name } }
    }
    removedSolutions = first.removedSolutions.filter { instance in
      traces.allSatisfy { trace in
        trace.removedSolutions.contains { SolutionLine($0) == SolutionLine(instance) }
      }
    }
    // A merge that takes one side's solution and the other's settings leaves rows of that other.
    former = traces.reduce(into: FormerNames()) { $0.formUnion($1.former) }
    touched = traces.reduce(into: []) { $0.formUnion($1.touched) }
    touchedConsumers = traces.reduce(into: []) { $0.formUnion($1.touchedConsumers) }
  }
}
