import Detection
import Solution

// Findings about one consumer, one declaration or one row.
extension RepairCase {
  /// Restores the consumer's former link; or, where the link is the same and nothing declares it
  /// any more, the declaration.
  func linkRestored() throws(Unrepairable) -> Repair {
    // Nothing that a link named before is lost: an action uses what its flow does not list.
    if finding.before.isEmpty { return try aliasCorrected() }
    guard let consumer = finding.consumers.first, let lost = finding.before.first?.name else {
      throw Unrepairable("the finding names no consumer")
    }
    guard consumer.reference != nil else {
      var links = LinkRepair(
        repair: self, renaming: Renaming(to: names(finding.before), from: []), draft: Draft(after))
      try links.refill(finding.consumers, as: nil)
      return try finished(links.draft, .back)
    }
    let pair = pair(of: consumer)
    let wasDeclared = comparison.before.instances.contains { instance in
      instance.references.contains { $0.name == lost }
    }
    // A consumer of a solution that did not change names what it named before.
    if pair == nil || pair?.before?.names(lost) == true, wasDeclared {
      let isLeft = comparison.instances.contains { pair in
        pair.after != nil && pair.before?.references.contains { $0.name == lost } == true
      }
      guard isLeft else {
        throw Unrepairable(
          "could not restore \(lost.spelling): the whole solution that declared it was removed",
          hint: "take its folder from the revision before: git restore --source=HEAD -- FOLDER")
      }
      return try identityRestored([lost], from: [])
    }
    let links = pair?.after?.links.filter { $0.reference == lost } ?? []
    let former = pair?.before?.links.first { link in
      links.contains { $0.alias == link.alias && $0.mayShareConnector(with: link) }
        && link.reference.map(isDeclared) ?? false
    }?.reference
    guard let former else {
      throw Unrepairable(
        "'\(consumer.name)' never named a reference there that this revision declares",
        hint: finding.fix.first?.line,
        hintAtOther:
          "connref repair \(finding.id) --forward moves it to the nearest reference of its solution"
      )
    }
    return try moved(consumer, from: lost, to: former, .back)
  }

  /// The reference of the consumer's solution that is near enough to the one it lost.
  func linkMoved() throws(Unrepairable) -> Repair {
    guard let affected = finding.consumers.first, let lost = finding.before.first?.name else {
      throw Unrepairable("the finding names no consumer")
    }
    guard affected.reference != nil else {
      throw Unrepairable(
        "the entry of '\(affected.name)' names nothing, so nothing is near to it",
        hint: finding.fix.first?.line,
        hintAtOther: "connref repair \(finding.id) gives it the name that it had")
    }
    for (instance, consumer) in holders(of: affected) {
      if let successor = instance.successor(of: lost, for: consumer) {
        return try moved(affected, from: lost, to: successor.name, .forward)
      }
    }
    throw Unrepairable(
      "no reference of the solution, or more than one, fits the link of '\(affected.name)'",
      hint: finding.fix.first?.line)
  }

  private func moved(
    _ consumer: AffectedConsumer, from lost: LogicalName, to name: LogicalName,
    _ direction: Repair.Direction
  ) throws(Unrepairable) -> Repair {
    var links = LinkRepair(
      repair: self, renaming: Renaming(to: [name], from: [lost]), draft: Draft(after))
    // The table of agents' parts repeats the content of the consumer's file.
    let schema = consumer.kind == .agent ? consumer.id : nil
    try links.run { path in
      path == consumer.place.path
        || schema.map { path.lowercased().contains("schemaname=\($0),") } ?? false
    }
    return try finished(links.draft, direction)
  }

  /// The consumer of a finding on both sides; nil where the comparison does not have it.
  func pair(of affected: AffectedConsumer) -> ConsumerPair? {
    comparison.consumers.first {
      $0.after?.path == affected.place.path && $0.after?.id == affected.id
    }
  }

  /// The solutions that have the consumer of a finding, and the consumer in each.
  private func holders(
    of affected: AffectedConsumer
  ) -> [(instance: Instance, consumer: Consumer)] {
    comparison.after.instances.compactMap { instance in
      instance.consumers.first { $0.id == affected.id && $0.path == affected.place.path }
        .map { (instance, $0) }
    }
  }

