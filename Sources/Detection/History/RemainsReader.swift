import Platform
package import Solution

/// Determines what is left of a finding in a later snapshot: nothing once it is fixed.
package struct RemainsReader {
  private let snapshot: Snapshot
  private let conventions: Conventions
  private let declarations: Declarations
  let bindings: Bindings
  private let known = KnownFindings()

  /// The findings of state rules about a solution of the snapshot, by id: many findings ask for the same.
  private final class KnownFindings {
    struct Question: Hashable {
      let rule: RuleID
      let solution: String
    }

    var answers: [Question: [String: [Finding]]] = [:]
  }

  /// - Parameter snapshot: with its settings files.
  package init(_ snapshot: Snapshot, conventions: Conventions = .standard) {
    self.snapshot = snapshot
    self.conventions = conventions
    declarations = Declarations(snapshot, shippedElsewhere: conventions.shippedElsewhere)
    bindings = Bindings(snapshot, declarations)
  }

  /// The outcome for a re-created or replaced reference of which no consumer and no row remains.
  func successionOutcome(of finding: Finding) -> Outcome {
    // The name is the old one: what is left to do is to bind it in that environment.
    if finding.evidence.contains(.otherGUID) { return .completed }
    if isBack(finding) { return .reverted }
    return finding.after.contains { declarations.declaresNow($0.name) } ? .completed : .superseded
  }

  /// The same for a removed reference.
  func removalOutcome(of finding: Finding) -> Outcome {
    finding.before.contains { declarations.definesNow($0.name) } ? .reverted : .completed
  }

  /// The same for a name that is written otherwise.
  func recasingOutcome(of finding: Finding) -> Outcome {
    guard let was = finding.before.first?.name.spelling, let now = finding.after.first?.name,
      let current = declarations.best(of: now, for: nil)?.name.spelling
    else { return .reverted }
    return current == was ? .reverted : .completed
  }

  /// The same for a reference whose connector changed, or a custom connector that was re-created.
  func connectorOutcome(of finding: Finding) -> Outcome {
    let names = (finding.before + finding.after).compactMap { $0.connector?.name.lowercased() }
    if finding.before.isEmpty || Set(names).count == 1 {
      // The id is all that a connector of the same name has of its own.
      let id = finding.discriminator
      let isThere = snapshot.instances.contains { instance in
        instance.connectors.contains { $0.id == id }
          || instance.references.contains { $0.connector?.customID == id }
      }
      return isThere ? .completed : .reverted
    }
    guard let was = finding.before.first?.connector, let now = finding.after.first else {
      return .reverted
    }
    let current = declarations.best(of: now.name, for: nil)?.connector
    return current.isOther(than: was) ? .completed : .reverted
  }

  /// The same for a reference whose custom connector was removed: it is back, or the reference was
  /// removed too.
  func customConnectorOutcome(of finding: Finding) -> Outcome {
    let lost = Set(finding.after.compactMap { $0.connector?.customID })
    return snapshot.instances.contains { $0.connectors.contains { lost.contains($0.id) } }
      ? .reverted : .superseded
  }

  /// True when the old name is declared again. A copy of the solution that was not exported again yet
  /// declares it too, beside one that has the new name: that is no return.
  private func isBack(_ finding: Finding) -> Bool {
    let declarations = asked(about: finding)
    let successors = Set(finding.after.map(\.name))
    let hasSuccessor = successors.contains { declarations.declaresNow($0) }
    return finding.before.contains { old in
      guard hasSuccessor else { return declarations.declaresNow(old.name) }
      return declarations.currentDeclarers(of: old.name).contains { instance in
        successors.contains { instance.declares($0) }
      }
    }
  }

  /// True where the files that declared what a finding is about cannot be read, or were removed while the flows
  /// beside them stay: what is left of it is not known.
  package func hides(_ finding: Finding) -> Bool {
    let solution = finding.solution.lowercased()
    let folders = Set(
      (finding.before + finding.after).compactMap { $0.place?.path }
        .compactMap { DeclarationSite($0)?.folder.lowercased() })
    return snapshot.instances.contains { instance in
      guard instance.declarations == .unreadable || instance.form == .flowsOnly else {
        return false
      }
      // Where the whole solution is in another folder by now, these are what a move left.
      return folders.contains(instance.folder.lowercased())
        && !snapshot.instances.contains { other in
          other.declarations == .read && other.solutionKey == solution
            && instance.consumers.allSatisfy { !other.consumers(withID: $0.id).isEmpty }
        }
    }
  }

  /// True where the solution has another form on disk than it had when it declared what a finding removed: no
  /// patch puts that back.
  package func hasAnotherForm(since finding: Finding) -> Bool {
    let solution = finding.solution.lowercased()
    let forms = snapshot.instances.filter {
      !$0.mayBeCopy && $0.solutionKey == solution
    }.map(\.form)
    guard finding.after.isEmpty, !forms.isEmpty,
      let path = finding.before.lazy.compactMap(\.place?.path).first,
      let site = DeclarationSite(path)
    else { return false }
    return !forms.contains(site.form)
  }

  /// Nothing where the old name is back, or every consumer and every row followed.
  func ofSuccession(_ finding: Finding) -> Remains {
    let removed = finding.before.map(\.name)
    let successors = finding.after.map(\.name)
    if finding.evidence.contains(.otherGUID) || isBack(finding) { return Remains() }
    let left = stranded(naming: removed, in: asked(about: finding), orUnshipped: true)
    let emptied = finding.consumers.filter { $0.state != .moved }.flatMap { affected in
      consumers(affected.id).filter { consumer in
        affected.state == .broken && !consumer.isApp
          ? consumer.hasEmptiedEntry
          : !successors.contains(where: consumer.names)
            && finding.before.contains(where: consumer.hasEmptiedEntry)
      }.map { AffectedConsumer($0, naming: nil, state: .broken) }
    }
    let stale = removed.flatMap {
      bindings.staleRows(
        naming: $0, succeededBy: successors, in: finding.solution)
    }
    // A file that was not concerned then owes nothing to the new one.
    let bound = Set(finding.rows.map(\.place.path))
    let files = snapshot.settings.filter { bound.contains($0.path) }
    let missing = finding.after.filter { new in
      // Whose file it is takes long to find out.
      files.contains { file in !file.rows.contains { $0.reference == new.name } }
    }.flatMap { missingRows(for: $0.name, predecessors: removed) }
      .filter { bound.contains($0.place.path) }
    let owed = owedRows(finding).filter { row in
      !missing.contains { $0.place.path == row.place.path && $0.reference == row.reference }
    }
    return Remains(
      consumers: unique(left + emptied + usersOfUnlisted(finding.after)),
      rows: stale + missing + owed)
  }

  /// The places that bind what a finding removed, as rows; settings files have rows of their own. None
  /// where it is declared or expected again.
  ///
  /// - Parameter places: of files that nothing parses, by what they bind.
  package func rows(
    of finding: Finding, boundAt places: [LogicalName: [Place]]
  ) -> [AffectedRow] {
    let settings = Set(snapshot.settings.map(\.path))
    return finding.before.map(\.name).flatMap { name -> [AffectedRow] in
      guard let places = places[name],
        bindings.isRemoved(name, succeededBy: finding.after.map(\.name), in: finding.solution)
      else { return [] }
      return places.filter { !settings.contains($0.path) }.map {
        AffectedRow(place: $0, reference: name, state: .stale)
      }
    }
  }

  /// Consumers of references whose files are there, while no list has a line for them.
  private func usersOfUnlisted(_ references: [Declaration]) -> [AffectedConsumer] {
    references.filter { !declarations.declares($0.name) }.flatMap { reference in
      snapshot.instances.filter { UnlistedMember(reference.name, of: $0) != nil }.flatMap {
        $0.consumers(naming: reference.name)
      }.map { AffectedConsumer($0, naming: reference.name, state: .broken) }
    }
  }

  /// The outcome for missing rows of which none is left: they were added, or there is nothing to bind any more.
  func owingOutcome(of finding: Finding) -> Outcome {
    finding.after.contains { declarations.declaresNow($0.name) } ? .reverted : .superseded
  }

  /// The rows of the finding whose connection is still a person's.
  func personalRows(_ finding: Finding) -> [AffectedRow] {
    finding.rows.filter { row in
      settings(calledLike: row.place.path).contains { file in
        file.rows.contains {
          $0.reference == row.reference
            && $0.owner.map { conventions.owners.kind(of: $0) == .person } ?? false
        }
      }
    }
  }

  /// The rows that the finding names as missing, where their files are there and still lack them. Whose
  /// file it is was known then: what it binds now may not say it any more.
  func owedRows(_ finding: Finding) -> [AffectedRow] {
    finding.rows.filter { row in
      guard row.state == .missing, declarations.declaresNow(row.reference) else { return false }
      let files = settings(calledLike: row.place.path)
      return !files.isEmpty
        && !files.contains { $0.rows.contains { $0.reference == row.reference } }
    }
  }

  /// The settings file at a path; where it is not there any more, those of its name in other folders.
  private func settings(calledLike path: String) -> [SettingsFile] {
    let same = snapshot.settings.filter { $0.path == path }
    guard same.isEmpty else { return same }
    let name = path.split(separator: "/").last
    return snapshot.settings.filter { $0.path.split(separator: "/").last == name }
  }

  /// The findings of the rule about the later state of the finding's solution by itself: a history asks
  /// at each commit that touches it, and others may be many.
  func ofState(_ finding: Finding, by rule: any StateRule.Type) -> Remains {
    let question = KnownFindings.Question(rule: rule.id, solution: finding.solution)
    let findings =
      known.answers[question]
      ?? Dictionary(
        grouping: rule.findings(
          in: State(snapshot, conventions: conventions, judging: finding.solution)), by: \.id)
    known.answers[question] = findings
    return Remains(consumers: unique((findings[finding.id] ?? []).flatMap(\.consumers)))
  }

  /// The same consumers, as long as only the maker's environment has what they use.
  func ofUnshippedLinks(_ finding: Finding) -> Remains {
    Remains(
      consumers: unique(
        stranded(naming: finding.before.map(\.name), in: declarations, orUnshipped: true)
          .filter { left in finding.consumers.contains { $0.id == left.id } }))
  }

  /// Consumers that still use what nothing declares, and rows that still bind it.
  func ofLostLinks(_ finding: Finding, orUnshipped: Bool = false) -> Remains {
    guard !finding.before.isEmpty else {
      return Remains(
        consumers: broken(finding) { consumer in
          let aliases = finding.discriminator.split(separator: " ").dropFirst()
          return consumer.unlistedUses.contains { use in aliases.contains { $0 == use.alias } }
        })
    }
    let names = finding.before.map(\.name)
    let ids = Set(finding.consumers.map(\.id))
    let left = stranded(naming: names, in: declarations, orUnshipped: orUnshipped)
      .filter { ids.isEmpty || ids.contains($0.id) }
    // Taking the name out of the entry fixes nothing as long as an action uses the entry.
    let emptied = finding.consumers.flatMap { affected in
      consumers(affected.id).filter { consumer in
        guard !consumer.isApp else {
          return finding.before.contains { consumer.hasOpenEntry(insteadOf: $0) }
        }
        // An action of an agent has no alias.
        guard consumer.kind != .agent else {
          return !consumer.openEntries.isEmpty && !names.allSatisfy { consumer.names($0) }
        }
        let isUsed = affected.reference == nil ? { _ in true } : consumer.usedAliases.contains
        return !names.allSatisfy { consumer.names($0) }
          && consumer.links.contains { $0.isEmptied && isUsed($0.alias) }
      }.map { AffectedConsumer($0, naming: nil, state: .broken) }
    }
    return Remains(
      consumers: unique(left + emptied),
      rows: names.flatMap { bindings.staleRows(naming: $0) })
  }

  /// What became of lost links of which no consumer is left: without what they named, and without
  /// another reference that is declared, they are part of a later event, or were deleted.
  func lostLinkOutcome(of finding: Finding) -> Outcome {
    guard !finding.before.isEmpty, !finding.consumers.isEmpty,
      !finding.before.contains(where: { declarations.declaresNow($0.name) })
    else { return .reverted }
    let isFixed = finding.consumers.contains { affected in
      snapshot.instances.contains { instance in
        instance.consumers(withID: affected.id).contains { consumer in
          !consumer.links.compactMap(\.reference).contains {
            declarations.resolve($0, from: instance) == .nothing
          }
        }
      }
    }
    return isFixed ? .reverted : .superseded
  }

  /// Consumers that are still written for the connector that was, and rows that bind one of its
  /// connections.
  func ofConnectorChange(_ finding: Finding) -> Remains {
    guard let was = finding.before.first?.connector, let now = finding.after.first,
      let connector = now.connector, !was.isSame(as: connector)
    else { return Remains() }
    let current = declarations.best(of: now.name, for: nil)?.connector
    guard current.isSame(as: connector) else { return Remains() }
    let left = declarations.consumers(naming: now.name).map(\.0).filter { consumer in
      consumer.links.contains { link in
        link.reference == now.name && link.connector.isOther(than: connector)
      }
    }
    return Remains(
      consumers: unique(left.map { AffectedConsumer($0, naming: now.name, state: .broken) }),
      rows: bindings.rows(binding: now.name, for: was))
  }

  /// Consumers and rows that write the name otherwise than its declaration does.
  func ofRecasing(_ finding: Finding) -> Remains {
    guard let name = finding.after.first?.name,
      let spelling = declarations.best(of: name, for: nil)?.name
    else { return Remains() }
    let left = declarations.consumers(naming: name).map(\.0).filter { consumer in
      consumer.links.contains {
        $0.reference?.differsByCaseAlone(from: spelling) ?? false
      }
    }
    return Remains(
      consumers: unique(left.map { AffectedConsumer($0, naming: name, state: .leftBehind) }),
      rows: bindings.recasedRows(of: spelling))
  }

  func broken(
    _ finding: Finding, _ isBroken: (Consumer) -> Bool
  ) -> [AffectedConsumer] {
    unique(
      finding.consumers.flatMap { affected in
        consumers(affected.id).filter(isBroken).map {
          AffectedConsumer($0, naming: nil, state: .broken)
        }
      })
  }

  /// The declarations as the comparison of the finding had them: of what a solution removed, the list of
  /// a cloned agent is no declaration.
  private func asked(about finding: Finding) -> Declarations {
    let isOfSolution = snapshot.instances.contains {
      !$0.mayBeCopy && $0.isCalled(finding.solution)
    }
    return isOfSolution
      ? declarations.afterSolutionsRemoved(finding.before.map(\.name)) : declarations
  }

  private func stranded(
    naming names: [LogicalName], in declarations: Declarations, orUnshipped: Bool = false
  ) -> [AffectedConsumer] {
    names.flatMap { name in
      declarations.consumers(naming: name).compactMap { consumer, instance in
        let end = declarations.resolveGone(name, from: instance)
        guard end == .nothing || (orUnshipped && end == .external(.active)),
          !instance.hasMovedCopy(of: consumer, from: name)
        else { return nil }
        return AffectedConsumer(consumer, naming: name, state: .leftBehind)
      }
    }
  }

  func missingRows(
    for name: LogicalName, predecessors: [LogicalName]
  ) -> [AffectedRow] {
    declarations.entries(of: name).prefix(1).flatMap { entry in
      var former = FormerNames()
      for predecessor in predecessors {
        former.add(predecessor, declaredBy: entry.instance)
        former.add(predecessor, usedBy: entry.instance)
      }
      let owners = SettingsOwners(
        snapshot.solutions, settings: snapshot.settings, conventions: conventions, former: former)
      return owners.missingRows(
        for: name, of: entry.instance,
        predecessors: bindings.stale(
          Set(predecessors), succeededBy: name, in: entry.instance.uniqueName))
    }
  }

  private func consumers(_ id: String) -> [Consumer] {
    snapshot.instances.flatMap { $0.consumers(withID: id) }
  }

  private func unique(_ consumers: [AffectedConsumer]) -> [AffectedConsumer] {
    consumers.uniqued().sorted { $0.place < $1.place }
  }
}

