package import Solution

/// The declarations of a snapshot, and the targets of its links.
struct Declarations: Sendable {
  struct Entry: Sendable {
    let reference: Reference
    let instance: Instance
  }

  private let snapshot: Snapshot
  /// The other side of a comparison.
  private let other: Snapshot
  /// Names that solutions declared in an earlier revision.
  private var declaredEarlier: Set<LogicalName> = []
  private let shippedElsewhere: [WildcardText]
  /// Older releases beside a newer one, which neither side of the comparison touches.
  private let older: Set<ObjectIdentifier>
  /// Of both sides.
  private let copies: Copies
  /// Builds that are their solution on this side, and are not on the other: the form changed.
  private let converted: Set<ObjectIdentifier>

  /// `other`: the other side of a comparison. Copies count only for names that no solution of
  /// either side declares: they must not hide what a solution removed. Where a folder became a build, or a
  /// build a folder, the build is the solution.
  ///
  /// `shippedElsewhere`: names that another repository ships, by the team's configuration.
  init(
    _ snapshot: Snapshot, besides other: Snapshot = .empty,
    shippedElsewhere: [WildcardText] = []
  ) {
    self.snapshot = snapshot
    self.other = other
    self.shippedElsewhere = shippedElsewhere
    older = snapshot.olderReleases(besides: other)
    copies = Copies(in: snapshot, other)
    converted = snapshot.convertedBuilds(besides: other)
  }

  private var instances: [Instance] { snapshot.instances }

  /// The same declarations where solutions declared `names` in an earlier revision: the list of a cloned
  /// agent does not hide that they were removed.
  func afterSolutionsRemoved(_ names: [LogicalName]) -> Declarations {
    var copy = self
    copy.declaredEarlier.formUnion(names)
    return copy
  }

  /// Full and stubbed, in the order of the instances.
  func entries(of name: LogicalName) -> [Entry] {
    var entries: [Entry] = []
    for instance in snapshot.declarers(of: name) where isAsked(instance, for: name) {
      entries += instance.references(named: name).map { Entry(reference: $0, instance: instance) }
    }
    return entries
  }

  /// True for what must not hide that a solution removed a name. The list of a cloned agent is what the agent
  /// uses, and declares nothing where a solution does.
  private func isCopy(_ instance: Instance) -> Bool {
    instance.form == .clone || copies.contains(instance)
  }

  private func isAsked(_ instance: Instance, for name: LogicalName) -> Bool {
    !isCopy(instance) || converted.contains(ObjectIdentifier(instance))
      || !isDeclaredBySolutions(name)
  }

  /// True where a solution of either side declares it, not its builds and clones alone.
  private func isDeclaredBySolutions(_ name: LogicalName) -> Bool {
    declaredEarlier.contains(name)
      || [snapshot, other].contains { $0.declarers(of: name).contains { !isCopy($0) } }
  }

  /// The same, full ones before stubs: the defining solution is first.
  func fullFirst(of name: LogicalName) -> [Entry] {
    let all = entries(of: name)
    guard all.contains(where: \.reference.isStub) else { return all }
    return all.filter { !$0.reference.isStub } + all.filter(\.reference.isStub)
  }

  func declares(_ name: LogicalName) -> Bool {
    snapshot.declarers(of: name).contains { isAsked($0, for: name) }
  }

  /// The current releases that declare `name`.
  func currentDeclarers(of name: LogicalName) -> [Instance] {
    snapshot.declarers(of: name).filter { isAsked($0, for: name) && isCurrent($0) }
  }

  /// False for an older release beside a newer one, where the change does not touch it: it is not deployed any
  /// more, and neither is what its consumers use.
  func isCurrent(_ instance: Instance) -> Bool {
    !older.contains(ObjectIdentifier(instance))
  }

  /// True where some instance is an older release.
  var hasOlderReleases: Bool { !older.isEmpty }

  /// True when the current release of a solution declares `name`.
  func declaresNow(_ name: LogicalName) -> Bool { !currentDeclarers(of: name).isEmpty }

  /// True when it defines `name`: a stub makes it a member alone.
  func definesNow(_ name: LogicalName) -> Bool {
    currentDeclarers(of: name).contains { $0.declaresInFull(name) }
  }

