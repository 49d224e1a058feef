import Detection
import Solution

extension RepairCase {
  /// The repair. Either all of it is possible, or it fails and says why.
  package func repaired(_ direction: Repair.Direction) throws(Unrepairable) -> Repair {
    guard let kind = RuleBook.repair(of: finding.rule) else {
      throw Unrepairable(
        "a finding of '\(finding.rule.rawValue)' cannot be repaired by a patch",
        hint: finding.fix.first?.line)
    }
    switch (kind, direction) {
    case (.identity, _) where finding.evidence.contains(.otherGUID):
      throw Unrepairable(
        "nothing in the files is to be repaired: they agree, and the environment alone has another "
          + "reference under that name", hint: finding.fix.first?.line)
    case (.identity, .back), (.declaration, .back):
      return try identityRestored(names(finding.before), from: names(finding.after))
    case (.identity, .forward): return try moveFinished()
    case (.declaration, .forward):
      throw Unrepairable(
        "\(spelled(finding.before)) has no successor, so there is nothing to move to",
        hint: finding.fix.first?.line,
        hintAtOther: "connref repair \(finding.id) puts it back")
    case (.spelling, .back): return try respelled(finding.after, as: finding.before, .back)
    case (.spelling, .forward): return try respelled(finding.before, as: finding.after, .forward)
    case (.link, .back): return try linkRestored()
    case (.link, .forward): return try linkMoved()
    case (.linkConnector, _): return try linkMatched()
    case (.references, _): return try referencesRestored()
    case (.connector, .back): return try connectorRestored()
    case (.connector, .forward):
      throw Unrepairable(
        "a reference cannot move on to another connector under its own name",
        hint: "keep it as it was, and add a second one for the new connector")
    case (.missingRows, _): return try rowAdded()
    }
  }

  func names(_ declarations: [Declaration]) -> [LogicalName] { declarations.map(\.name) }

  func spelled(_ declarations: [Declaration]) -> String {
    declarations.map(\.name.spelling).joined(separator: ", ")
  }

  /// Fails where nothing was to be done: the place of the finding was not understood.
  func finished(
    _ draft: Draft, _ direction: Repair.Direction, restored: [Reference] = [],
    dismissed: [LogicalName] = []
  ) throws(Unrepairable) -> Repair {
    let changes = try draft.changes()
    guard !changes.isEmpty else {
      throw Unrepairable("could not find anything that a patch could change")
    }
    return Repair(
      direction: direction, changes: changes, places: draft.places, restored: restored,
      dismissed: dismissed,
      touchesSolutions: changes.contains { change in
        let role = after.role(of: change.path) ?? before.role(of: change.path)
        return role.map { !$0.mayBeSettings } ?? true
      }, filesOfOthers: draft.filesOfOthers, notes: draft.notes)
  }
}

// The same reference under another name.
extension RepairCase {
  func identityRestored(
    _ wanted: [LogicalName], from unwanted: [LogicalName]
  ) throws(Unrepairable) -> Repair {
    let renaming = Renaming(to: wanted, from: unwanted)
    var declarations = DeclarationRepair(repair: self, renaming: renaming, draft: Draft(after))
    try declarations.run()
    let declared = Set(comparison.after.instances.flatMap(\.references).map(\.name))
      .union(declarations.restored.map(\.name))
    // A declaration of another form takes the added one's place, and is no part of `restored`.
    let missing = wanted.filter { !declared.contains($0) }
    guard missing.isEmpty || !unwanted.isEmpty else {
      throw Unrepairable(
        "could not find where \(missing.map(\.spelling).joined(separator: ", ")) was declared")
    }
    // Another solution had it before this change: what it uses and binds is its own.
    let older = Set(unwanted.filter(isOlder))
    let folders = Set(finding.consumers.map { folder(of: $0.place.path) })
    var links = LinkRepair(repair: self, renaming: renaming, draft: declarations.draft)
    try links.run { older.isEmpty || folders.contains(folder(of: $0)) }
    try links.refill(finding.consumers, as: nil)
    var rows = RowRepair(repair: self, renaming: renaming, draft: links.draft)
    try rows.follow(
      in: older.isEmpty
        ? nil : Set(after.settingsPaths.filter { !isBound(oneOf: older, in: $0) }))
    try rows.putBack()
    return try finished(
      rows.draft, .back, restored: declarations.restored + formerDeclarations(of: missing),
      dismissed: unwanted.filter { !older.contains($0) })
  }

  /// True where a settings file bound one of these before this change.
  private func isBound(oneOf names: Set<LogicalName>, in path: String) -> Bool {
    // A file that only looks like a settings file binds nothing.
    guard before.holds(path), let file = try? before.bytes(of: path) else { return false }
    return (try? SettingsRows(file))?.rows.contains { names.contains($0.row.reference) } ?? false
  }

  /// The declarations that these had before this change, or before the commit that removed them.
  private func formerDeclarations(of names: [LogicalName]) -> [Reference] {
    let former = [comparison.before, past?.snapshot].compactMap(\.self).flatMap(\.instances)
      .flatMap(\.references)
    return names.compactMap { name in
      former.first { $0.name == name && !$0.isStub }
        // Of a solution that an earlier commit removed, the finding alone has it.
        ?? finding.before.first { $0.name == name }.flatMap { declaration in
          (declaration.place ?? finding.place).map {
            Reference(
              name: name, displayName: declaration.displayName, connector: declaration.connector,
              isStub: false, place: $0)
          }
        }
    }
  }

  /// True for a name that another solution than those of the finding declared before this change too.
  private func isOlder(_ name: LogicalName) -> Bool {
    comparison.before.instances.contains { instance in
      !instance.isCalled(finding.solution)
        && instance.references.contains { $0.name == name && !$0.isStub }
    }
  }