extension Consumer {
  /// True where an entry, or an action of an agent, names nothing.
  fileprivate var hasEmptiedEntry: Bool {
    kind == .agent ? !openEntries.isEmpty : links.contains(where: \.isEmptied)
  }

  /// True where an entry that named the reference names nothing by now, while something uses the entry.
  fileprivate func hasEmptiedEntry(of reference: Declaration) -> Bool {
    guard !isApp else { return hasOpenEntry(insteadOf: reference) }
    guard kind != .agent else { return !openEntries.isEmpty }
    return links.contains { link in
      link.isEmptied && usedAliases.contains(link.alias)
        && !link.connector.isOther(than: reference.connector)
    }
  }

  /// True for an app with a data source of the connector and no reference for any.
  fileprivate func hasOpenEntry(insteadOf reference: Declaration) -> Bool {
    func mayShare(_ link: Link) -> Bool { !link.connector.isOther(than: reference.connector) }
    return openEntries.contains(where: mayShare) && !links.contains(where: mayShare)
  }
}

extension Link {
  /// An entry that names nothing: `"connection": {}`.
  fileprivate var isEmptied: Bool { reference == nil && embeddedConnection == nil }
}

/// The solution that a file with declarations is a part of, as far as its path says it.
private struct DeclarationSite {
  let form: Instance.Form
  /// As in `Instance`; empty for the root.
  let folder: String

  /// Nil for a path that is no file with declarations of a solution.
  init?(_ path: String) {
    let folders = path.split(separator: "/").dropLast()
    switch FileRole.role(ofPath: path) {
    case .customizations:
      let isUnpacked = folders.last?.lowercased() == "other"
      form = isUnpacked ? .unpacked : .plain
      folder = folders.dropLast(isUnpacked ? 1 : 0).joined(separator: "/")
    case .yamlReference:
      guard let end = folders.firstIndex(where: { $0.lowercased() == "connectionreferences" })
      else { return nil }
      form = .yaml
      folder = folders[..<end].joined(separator: "/")
    default: return nil
    }
  }
}