  private func isDeclared(_ name: LogicalName) -> Bool {
    comparison.after.instances.contains { instance in
      instance.references.contains { $0.name == name }
        || instance.externals.contains { $0.name == name }
    }
  }

  /// The alias of the entry, where actions use the logical name of its reference.
  private func aliasCorrected() throws(Unrepairable) -> Repair {
    guard let affected = finding.consumers.first,
      let consumer = holders(of: affected).first?.consumer
    else { throw Unrepairable("the finding names no consumer") }
    let file = try after.bytes(of: consumer.path)
    let edits = try readable(consumer.path) { () throws(Unreadable) in
      let actions = try FlowActions(file)
      return consumer.unlistedAliases.flatMap { alias -> [ByteEdit] in
        let meant = consumer.links.filter { $0.reference == LogicalName(alias) }
        return meant.count == 1 ? actions.renaming(alias, to: meant[0].alias) : []
      }
    }
    let entries = try entriesRestored(of: consumer, file)
    guard !edits.isEmpty || !entries.isEmpty else {
      throw Unrepairable(
        "'\(consumer.name)' lists no entry, or more than one, that its actions could mean, and the "
          + "revision before has none of a reference that is still declared",
        hint: finding.fix.first?.line)
    }
    var draft = Draft(after)
    draft.edit(consumer.path, edits, for: "the alias in the actions of '\(consumer.name)'")
    draft.edit(consumer.path, entries, for: "the references of '\(consumer.name)'")
    return try finished(draft, .back)
  }

  /// The entries that the flow's actions use and the revision before had, of references that are declared.
  private func entriesRestored(
    of consumer: Consumer, _ file: [UInt8]
  ) throws(Unrepairable) -> [ByteEdit] {
    guard
      let pair = comparison.consumers.first(where: {
        $0.after?.path == consumer.path && $0.after?.id == consumer.id
      }), let source = pair.before?.path
    else { return [] }
    let aliases = consumer.unlistedAliases.filter { alias in
      !consumer.links.contains { $0.reference == LogicalName(alias) }
        && pair.formerLink(of: alias)?.reference.map(isDeclared) ?? false
    }
    guard !aliases.isEmpty else { return [] }
    let wanted = Set(aliases.map { $0.lowercased() })
    let model = try before.bytes(of: source)
    return try readable(consumer.path) { () throws(Unreadable) in
      let (flow, former) = (try FlowReferences(file), try FlowReferences(model))
      // In their order, so that they are as they were.
      return former.aliases.filter { wanted.contains($0.lowercased()) }
        .compactMap { flow.restoring($0, from: former) }
    }
  }

  /// The reference of the connector that the link states, where the solution has one such.
  func linkMatched() throws(Unrepairable) -> Repair {
    guard let affected = finding.consumers.first, let wrong = finding.after.first?.name else {
      throw Unrepairable("the finding names no consumer")
    }
    guard affected.kind != .app, affected.kind != .codeApp else {
      throw Unrepairable(
        "could not repair '\(affected.place.path)': the entries of an app differ by keys that every export "
          + "changes", hint: finding.fix.first?.line)
    }
    for (instance, consumer) in holders(of: affected) {
      if let alias = instance.rightAlias(of: wrong, for: consumer) {
        let file = try after.bytes(of: consumer.path)
        var draft = Draft(after)
        draft.edit(
          consumer.path,
          try readable(consumer.path) { () throws(Unreadable) in
            try FlowActions(file).renaming(alias.wrong, to: alias.right, of: alias.connector)
          }, for: "the alias in the actions of '\(consumer.name)'")
        return try finished(draft, .back)
      }
      guard let match = instance.replacement(of: wrong, for: consumer) else { continue }
      let aliases = consumer.links.filter { link in
        link.reference == wrong
          && (link.connector.isSame(as: match.connector)
            || consumer.uses.contains {
              $0.alias == link.alias && $0.connector.isSame(as: match.connector)
            })
      }.map(\.alias)
      let file = try after.bytes(of: consumer.path)
      guard let role = after.role(of: consumer.path) else { continue }
      let sites = try readable(consumer.path) { () throws(Unreadable) in
        try NameSite.all(in: file, as: role)
      }.filter { site in
        // In the file of an agent's part a link has no alias.
        guard case .link(let alias) = site.kind else { return false }
        return site.name == wrong && alias.map(aliases.contains) ?? true
      }
      var draft = Draft(after)
      draft.edit(
        consumer.path, sites.map { $0.renamed(to: match.reference.name) },
        for: "the link of '\(consumer.name)'")
      return try finished(draft, .back)
    }
    throw Unrepairable(
      "no reference of the solution, or more than one, is for the connector of the link",
      hint: finding.fix.first?.line)
  }

