import Solution

/// Turns a succession into a finding: what `reference-recreated` and `reference-replaced` share.
struct SuccessionReport {
  private let succession: Succession
  private let comparison: Comparison
  private let emptiedConsumers: EmptiedConsumers
  /// Consumers that still use the old name and find it nowhere.
  let leftBehind: [AffectedConsumer]

  init(_ succession: Succession, _ comparison: Comparison, _ emptied: EmptiedConsumers) {
    self.succession = succession
    self.comparison = comparison
    emptiedConsumers = emptied
    leftBehind = Set(succession.predecessors.map(\.name)).flatMap {
      comparison.stranded(naming: $0)
    }.sorted { $0.place < $1.place }
  }

  /// What moved, and what was left behind.
  var words: ConsumerWords { ConsumerWords(succession.moved + leftBehind + emptied) }

  /// Successors that are not declared, since no line is in their solution's list.
  var unlisted: [UnlistedMember] {
    succession.successors.compactMap { UnlistedMember($0.name, of: succession.instance) }
  }

  /// The other solutions that still declare the old names, in order.
  var keepers: [String] {
    Set(
      succession.predecessors.flatMap {
        comparison.declaredAfter.solutions(defining: $0.name, besides: succession.instance)
      }
    ).sorted()
  }

  /// How to declare these.
  var listing: [FixStep] {
    unlisted.map { .text("or keep the new one: " + $0.addition) }
  }

  func finding(
    rule: RuleID, severity: Severity, summary: String, consequence: String, fix: [FixStep]
  ) -> Finding {
    let (rows, stranded) = (rows, leftBehind + emptied)
    // They find it in the maker's environment alone, and `link-unshipped` leaves them to this finding.
    let unshipped = Set(succession.predecessors.map(\.name)).flatMap {
      comparison.stranded(naming: $0, end: .external(.active))
    }
    return Finding(
      rule: rule, severity: severity, confidence: confidence,
      solution: succession.instance.uniqueName, summary: summary,
      before: predecessors, after: succession.successors.map(Declaration.init),
      evidence: succession.evidence,
      consumers: succession.moved + (stranded + unshipped).sorted { $0.place < $1.place },
      rows: rows,
      remarks: remarks, deletedIn: succession.deletedIn, repointedIn: succession.repointedIn,
      consequence: consequence, fix: fix,
      repair: repair(
        rule,
        isFollowed: rows.isEmpty && stranded.isEmpty && unshipped.isEmpty && listings.isEmpty))
  }

  /// A patch changes no archive. A re-creation by accident is best taken back; a renaming is probably
  /// meant, so a half-finished one is finished, and a return is never taken back.
  private func repair(_ rule: RuleID, isFollowed: Bool) -> RepairOffer? {
    guard succession.instance.form != .archive, !losesConnector, !emptiesWithoutPlace else {
      return nil
    }
    // What it was is not known, so that it cannot be put back.
    let isForwardAlone =
      succession.isBeforeLookBack || succession.isReturn || isOfAnotherSolution || isInArchive
    if isForwardAlone { return isFollowed ? nil : .forward }
    if rule == .referenceReplaced, !isFollowed { return leftBehind.isEmpty ? .either : .forward }
    return isInChain ? nil : unlisted.isEmpty ? .back : .either
  }

  /// True where another finding reports the new name: of a chain in one change, neither can be taken
  /// back alone.
  var isInChain: Bool {
    succession.successors.contains { comparison.reportedNames.contains($0.name) }
  }

  /// True where a patch can take the change back.
  var isTakenBack: Bool {
    succession.instance.form != .archive && !losesConnector && !emptiesWithoutPlace
      && !succession.isReturn && !isInChain && !isOfAnotherSolution && !isInArchive
  }

  /// True where an earlier commit removed the old one from another solution: this one never declared it.
  private var isOfAnotherSolution: Bool {
    func holds(_ instance: Instance, _ path: String) -> Bool {
      !instance.folder.isEmpty && path.hasPrefix(instance.folder + "/")
    }
    guard succession.deletedIn != nil else { return false }
    return succession.predecessors.contains { predecessor in
      let path = predecessor.place.path
      return !holds(succession.instance, path)
        && comparison.after.instances.contains { instance in
          !instance.isSameSolution(as: succession.instance)
            && holds(instance, path)
        }
    }
  }

  /// True where the changed zip archive of another solution has the new name, or had the old one: no patch takes
  /// that back.
  private var isInArchive: Bool {
    let solution = succession.instance.uniqueName.lowercased()
    return comparison.instances.contains { pair in
      guard let after = pair.after, after.form == .archive,
        after.uniqueName.lowercased() != solution
      else { return false }
      return succession.successors.contains { after.declares($0.name) }
        || succession.predecessors.contains {
          pair.before?.declares($0.name) == true && !after.declares($0.name)
        }
    }
  }

  /// Where cloned agents still list an old name that no solution declares any more.
  private var listings: [(agent: Instance, reference: Reference)] {
    guard keepers.isEmpty else { return [] }
    return comparison.after.instances.filter { $0.form == .clone }.flatMap { agent in
      succession.predecessors.flatMap { agent.references(named: $0.name) }.map { (agent, $0) }
    }
  }

  /// True where an app's entry or an agent's action lost the name: no patch knows the place for one.
  private var emptiesWithoutPlace: Bool {
    emptied.contains { $0.kind == .app || $0.kind == .codeApp || $0.kind == .agent }
  }

  /// True where the custom connector of an old reference was in a solution before and is in none now.
  private var losesConnector: Bool {
    func holds(_ snapshot: Snapshot, _ id: String) -> Bool {
      snapshot.instances.contains { $0.connectors.contains { $0.id == id } }
    }
    return succession.predecessors.contains { predecessor in
      predecessor.connector?.customID.map {
        holds(comparison.before, $0) && !holds(comparison.after, $0)
      } ?? false
    }
  }

