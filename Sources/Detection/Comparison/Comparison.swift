import Platform
package import Solution

/// Two snapshots laid side by side: what corresponds to what is worked out here, once; a rule only
/// judges what it is given.
package struct Comparison: Sendable {
  package private(set) var before: Snapshot
  package private(set) var after: Snapshot
  package private(set) var past: Past
  package let conventions: Conventions
  /// False for a commit of the past: advice about the next import is left out.
  package let isAhead: Bool

  /// Changed instances alone; equal ones are only read where a link needs them.
  package private(set) var instances: [InstancePair]
  /// Where versions do not show which release precedes another one, and it matters.
  package let releaseRemarks: [Problem]
  /// Consumers of the changed instances; where those declare the same as before, changed ones alone.
  package private(set) var consumers: [ConsumerPair]
  private(set) var changes: ReferenceChanges
  let declaredBefore: Declarations
  let declaredAfter: Declarations
  /// Of the side `after`.
  private(set) var bindings: Bindings
  /// The solutions that the settings files of the side `after` belong to.
  package var settingsOwners: SettingsOwners { owners.value }
  private var owners: Lazy<SettingsOwners>
  /// Removed references with their successors.
  private(set) var successions: [Succession]
  /// Removed references without a successor.
  private(set) var removals: [Removal]
  /// Every name that a succession or a removal reports, so that no other rule reports it again.
  private(set) var reportedNames: Set<LogicalName> = []
  /// The predecessors of each successor.
  private var predecessors: [LogicalName: Set<LogicalName>] = [:]
  /// A consumer may have completed what earlier commits began.
  private var mayCompleteMoves = false

  /// Settings files may be missing from both snapshots: see `needsSettings`. Of the side `before` only
  /// the search for changed rows needs them.
  package init(
    before: Snapshot, after: Snapshot, past: Past = .unknown, conventions: Conventions = .standard,
    isAhead: Bool = true
  ) {
    self.before = before
    self.after = after
    self.past = past
    self.conventions = conventions
    self.isAhead = isAhead
    let pairing = InstancePairing(
      from: before, to: after, lastStates: past.removedSolutions)
    let instances = pairing.pairs
    self.instances = instances
    releaseRemarks = pairing.remarks
    consumers = ConsumerPair.pairs(in: instances)
    declaredBefore = Declarations(
      before, besides: after, shippedElsewhere: conventions.shippedElsewhere)
    declaredAfter = Declarations(
      after, besides: before, shippedElsewhere: conventions.shippedElsewhere)
    changes = ReferenceChanges(instances, before: declaredBefore, after: declaredAfter)
    bindings = Bindings(after, declaredAfter)
    owners = Lazy {
      SettingsOwners(
        after.solutions, settings: after.settings, conventions: conventions, former: FormerNames())
    }
    successions = []
    removals = []
    matchSuccessions()
  }

  private mutating func matchSuccessions() {
    if !past.removed.isEmpty, !changes.removed.isEmpty {
      changes = changes.without(removedIn: past, instances, before: before, after: after)
    }
    let outcome = SuccessionMatcher(
      instances: instances, consumers: consumers, changes: changes, before: before, after: after,
      declaredBefore: declaredBefore, declaredAfter: declaredAfter, past: past
    ).outcome()
    successions = outcome.successions
    removals = outcome.removals
    reportedNames = Set(
      successions.flatMap { $0.predecessors.map(\.name) } + removals.map(\.reference.name))
    predecessors = [:]
    for succession in successions {
      for new in succession.successors {
        predecessors[new.name, default: []].formUnion(succession.predecessors.map(\.name))
      }
    }
    mayCompleteMoves = outcome.needsPast
  }

  /// The same comparison in the light of what the ancestors say.
  package func with(past: Past) -> Comparison {
    var copy = self
    copy.past = past
    if !past.removedSolutions.isEmpty, instances.contains(where: \.lacksFormerState) {
      copy.instances =
        InstancePairing(
          from: before, to: after, lastStates: past.removedSolutions
        ).pairs
      copy.consumers = ConsumerPair.pairs(in: copy.instances)
      copy.changes = ReferenceChanges(
        copy.instances, before: declaredBefore, after: declaredAfter)
    }
    copy.matchSuccessions()
    return copy
  }

  /// The same comparison with the settings files of the side `after`, and of the side `before` where
  /// rules are to see what changed in them.
  package func with(
    settings: [SettingsFile], before settingsBefore: [SettingsFile] = []
  ) -> Comparison {
    var copy = self
    copy.before.settings = settingsBefore
    copy.after.settings = settings
    copy.bindings = Bindings(copy.after, declaredAfter)
    copy.owners = copy.ownersInTheLightOfBefore
    return copy
  }

  /// The same comparison, once it is known which earlier revisions declared and used what settings
  /// files bind.
  package func with(former: FormerNames) -> Comparison {
    var copy = self
    copy.past.former.formUnion(former)
    copy.owners = copy.ownersInTheLightOfBefore
    return copy
  }

  private var ownersInTheLightOfBefore: Lazy<SettingsOwners> {
    Lazy { [self] in
      SettingsOwners(
        after.solutions, settings: after.settings, conventions: conventions, former: formerNames)
    }
  }

  /// True when a reference was removed, added, moved to another solution, put on another connector, spelled
  /// otherwise or may be used for the first time, so that settings rows may have to follow. Without it no rule
  /// looks at settings, and they need not be read.
  package var needsSettings: Bool {
    changesReferences || changesBindings || !firstUses.isEmpty || movesReferences
  }

  /// True when a solution declares other names than before. A build follows its folder.
  private var movesReferences: Bool {
    let changed = instances.filter(\.changesNames).compactMap { $0.after ?? $0.before }
    guard !changed.isEmpty else { return false }
    let folders = after.foldersOfBuilds
    return changed.contains { !$0.isBuild(of: folders) }
  }

  /// References that consumers began to use, and that nothing that was read used before. A build follows its
  /// folder.
  package var firstUses: Set<LogicalName> {
    let gained = consumers.lazy.filter { $0.instanceAfter?.form != .archive }
      .flatMap { $0.after?.links ?? [] }.compactMap(\.reference)
    return Set(gained).filter {
      declaredBefore.declares($0) && declaredAfter.declares($0)
        && declaredBefore.consumers(naming: $0).isEmpty
    }
  }

  private var changesReferences: Bool { hasLosses || !additions.isEmpty }

  /// True when a reference was put on another connector or spelled otherwise.
  package var changesBindings: Bool { instances.contains { !$0.altered.isEmpty } }

  package var hasSuccessions: Bool { !successions.isEmpty }

  /// True when a reference was removed, with or without a successor.
  package var hasLosses: Bool {
    !successions.isEmpty || !removals.isEmpty
      || changes.removed.contains { !$0.isDeclaredElsewhere }
  }

  /// True when a changed solution declares other names than before, a custom connector was removed, or
  /// a consumer of a changed solution names what is not found. Only then do rules ask for consumers
  /// that did not change.
  package var needsEveryConsumer: Bool {
    if instances.contains(where: { $0.changesNames || $0.isAcrossPlaces }) { return true }
    if !ExportComparison(before: before, after: after).changes.isEmpty { return true }
    if consumers.contains(where: \.changesCalling) { return true }
    if !lostConnectors.isEmpty || mayLoseLastConsumer { return true }
    return instances.compactMap(\.after).contains { instance in
      instance.consumers.contains { consumer in
        consumer.links.contains { link in
          guard let reference = link.reference else { return false }
          let end = declaredAfter.resolve(reference, from: instance)
          // A zip that did not change may declare it, and only a full reading reads that.
          return end == .nothing || end == .unknown && instance.declarations == .absent
        }
      }
    }
  }

  /// True where a consumer stopped using a reference that is still declared, and none that was read uses it.
  private var mayLoseLastConsumer: Bool {
    let kept = Set(consumers.flatMap { ($0.after?.links ?? []).compactMap(\.reference) })
    let left = Set(consumers.flatMap { ($0.before?.links ?? []).compactMap(\.reference) })
    return left.subtracting(kept).contains { declaredAfter.declares($0) }
  }

  /// The ids of custom connectors that a solution declared before, and none does after, older releases
  /// beside a newer one apart.
  var lostConnectors: Set<String> {
    func declared(_ snapshot: Snapshot) -> Set<String> {
      Set(snapshot.withoutOlderReleases.instances.lazy.flatMap(\.connectors).map(\.id))
    }
    return declared(before).subtracting(declared(after))
  }

  /// True when a consumer names what it did not name before, so that more may share it.
  package var changesSharing: Bool {
    consumers.contains { pair in
      pair.after?.links.contains { link in
        link.reference.map { pair.before?.names($0) != true } ?? false
      } ?? false
    }
  }

  /// True when what manifests expect from elsewhere can change a finding: a name or a connector may be
  /// one that no solution of the revision declares.
  ///
  /// - Parameter includesNotes: whether notes count as findings. An unchanged link to what its manifest
  ///   alone knew, and does not any more, is one.
  package func needsManifests(includesNotes: Bool) -> Bool {
    instances.contains { pair in
      pair.changesNames || pair.isAcrossPlaces || pair.before?.connectors != pair.after?.connectors
        || includesNotes
          && (pair.before?.undeclaredNames.contains { !declaredBefore.declares($0) } ?? false
            || pair.after?.undeclaredNames.contains { !declaredAfter.declares($0) } ?? false)
    }
      || consumers.contains { pair in
        pair.before?.links != pair.after?.links
          && (pair.before.map { usesUndeclared($0, declaredBefore) } ?? false
            || pair.after.map { usesUndeclared($0, declaredAfter) } ?? false)
      }
  }

  private func usesUndeclared(_ consumer: Consumer, _ declarations: Declarations) -> Bool {
    consumer.links.contains { $0.reference.map { !declarations.declares($0) } ?? false }
  }

  /// True when what the ancestors say can change a finding.
  package var needsPast: Bool { changesReferences || changesBindings || mayCompleteMoves }

  /// References declared after and nowhere before, with the instance that declares each. A stub, a
  /// move and a return are no additions.
  var additions: [(reference: Reference, pair: InstancePair)] {
    instances.flatMap { pair in
      pair.added.filter {
        !$0.isStub && !declaredBefore.declares($0.name) && !past.declared($0.name)
      }.map { ($0, pair) }
    }
  }

  /// Says that the look back ended before it was known whether an added reference took the place of one that
  /// was removed earlier; nil where it is known, or nothing began to use one that was added.
  package var lookBackEnd: String? {
    let explained = Set(successions.flatMap { $0.successors.map(\.name) })
    let open = Set(additions.map(\.reference.name)).subtracting(explained)
    guard
      let name = consumers.lazy.flatMap({ $0.after?.links ?? [] }).compactMap(\.reference)
        .filter(open.contains).min()
    else { return nil }
    return past.cutShort(
      hiding: "whether \(name.spelling) took the place of a reference that was removed before those"
    )
  }

  /// Folders of solutions whose declarations could not be read, and in which a changed consumer
  /// uses what was not found elsewhere: the answer may be hidden there.
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

  /// The names in settings files that the side before and its ancestors declared or used.
  var formerNames: FormerNames {
    let names = Set((before.settings + after.settings).flatMap { $0.rows.map(\.reference) })
    return past.former.union(FormerNames(of: names, in: before)).union(lostRows)
  }

  /// The names that a settings file bound before and does not bind after, unless another file binds them
  /// instead.
  private var lostRows: FormerNames {
    let (former, present) = (settingsBeforeAsNamedAfter.boundNames, after.settings.boundNames)
    let arrived = present.reduce(into: Set<LogicalName>()) { arrived, file in
      arrived.formUnion(file.value.subtracting(former[file.key] ?? []))
    }
    var lost = FormerNames()
    for (path, names) in former {
      guard let left = present[path] else { continue }
      let unbound = names.subtracting(left).subtracting(arrived)
      if !unbound.isEmpty { lost.add(unbound, boundBy: path) }
    }
    return lost
  }

  /// The solution that declares `name` after: `instance`, or else another one.
  func solution(declaring name: LogicalName, besides instance: Instance) -> Instance {
    guard !instance.declares(name) else { return instance }
    let others = declaredAfter.entries(of: name).filter { !$0.reference.isStub }.map(\.instance)
    return others.first { $0.form != .clone && $0.form != .archive } ?? others.first ?? instance
  }

  /// The successors for which this settings file needs a row: those that the solutions that the file belongs
  /// to declare, or use and have no other file for. All of them where it belongs to no solution. None where
  /// the configuration gives it to solutions that need none of them, or where it belongs to another solution
  /// and those that need them have files of their own.
  package func names(_ names: [LogicalName], boundIn path: String) -> [LogicalName] {
    func holders(of name: LogicalName) -> [Instance] {
      declaredAfter.entries(of: name).map(\.instance)
        + declaredAfter.consumers(naming: name).map(\.1)
    }
    let names = names.filter { !isBoundElsewhere($0, than: path) }
    let own = settingsOwners.names(boundIn: path, of: names, hadBy: holders)
    guard own.isEmpty, !settingsOwners.isGiven(path) else { return own }
    let isAnothers =
      settingsOwners.belongsToOne(path)
      && names.allSatisfy { holders(of: $0).contains(where: settingsOwners.hasFile) }
    return isAnothers ? [] : names
  }

  /// True where the solutions that declare `name` have files of their own, and the one at `path` is none of
  /// them.
  private func isBoundElsewhere(_ name: LogicalName, than path: String) -> Bool {
    let solutions = declaredAfter.entries(of: name).filter { !$0.reference.isStub }.map(\.instance)
    return !solutions.isEmpty
      && solutions.allSatisfy { instance in
        settingsOwners.hasFile(instance)
          && (settingsOwners.claim(of: instance, on: path) ?? .nearest) < .declared
      }
  }

  /// Rows that settings files of the addition's solution lack.
  func missingRows(for reference: Reference, in instance: Instance) -> [AffectedRow] {
    settingsOwners.missingRows(
      for: reference.name, of: instance,
      predecessors: bindings.stale(
        predecessors[reference.name] ?? [], succeededBy: reference.name, in: instance.uniqueName))
  }

  /// Names that took the place of others and are not declared, since no list has a line for them.
  var unlistedSuccessors: Set<LogicalName> {
    Set(
      successions.flatMap { succession in
        succession.successors.map(\.name).filter {
          UnlistedMember($0, of: succession.instance) != nil
        }
      })
  }

  /// Consumers of the side `after` that name `reference` and find it nowhere, or where `end` says.
  func stranded(
    naming reference: LogicalName, end: Resolution = .nothing
  ) -> [AffectedConsumer] {
    declaredAfter.consumers(naming: reference).compactMap { consumer, instance in
      guard !instance.hasMovedCopy(of: consumer, from: reference),
        declaredAfter.resolveGone(reference, from: instance) == end
      else { return nil }
      return AffectedConsumer(consumer, naming: reference, state: .leftBehind)
    }.uniqued()  // Solutions that share a root share its consumers.
  }

  /// Says which other places of the solution still declare what it lost, a line for each.
  func remarksOnCopies(of instance: Instance, declaring names: [LogicalName]) -> [String] {
    names.flatMap { name in
      declaredAfter.copies(of: instance, declaring: name).map { copy in
        let place = copy.folder.isEmpty ? "the root" : "'\(copy.folder)'"
        guard copy.form == .archive else {
          return "\(place) still declares \(name.spelling): not exported again yet?"
        }
        let isNewer = copy.version.flatMap { other in instance.version.map { other > $0 } } ?? false
        let age = isNewer ? "a newer" : copy.version == instance.version ? "another" : "an older"
        return "\(place), \(age) release, still declares \(name.spelling)"
      }
    }
  }
}

