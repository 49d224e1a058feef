package import Solution

/// Two snapshots laid side by side: what corresponds to what is worked out here, once; a rule only
/// judges what it is given.
package struct Comparison: Sendable {
  package let before: Snapshot
  package let after: Snapshot
  package let past: Past

  /// Changed instances alone; the equal ones are only asked when a link needs them.
  package let instances: [InstancePair]
  /// Consumers of the changed instances.
  package let consumers: [ConsumerPair]
  let declaredBefore: Declarations
  let declaredAfter: Declarations
  /// Of the side `after`.
  let bindings: Bindings
  /// What went with what came for it.
  let successions: [Succession]
  /// What went, and nothing came for it.
  let departures: [Departure]

  /// Settings files may be missing from both snapshots: see `needsSettings`. No rule asks for those of
  /// the side `before`.
  package init(before: Snapshot, after: Snapshot, past: Past = .unknown) {
    self.before = before
    self.after = after
    self.past = past
    instances = InstancePair.changed(from: before, to: after)
    consumers = ConsumerPair.pairs(in: instances)
    declaredBefore = Declarations(before, besides: after)
    declaredAfter = Declarations(after, besides: before)
    bindings = Bindings(after, declaredAfter)
    let matcher = SuccessionMatcher(
      instances: instances, consumers: consumers, declaredBefore: declaredBefore,
      declaredAfter: declaredAfter, past: past)
    let outcome = matcher.outcome()
    successions = outcome.successions
    departures = outcome.departures
  }

  private init(_ other: Comparison, settings: [SettingsFile]) {
    before = other.before
    after = Snapshot(
      instances: other.after.instances, settings: settings, exports: other.after.exports)
    past = other.past
    instances = other.instances
    consumers = other.consumers
    declaredBefore = other.declaredBefore
    declaredAfter = other.declaredAfter
    bindings = Bindings(after, declaredAfter)
    successions = other.successions
    departures = other.departures
  }

  /// The same comparison in the light of what the ancestors say.
  package func with(past: Past) -> Comparison { Comparison(self, past: past) }

  private init(_ other: Comparison, past: Past) {
    before = other.before
    after = other.after
    self.past = past
    instances = other.instances
    consumers = other.consumers
    declaredBefore = other.declaredBefore
    declaredAfter = other.declaredAfter
    bindings = other.bindings
    let outcome = SuccessionMatcher(
      instances: instances, consumers: consumers, declaredBefore: declaredBefore,
      declaredAfter: declaredAfter, past: past
    ).outcome()
    successions = outcome.successions
    departures = outcome.departures
  }

  /// The same comparison with the settings files of the side `after`.
  package func with(settings: [SettingsFile]) -> Comparison {
    Comparison(self, settings: settings)
  }

  /// True when a reference went or came, so that settings rows may have to follow. Without it no
  /// rule looks at settings, and nobody need read them.
  package var needsSettings: Bool { hasLosses || !arrivals.isEmpty }

  /// True when a reference went, with or without an heir.
  package var hasLosses: Bool { !successions.isEmpty || !departures.isEmpty }

  /// True when a changed solution declares other names than before, or a changed consumer names what
  /// is not found. Only then do rules ask for consumers that did not change.
  package var needsEveryConsumer: Bool {
    if instances.contains(where: \.changesNames) { return true }
    if !ExportComparison(self).findings.isEmpty { return true }
    return consumers.contains { pair in
      guard let after = pair.after, let instance = pair.instanceAfter else { return false }
      return after.links.contains { link in
        link.reference.map { declaredAfter.resolve($0, from: instance) == .nothing } ?? false
      }
    }
  }

  /// True when what the ancestors say can change a finding.
  package var needsPast: Bool { needsSettings }

  /// References declared after and nowhere before, with the instance that declares each. A stub, a
  /// move and a return are no arrivals.
  var arrivals: [(reference: Reference, pair: InstancePair)] {
    instances.flatMap { pair in
      pair.arrived.filter {
        !$0.isStub && !declaredBefore.declares($0.name) && !past.declared($0.name)
      }.map { ($0, pair) }
    }
  }

  /// Folders of solutions whose declarations could not be read, and in which a changed consumer names
  /// what was not found elsewhere: the answer may be hidden there.
  package var undecidedFolders: Set<String> {
    var folders: Set<String> = []
    for pair in consumers {
      guard let after = pair.after, let instance = pair.instanceAfter,
        instance.declarations == .unreadable, pair.before?.links != after.links
      else { continue }
      let isOpen = after.links.compactMap(\.reference).contains {
        !declaredAfter.resolve($0, from: instance).isResolved
      }
      if isOpen { folders.insert(instance.folder) }
    }
    return folders
  }

  /// Settings files that bind other references of the arrival's solution, and not the arrival.
  func missingRows(for reference: Reference, in instance: Instance) -> [AffectedRow] {
    let before = instances.first { $0.after?.folder == instance.folder }?.before
    return bindings.missingRows(
      for: reference.name, in: instance.folder,
      siblings: Set((instance.references + (before?.references ?? [])).map(\.name)),
      predecessors: successions.filter { $0.come.contains { $0.name == reference.name } }
        .flatMap { $0.gone.map(\.name) })
  }

  /// Every name that a succession or a departure tells of, so that no other rule tells it again.
  var toldNames: Set<LogicalName> {
    Set(successions.flatMap { $0.gone.map(\.name) } + departures.map(\.reference.name))
  }

  /// Consumers of the side `after` that name `reference` and do not find it. Those of a twin are its
  /// own copies.
  func stranded(naming reference: LogicalName, leaving left: Instance) -> [AffectedConsumer] {
    declaredAfter.consumers(naming: reference).compactMap { consumer, instance in
      guard !instance.isTwin(of: left),
        declaredAfter.resolveGone(reference, from: instance) == .nothing
      else { return nil }
      return AffectedConsumer(consumer, naming: reference, state: .leftBehind)
    }
  }

  /// Instances of the same solution in another folder that still declare `reference`.
  func twins(of instance: Instance, declaring reference: LogicalName) -> [Instance] {
    declaredAfter.entries(of: reference).map(\.instance).filter {
      $0.isTwin(of: instance)
    }
  }
}

extension AffectedConsumer {
  /// Points at the link that names `reference`, else at the consumer's first line.
  init(_ consumer: Consumer, naming reference: LogicalName?, state: State) {
    let link = consumer.links.first { $0.reference == reference }
    self.init(
      kind: consumer.kind, id: consumer.id, name: consumer.name,
      place: Place(path: consumer.path, line: link?.line ?? 1), reference: link?.reference,
      state: state)
  }
}