  private func moveFinished() throws(Unrepairable) -> Repair {
    let renaming = Renaming(to: names(finding.after), from: names(finding.before))
    var links = LinkRepair(repair: self, renaming: renaming, draft: Draft(after))
    // A consumer that still finds the old one, or may find it elsewhere, was not left behind.
    let left = Set(
      finding.consumers.filter { $0.state != .moved }.map { folder(of: $0.place.path) })
    try links.run { left.contains(folder(of: $0)) }
    try links.refill(finding.consumers, as: finding.after.count == 1 ? finding.after[0].name : nil)
    var rows = RowRepair(repair: self, renaming: renaming, draft: links.draft)
    // The row of another solution's file is that solution's to change.
    // So is one for what is still declared elsewhere: its file lacks a row, and keeps the one it has.
    try rows.follow(in: Set(finding.rows.filter { $0.state == .stale }.map(\.place.path)))
    try rows.add(finding.rows)
    var draft = rows.draft
    try list(renaming, in: &draft)
    // A solution that only has it as a member loses it with the solution that defined it, and so does an agent
    // that lists it.
    if !comparison.after.instances.contains(where: { instance in
      instance.form != .clone
        && instance.references.contains { !$0.isStub && renaming.leaves($0.name) }
    }) {
      var declarations = DeclarationRepair(repair: self, renaming: renaming, draft: draft)
      try declarations.renameStubs()
      draft = declarations.draft
    }
    guard !draft.isEmpty else {
      if let mention = finding.mentions.first {
        throw Unrepairable(
          "a patch changes solutions and settings files alone, and what is left is in other files: "
            + finding.mentions.map { "'\($0.path):\($0.line)'" }.joined(separator: ", "),
          hint: "write \(spelled(finding.after)) in '\(mention.path)' by hand")
      }
      throw Unrepairable(
        "nothing in the repository was left behind: \(spelled(finding.after)) has all of it",
        hint: "what is left to do is in the environments: connref explain \(finding.rule.rawValue)")
    }
    return try finished(draft, .forward)
  }

  /// Puts the new name in the place of the old one into lists of components that lack it.
  private func list(_ renaming: Renaming, in draft: inout Draft) throws(Unrepairable) {
    guard renaming.wanted.count == 1, let wanted = renaming.wanted.first else { return }
    let unlisted = comparison.after.instances.filter { instance in
      instance.unlisted.contains { $0.name == wanted }
    }
    for path in Set(unlisted.compactMap(\.memberList)).sorted() {
      let file = try after.bytes(of: path)
      let sites = try readable(path) { () throws(Unreadable) in
        try NameSite.all(in: file, as: .yamlComponents)
      }.filter { $0.kind == .member && renaming.leaves($0.name) }
      let added = sites.isEmpty ? try lineAdded(for: wanted, renaming, to: path, file) : []
      draft.edit(
        path, sites.map { $0.renamed(to: wanted) } + added, for: "the list of components")
    }
  }

  /// Adds the new name to a list that has neither name, where the old one's line was.
  private func lineAdded(
    for wanted: LogicalName, _ renaming: Renaming, to path: String, _ file: [UInt8]
  ) throws(Unrepairable) -> [ByteEdit] {
    guard before.holds(path) else { return [] }
    let former = try before.bytes(of: path)
    return try readable(path) { () throws(Unreadable) -> [ByteEdit] in
      let lines = try NameSite.all(in: former, as: .yamlComponents)
        .filter { $0.kind == .member && renaming.leaves($0.name) }
      guard let line = lines.first, let model = [line.renamed(to: wanted)].applied(to: former),
        let list = try YAMLList(file).components, let formerList = try YAMLList(model).components
      else { return [] }
      return list.restoring([ComponentPath.references + wanted.key], from: formerList)
    }
  }

  /// The folder of the solution that a file belongs to; the file itself where there is none.
  private func folder(of path: String) -> String {
    comparison.after.instances.map(\.folder).filter { $0.isEmpty || path.hasPrefix($0 + "/") }
      .max { $0.utf8.count < $1.utf8.count } ?? path
  }

  /// Every place that spells the name as `former` does gets the spelling of `wanted`.
  private func respelled(
    _ former: [Declaration], as wanted: [Declaration], _ direction: Repair.Direction
  ) throws(Unrepairable) -> Repair {
    guard let former = former.first?.name, let wanted = wanted.first?.name else {
      throw Unrepairable("the finding names no reference")
    }
    var draft = Draft(after)
    for path in after.paths(saying: [.links, .declarations]) {
      guard let role = after.role(of: path) else { continue }
      let file = try after.bytes(of: path)
      guard file.mayHold(former) else { continue }
      let sites = try readable(path) { () throws(Unreadable) in
        try NameSite.all(in: file, as: role)
      }.filter { $0.name.spelling == former.spelling }
      draft.edit(path, sites.map { $0.renamed(to: wanted) }, for: "the spelling")
      if let moved = path.renamed([former], to: wanted), moved != path, !sites.isEmpty {
        draft.move(path, to: moved)
      }
    }
    for path in after.settingsPaths {
      let file = try after.bytes(of: path)
      guard file.mayHold(former), let settings = try? SettingsRows(file) else { continue }
      let rows = settings.rows(binding: former).filter {
        $0.row.reference.spelling == former.spelling
      }
      draft.edit(
        path, rows.flatMap { settings.renaming($0, to: wanted, connector: nil) },
        for: "the spelling")
    }
    return try finished(draft, direction)
  }
}