  private var isRemovedEarlier: Bool {
    succession.deletedIn != nil || succession.isBeforeLookBack
  }

  /// A reference that an earlier commit removed has its place before that commit, and what was removed before
  /// the look back began has none.
  private var predecessors: [Declaration] {
    succession.predecessors.map { reference in
      guard isRemovedEarlier else { return Declaration(reference) }
      let removed = succession.isBeforeLookBack ? nil : comparison.past.removed[reference.name]
      var declaration = Declaration(
        name: reference.name, displayName: reference.displayName, connector: reference.connector,
        place: removed == nil ? nil : reference.place)
      declaration.removedIn = removed?.commit
      return declaration
    }
  }

  /// Lower where the ancestors could not be read: the new name may be an earlier one that is back.
  private var confidence: Confidence {
    guard comparison.past.limitation != nil || succession.isBeforeLookBack else {
      return succession.confidence
    }
    return succession.confidence == .certain ? .strong : .medium
  }

  /// Consumers whose entry for the old name is empty now.
  private var emptied: [AffectedConsumer] {
    Set(succession.predecessors.map(\.name)).sorted().flatMap { emptiedConsumers.byName[$0] ?? [] }
  }

  /// Settings rows that still bind the old name, and files that have no row for the new one.
  var rows: [AffectedRow] {
    let stale = succession.predecessors.flatMap {
      comparison.bindings.staleRows(
        naming: $0.name, succeededBy: succession.successors.map(\.name),
        in: succession.instance.uniqueName)
    }.filter { isOfSolution($0.place.path) }
    let missing = succession.successors.flatMap {
      comparison.missingRows(
        for: $0, in: comparison.solution(declaring: $0.name, besides: succession.instance))
    }
    return (stale + missing).sorted { $0.place < $1.place }
  }

  /// True where an environment still binds the old name alone.
  var hasStaleRows: Bool { rows.contains { $0.state == .stale } }

  /// A row for what another solution's change removed earlier is for that solution's own successor.
  private func isOfSolution(_ path: String) -> Bool {
    !isRemovedEarlier
      || (comparison.settingsOwners.claim(of: succession.instance, on: path) ?? .nearest) > .nearest
  }

  /// The consumers that this change removed, or that use neither name any more.
  private var formerUsers: [String] {
    let names = succession.predecessors.map(\.name)
    let users = comparison.consumers.compactMap(\.before).filter { names.contains(where: $0.names) }
    let shown = Set(users.map(\.name)).sorted().map { "'\($0)'" }
    guard !shown.isEmpty else { return [] }
    let rest = shown.count > 3 ? " and \(shown.count - 3) more" : ""
    return ["until this change \(shown.prefix(3).joined(separator: ", "))\(rest) used the old one"]
  }

  private var remarks: [String] {
    var remarks = unlisted.map(\.statement)
    if let commit = succession.commits.declared {
      remarks.append("the new one was declared in commit \(commit.prefix(10))")
    }
    if let commit = succession.repointedIn {
      remarks.append("the consumers were moved in commit \(commit.prefix(10))")
    }
    if let commit = succession.deletedIn {
      remarks.append("the old one was removed in commit \(commit.prefix(10))")
    }
    if succession.evidence.contains(.otherConnection) {
      remarks.append(
        "an agent names its references after their connections: the connection was re-created, and the "
          + "reference with it")
    }
    for predecessor in succession.predecessors {
      for successor in succession.successors {
        if let left = predecessor.connector?.customID, let right = successor.connector?.customID,
          left != right
        {
          remarks.append("the custom connector was re-created too: \(left) is now \(right)")
        }
      }
    }
    if succession.isUnused {
      remarks.append("no consumer in this repository uses either")
    }
    if !succession.isUnused, succession.moved.isEmpty, leftBehind.isEmpty, emptied.isEmpty {
      remarks += formerUsers
    }
    if !keepers.isEmpty {
      let names = succession.predecessors.map(\.name.spelling).joined(separator: ", ")
      remarks.append(
        keepers.map { "'\($0)'" }.joined(separator: ", ")
          + " still declare\(keepers.count == 1 ? "s" : "") \(names): it was not deleted")
    }
    remarks += listings.map { agent, reference in
      "the agent '\(agent.uniqueName)' still lists \(reference.name.spelling) "
        + "(\(reference.place.path):\(reference.place.line))"
    }
    remarks += comparison.remarksOnCopies(
      of: succession.instance, declaring: succession.predecessors.map(\.name))
    if succession.isBeforeLookBack {
      remarks.append("nothing declared the old one before this change")
      remarks += [comparison.past.cutShort(hiding: "which commit removed it")].compactMap { $0 }
    } else if let limitation = comparison.past.limitation {
      remarks.append(limitation)
    }
    // A consumer that was left behind earlier is not part of this import.
    if !isRemovedEarlier,
      let advice = UpgradeAdvice.remark(on: succession.instance, in: comparison)
    {
      remarks.append(advice)
    }
    return remarks
  }
}

/// The consumers of a comparison whose entry for a reference is empty now, by the reference.
struct EmptiedConsumers {
  private(set) var byName: [LogicalName: [AffectedConsumer]] = [:]

  init(_ comparison: Comparison) {
    guard !comparison.successions.isEmpty else { return }
    for pair in comparison.consumers {
      guard let consumer = pair.after else { continue }
      for (name, link) in pair.emptied {
        byName[name, default: []].append(
          AffectedConsumer(consumer, naming: nil, line: link.line, state: .broken))
      }
    }
  }
}