extension Comparison {
  /// The same findings. One whose side `before` is the last state of a solution that an earlier commit
  /// removed says which commit that was.
  func dating(_ findings: [Finding]) -> [Finding] {
    let removed = instances.filter { $0.removedIn != nil }
    guard !removed.isEmpty, !findings.isEmpty else { return findings }
    let commits = Dictionary(
      firstOf: removed.flatMap { pair in
        (pair.before?.references ?? []).map { ($0.place, pair.removedIn) }
      })
    return findings.map { finding in
      var finding = finding
      finding.before = finding.before.map { declaration in
        guard let place = declaration.place, let commit = commits[place],
          !before.instances.contains(where: { $0.declares(declaration.name) })
        else { return declaration }
        var declaration = declaration
        declaration.removedIn = commit
        return declaration
      }
      return finding
    }
  }
}

extension AffectedConsumer {
  /// Points at the link that names `reference`, else at the consumer's first line.
  init(_ consumer: Consumer, naming reference: LogicalName?, state: State) {
    let link =
      reference.map { consumer.links(to: $0).first }
      ?? consumer.links.first { $0.reference == nil }
    self.init(consumer, naming: link?.reference, line: link?.line ?? 1, state: state)
  }

  init(_ consumer: Consumer, naming reference: LogicalName?, line: Int, state: State) {
    self.init(
      kind: consumer.kind, id: consumer.id, name: consumer.name,
      place: Place(path: consumer.path, line: line), reference: reference, state: state)
  }
}

extension [Consumer] {
  /// As a finding lists them: in the order of their places.
  func affected(naming reference: LogicalName, _ state: AffectedConsumer.State)
    -> [AffectedConsumer]
  {
    map { AffectedConsumer($0, naming: reference, state: state) }.sorted { $0.place < $1.place }
  }
}