  /// The same, but for the managed or unmanaged counterpart of a `solution` that has
  /// one of `successors` in its place: that is to be exported again.
  func declaresNow(
    _ name: LogicalName, besidesCounterpartsOf successors: [LogicalName], in solution: String
  ) -> Bool {
    func isOwn(_ instance: Instance) -> Bool {
      instance.isCalled(solution)
    }
    let moved = instances.filter { instance in
      isOwn(instance) && isCurrent(instance) && !instance.declares(name)
        && successors.contains { instance.declares($0) }
    }.map { SolutionLine($0) }
    return currentDeclarers(of: name).filter { $0.declaresInFull(name) }.contains {
      moved.isEmpty || !isOwn($0) || moved.contains(SolutionLine($0))
    }
  }

  /// The same of a solution with another unique name than that of `instance`. A stub there says that the
  /// solution is another's to define.
  func declares(_ name: LogicalName, besides instance: Instance) -> Bool {
    !solutions(defining: name, besides: instance).isEmpty
  }

  /// The unique names of these solutions.
  func solutions(defining name: LogicalName, besides instance: Instance) -> [String] {
    let uniqueName = instance.solutionKey
    return snapshot.declarers(of: name).filter {
      $0.declaresInFull(name) && ($0.form != .clone || isAsked($0, for: name))
        && !older.contains(ObjectIdentifier($0)) && $0.solutionKey != uniqueName
    }.map(\.uniqueName)
  }

  /// The declaration that says most: a full one before a stub, `instance`'s own before another's.
  func best(of name: LogicalName, for instance: Instance?) -> Reference? {
    let all = entries(of: name)
    let full = all.filter { !$0.reference.isStub }
    let own = full.first { $0.instance.folder == instance?.folder }
    return (own ?? full.first ?? all.first)?.reference
  }

  /// Where a link leads: to its own instance, to another solution of the revision, to an external
  /// dependency of its own manifest, or nowhere.
  func resolve(_ name: LogicalName, from instance: Instance) -> Resolution {
    // A build is complete in itself, even an old one.
    let isComplete = instance.form == .archive || isAsked(instance, for: name)
    if isComplete, instance.declares(name) { return .own }
    let isOld = !isCurrent(instance)
    // What only an older release declares counts only for links of older releases.
    let entries = entries(of: name).filter {
      isOld || isCurrent($0.instance)
    }
    if entries.contains(where: { $0.instance.folder == instance.folder }) { return .own }
    if entries.contains(where: { !$0.instance.isTwin(of: instance) }) { return .sibling }
    // An older export or a copy of a solution that declares it elsewhere: its links prove nothing.
    if !entries.isEmpty, isOld || isCopy(instance) { return .unknown }
    if let end = resolveExternal(name, from: instance) { return end }
    // Flows without a declaration file may have theirs in another repository; an unreadable file may
    // hold anything.
    if instance.declarations != .read || lacksBase(instance) { return .unknown }
    return .nothing
  }

  /// True for a patch whose base is not here, in the release that it patches: a patch holds only what
  /// changed, so what it uses may be in its base.
  private func lacksBase(_ patch: Instance) -> Bool {
    guard let base = patch.patchedSolution else { return false }
    return !instances.contains {
      $0.isCalled(base) && $0.declarations == .read
        && isBase($0.version, of: patch.version)
    }
  }

  private func isBase(_ version: SolutionVersion?, of patch: SolutionVersion?) -> Bool {
    guard let version, let patch else { return false }
    return version <= patch && version.isOfSameRelease(as: patch)
  }

  /// By the manifest's missing dependencies; nil where they do not list the name. A reference that
  /// should be in a solution of the revision, and is not declared there, is declared nowhere.
  func resolveExternal(_ name: LogicalName, from instance: Instance) -> Resolution? {
    var end: Resolution?
    for external in instance.externals(named: name) {
      switch external.origin {
      case .solution(let solution):
        if isElsewhere(name, solution) { return .external(external.origin) }
        let present = instances.filter {
          $0.isCalled(solution) && $0.patchedSolution == nil
        }
        guard !present.isEmpty else { return .external(external.origin) }
        // A build beside its folder may be old, and an unreadable file may hold anything.
        let isKnown = present.contains { $0.declarations == .read && !copies.contains($0) }
        end = end ?? (isKnown ? .nothing : .external(external.origin))
      case .active:
        if isElsewhere(name, instance.uniqueName) { return .external(.solution("elsewhere")) }
        end = .external(.active)
      }
    }
    return end
  }