  /// The entries of a flow, from the revision before.
  func referencesRestored() throws(Unrepairable) -> Repair {
    guard let consumer = finding.consumers.first, let pair = pair(of: consumer),
      let now = pair.after, let source = pair.before?.path
    else { throw Unrepairable("could not find the flow in the revision before") }
    let (file, model) = (try after.bytes(of: now.path), try before.bytes(of: source))
    let (flow, former) = try readable(now.path) { () throws(Unreadable) in
      (try FlowReferences(file), try FlowReferences(model))
    }
    let unlisted = now.usedAliases.filter { !former.aliases.contains($0) }
    guard unlisted.isEmpty else {
      throw Unrepairable(
        "could not restore the references of '\(now.name)': its actions use "
          + unlisted.map { "'\($0)'" }.joined(separator: ", ")
          + ", which the revision before did not list",
        hint: "open and save the flow in the designer, and export again")
    }
    guard let edit = flow.restoring(from: former) else {
      throw Unrepairable("could not find the references of '\(now.name)' in the revision before")
    }
    var draft = Draft(after)
    draft.edit(now.path, [edit], for: "the references of '\(now.name)'")
    return try finished(draft, .back)
  }

  /// The connector of a declaration, and nothing else of it.
  func connectorRestored() throws(Unrepairable) -> Repair {
    guard let was = finding.before.first, let now = finding.after.first,
      let source = was.place?.path, let path = now.place?.path
    else {
      throw Unrepairable(
        "the custom connector itself was re-created, and its files belong to no reference",
        hint: finding.fix.first?.line)
    }
    guard after.holds(path), before.holds(source) else {
      throw Unrepairable(
        "could not repair '\(path)': it is in a zip archive, and a patch changes text")
    }
    let (file, model) = (try after.bytes(of: path), try before.bytes(of: source))
    let edits = try readable(path) { () throws(Unreadable) -> [ByteEdit]? in
      if [.clone, .workspaceReference].contains(after.role(of: path)) {
        return try YAMLList(file).restoringConnector(
          of: now.name, from: try YAMLList(model), of: was.name
        ).map { [$0] }
      }
      let isXML = file.first { $0 > UInt8(ascii: " ") && $0 < 0x80 } == UInt8(ascii: "<")
      let (own, former) =
        isXML
        ? (try XMLSection(file).parts(of: now.name), try XMLSection(model).parts(of: was.name))
        : (try YAMLList(file).parts, try YAMLList(model).parts)
      guard let own, let former else { return nil }
      let parts = ["connectorid", "customconnectorid"]
      return own.restoring(parts, from: former, takingOut: parts)
    }
    guard let edits else {
      throw Unrepairable("could not repair '\(path)': it and '\(source)' are not of one form")
    }
    var draft = Draft(after)
    draft.edit(path, edits, for: "the connector")
    let moved = comparison.after.instances.flatMap(\.consumers).filter { consumer in
      consumer.links.contains { link in
        link.reference == now.name
          && link.connector.isOther(than: was.connector)
      }
    }
    for consumer in moved {
      draft.note(
        "'\(consumer.name)' has actions of \(now.connector?.name ?? "the other connector"): give them a "
          + "reference of their own")
    }
    return try finished(draft, .back)
  }

  func rowAdded() throws(Unrepairable) -> Repair {
    var rows = RowRepair(
      repair: self, renaming: Renaming(to: names(finding.after), from: []), draft: Draft(after))
    try rows.add(finding.rows)
    return try finished(rows.draft, .forward)
  }
}