  /// True where the team says that another repository ships the name, or all of a solution's.
  func isElsewhere(_ name: LogicalName, _ solution: String) -> Bool {
    shippedElsewhere.contains {
      $0.matchesIgnoringCase(name.spelling) || $0.matchesIgnoringCase(solution)
    }
  }

  /// The same for a name that this revision's change removed: an app's source and an agent without a
  /// list declare nothing, so they had the name from the solution that removed it.
  ///
  /// A stub does not resolve it: it was a member of a solution that another one defined.
  func resolveGone(_ name: LogicalName, from instance: Instance) -> Resolution {
    var end = resolve(name, from: instance)
    if end == .own || end == .sibling, instance.form != .archive, isCurrent(instance),
      !definesNow(name)
    {
      end = resolveExternal(name, from: instance) ?? .nothing
    }
    let declaresNothing: Bool =
      switch instance.form {
      case .codeApp, .canvasApp: true
      case .clone: instance.declarations == .absent
      // Flows alone may be what is left of a solution, and a package has connections.
      case .unpacked, .plain, .archive, .yaml, .flowsOnly, .flowPackage: false
      }
    return end == .unknown && declaresNothing ? .nothing : end
  }

  /// Other places of the solution that declare `name`: copies of its folder, and builds as far as they were
  /// read. None of them brings the name to an environment where the solution does not.
  func copies(of instance: Instance, declaring name: LogicalName) -> [Instance] {
    instances.filter { $0.isTwin(of: instance) && $0.declares(name) }
  }

  /// The consumers in current releases that use `name`.
  func consumers(naming name: LogicalName) -> [(Consumer, Instance)] {
    instances.flatMap { instance in
      let consumers = instance.consumers(naming: name)
      return consumers.isEmpty || !isCurrent(instance) ? [] : consumers.map { ($0, instance) }
    }
  }
}

extension Snapshot {
  /// The builds of solutions that have no folder here and one in `other`, which lacks the build.
  fileprivate func convertedBuilds(besides other: Snapshot) -> Set<ObjectIdentifier> {
    let builds = instances.filter { $0.form == .archive }
    guard !builds.isEmpty, !other.instances.isEmpty else { return [] }
    func folders(_ snapshot: Snapshot) -> Set<String> {
      Set(snapshot.instances.filter { !$0.mayBeCopy }.map(\.solutionKey))
    }
    let gone = folders(other).subtracting(folders(self))
    return Set(
      builds.filter { build in
        gone.contains(build.solutionKey)
          && !other.instances.contains { $0.folder == build.folder && $0.source === build.source }
      }.map(ObjectIdentifier.init))
  }
}

extension Instance {
  /// True where it defines the reference, and does not only have it as a member.
  package func declaresInFull(_ name: LogicalName) -> Bool {
    references(named: name).contains { !$0.isStub }
  }

  /// The same solution in another folder. An app or an agent may be called like a solution.
  func isTwin(of other: Instance) -> Bool {
    folder != other.folder && form.hasManifest && other.form.hasManifest
      && isSameSolution(as: other)
  }
}

extension Instance {
  /// True where a second file holds the same flow without the reference: an unpack leaves the file of a
  /// flow that was renamed, and what the other file says counts.
  func hasMovedCopy(of consumer: Consumer, from reference: LogicalName) -> Bool {
    consumers(withID: consumer.id).contains {
      $0.path != consumer.path && !$0.names(reference)
    }
  }
}

/// Where a link ends.
enum Resolution: Hashable, Sendable {
  case own
  case sibling
  case external(ExternalReference.Origin)
  case nothing
  /// Unknown from the files at hand.
  case unknown

  var isResolved: Bool {
    switch self {
    case .own, .sibling, .external: true
    case .nothing, .unknown: false
    }
  }
}
