import Detection
import Solution

/// Restores declarations, in the place of their successors.
struct DeclarationRepair {
  let repair: RepairCase
  let renaming: Renaming
  var draft: Draft
  /// As they were declared.
  private(set) var restored: [Reference] = []
  /// Files whose declarations are done.
  var handled: Set<String> = []

  /// The places of the declarations, before and after.
  struct Former {
    let references: [Reference]
    let instance: Instance
    let files: RevisionFiles
  }

  mutating func run() throws(Unrepairable) {
    let places = repair.comparison.instances.compactMap { pair -> Place? in
      guard let after = pair.after else { return nil }
      let former = former(of: pair, after)
      let newer = (after.references + after.unlisted).filter {
        renaming.leaves($0.name) && !renaming.wants($0.name)
      }
      return former != nil || !newer.isEmpty ? (pair, after, former, newer) : nil
    }
    // What is restored is known before anything is withdrawn: solutions may share lists.
    for (pair, after, former, newer) in places.filter({ $0.former != nil })
      + places.filter({ $0.former == nil })
    {
      if after.form == .archive {
        throw Unrepairable(
          "could not repair '\(after.folder)': it is a zip archive, and a patch changes text",
          hint: "take the archive from the revision before, or unpack it and commit its files")
      }
      try restore(former, newer, in: after)
      if former == nil, places.contains(where: { isHome($0, besides: after) }) {
        let older = Set(pair.before?.references.filter { !$0.isStub }.map(\.name) ?? [])
        try withdraw(newer.filter { !$0.isStub && !older.contains($0.name) }, from: after)
      }
      try dropDependencies(in: after, before: pair.before, isHome: former != nil)
    }
    try renameOthers()
  }

  private typealias Place = (
    pair: InstancePair, after: Instance, former: Former?, newer: [Reference]
  )

  /// True where another solution than that of `instance` declares the wanted ones again. A clone repeats
  /// what a solution declares.
  private func isHome(_ place: Place, besides instance: Instance) -> Bool {
    place.former != nil
      && !place.after.isSameSolution(as: instance)
      && (place.after.form == .clone) == (instance.form == .clone)
  }

  /// The wanted declarations that the solution had and has no more; nil where there are none.
  private func former(of pair: InstancePair, _ after: Instance) -> Former? {
    // What became a mere member is lost as well.
    func lost(_ instance: Instance?) -> [Reference] {
      (instance?.references ?? []).filter { reference in
        renaming.wants(reference.name)
          && !after.references.contains {
            $0.name == reference.name && (reference.isStub || !$0.isStub)
          }
      }
    }
    if let before = pair.before, !lost(before).isEmpty {
      return Former(references: lost(before), instance: before, files: repair.before)
    }
    guard let past = repair.past else { return nil }
    let folder = pair.before?.folder ?? after.folder
    let instances = past.snapshot.instances.filter { !lost($0).isEmpty && !$0.mayBeCopy }
    let instance =
      instances.first { $0.folder == folder && $0.form == after.form }
      ?? instances.first { $0.isSameSolution(as: after) }
    return instance.map {
      Former(references: lost($0), instance: $0, files: past.files)
    }
  }

  private mutating func restore(
    _ former: Former?, _ newer: [Reference], in after: Instance
  ) throws(Unrepairable) {
    guard let former else { return }
    restored += former.references.filter { reference in
      !restored.contains { $0.name == reference.name }
    }
    guard former.instance.form == after.form else {
      // Another form on disk: the added one takes the name, and keeps its other values.
      guard newer.count == former.references.count else {
        let folder = former.instance.folder
        throw Unrepairable(
          "could not restore \(names(former.references)): "
            + (folder.isEmpty ? "the root" : "'\(folder)'") + " declared it in another form on disk"
        )
      }
      return
    }
    let isWorkspace = (former.references + newer).contains {
      role(of: $0.place.path, former.files) == .workspaceReference
    }
    switch after.form.declarationStore {
    case .list where !isWorkspace: try restoreInLists(former, newer, in: after)
    case .list, .files: try restoreFiles(former, newer, in: after)
    case nil: break
    }
  }

  /// Takes out declarations that succeed what another solution declares again: under the old name there
  /// would be two.
  private mutating func withdraw(
    _ newer: [Reference], from after: Instance
  ) throws(Unrepairable) {
    for (path, references) in newer.byPath where !handled.contains(path) {
      if hasFileEach(path, after) {
        try removeFiles(of: references)
        continue
      }
      let file = try repair.after.bytes(of: path)
      let edits = try readable(path) { () throws(Unreadable) -> [ByteEdit]? in
        let list =
          after.form == .clone ? try YAMLList(file).declarations : try XMLSection(file).declarations
        return list.map { $0.restoring([], from: $0, takingOut: references.map(\.name.key)) }
      }
      guard let edits else {
        throw Unrepairable(
          "could not repair '\(path)': \(names(references)) is in no list that it could be taken out of"
        )
      }
      draft.edit(path, edits, for: "the declaration")
      handled.insert(path)
    }
    if after.form == .yaml { try takeOutMembers(newer, of: after) }
  }

  /// True where each declaration is a file.
  private func hasFileEach(_ path: String, _ after: Instance) -> Bool {
    after.form == .yaml || repair.after.role(of: path) == .workspaceReference
  }

  /// Restores declarations that follow one another in a file.
  private mutating func restoreInLists(
    _ former: Former, _ newer: [Reference], in after: Instance
  ) throws(Unrepairable) {
    for (source, references) in former.references.byPath {
      let target =
        newer.first?.place.path ?? source.moved(from: former.instance.folder, to: after.folder)
      let stubs = after.references.filter { stub in
        stub.isStub && references.contains { $0.name == stub.name }
      }
      if after.form == .clone, try restoreWholeList(references, source, target, former.files) {
        continue
      }
      let leaving = (newer + stubs).filter { $0.place.path == target }.map(\.name.key)
      let returning = references.map(\.name.key)
      let (file, model) = (try repair.after.bytes(of: target), try former.files.bytes(of: source))
      let edits = try readable(target) { () throws(Unreadable) -> [ByteEdit]? in
        if after.form == .clone {
          guard let list = try YAMLList(file).declarations,
            let formerList = try YAMLList(model).declarations
          else { return nil }
          return list.restoring(returning, from: formerList, takingOut: leaving)
        }
        let (section, formerSection) = (try XMLSection(file), try XMLSection(model))
        guard let list = section.declarations, let formerList = formerSection.declarations else {
          return section.opening(with: returning, of: formerSection).map { [$0] }
        }
        return list.restoring(returning, from: formerList, takingOut: leaving)
      }
      guard let edits else {
        throw Unrepairable(
          "could not restore \(names(references)): '\(target)' has no list of references any more")
      }
      draft.edit(target, edits, for: "the declaration")
      handled.insert(target)
    }
  }

  /// Gives a cloned agent's list that has no item left the text that it had, and answers
  /// true; false for one that has items.
  private mutating func restoreWholeList(
    _ references: [Reference], _ source: String, _ target: String, _ formerFiles: RevisionFiles
  ) throws(Unrepairable) -> Bool {
    let (file, model) = (try repair.after.bytes(of: target), try formerFiles.bytes(of: source))
    let (list, former) = try readable(target) { () throws(Unreadable) in
      (try YAMLList(file).declarations, try YAMLList(model).declarations)
    }
    guard list == nil, let former else { return false }
    let others = former.keys.filter { key in !references.contains { $0.name.key == key } }
    let edits = former.restoring([], from: former, takingOut: others)
    guard let text = edits.applied(to: model) else { return false }
    draft.edit(target, [ByteEdit(0..<file.count, with: text)], for: "the declaration")
    handled.insert(target)
    return true
  }

  /// Removes dependencies that this change added: the solution declares the references again.
  ///
  /// - Parameter isHome: true for the solution of a wanted one, which may depend on another that
  ///   declares what succeeded it.
  private mutating func dropDependencies(
    in after: Instance, before: Instance?, isHome: Bool
  ) throws(Unrepairable) {
    let known = Set((before?.externals ?? []).map(\.name))
    let new = after.externals.filter { external in
      guard !known.contains(external.name) else { return false }
      return renaming.wants(external.name)
        ? restored.contains { $0.name == external.name }
        : isHome && renaming.leaves(external.name)
    }
    for external in new {
      let path = external.place.path
      let file = try repair.after.bytes(of: path)
      let edits = try readable(path) { () throws(Unreadable) -> [ByteEdit] in
        if repair.after.role(of: path) == .manifest {
          return try XMLSection(file).removingDependencies(on: external.name)
        }
        guard let list = try YAMLList(file).missingDependencies else { return [] }
        return list.restoring([], from: list, takingOut: [external.name.key])
      }
      draft.dropDependency(on: external.name, in: path, edits)
    }
  }

  /// Renames what is a member of a solution, or in the list of a cloned agent, and defined by no solution any
  /// more; where there is the wanted one beside it, takes it out.
  mutating func renameStubs() throws(Unrepairable) {
    var paths: Set<String> = []
    for instance in repair.comparison.after.instances {
      let stubs = instance.references.filter {
        ($0.isStub || instance.form == .clone) && renaming.leaves($0.name)
      }
      guard !stubs.isEmpty, instance.form.declarationStore != nil else { continue }
      if instance.references.contains(where: { renaming.wants($0.name) }) {
        try withdraw(stubs, from: instance)
      } else {
        paths.formUnion(stubs.map(\.place.path) + [instance.memberList].compactMap(\.self))
      }
    }
    try renameOthers(in: paths)
  }

  /// Renames added declarations that have no former one: a stub in a sibling, a copy, another form.
  ///
  /// - Parameter files: nil for all.
  private mutating func renameOthers(in files: Set<String>? = nil) throws(Unrepairable) {
    for path in repair.after.paths(saying: .declarations) + repair.after.paths(of: .yamlComponents)
    where !handled.contains(path) && files?.contains(path) ?? true {
      let file = try repair.after.bytes(of: path)
      guard renaming.unwanted.contains(where: { file.mayHold($0) }) else { continue }
      let declared = try readable(path) { () throws(Unreadable) in
        try NameSite.all(in: file, as: repair.after.role(of: path) ?? .customizations)
      }.filter { $0.kind == .declaration || $0.kind == .member }
      let kept = files == nil ? keptNames(in: path) : []
      let sites = declared.filter { renaming.leaves($0.name) && !kept.contains($0.name) }
      guard !sites.isEmpty else { continue }
      guard !declared.contains(where: { renaming.wants($0.name) }) else {
        draft.note("'\(path)' declares the old name and the new one, and was left as it is")
        continue
      }
      guard renaming.wanted.count == 1, let wanted = renaming.wanted.first else {
        throw Unrepairable(
          "could not repair '\(path)': it declares the successor of several references, and it is unclear "
            + "for which")
      }
      draft.edit(path, sites.map { $0.renamed(to: wanted) }, for: "the declaration")
      if let moved = path.renamed(renaming.unwanted, to: wanted) { draft.move(path, to: moved) }
    }
  }

  /// The names that a file of a solution declared before this change too, where the solution never declared
  /// a wanted one: they are its own, and no part of what is taken back.
  private func keptNames(in path: String) -> Set<LogicalName> {
    let owners = repair.comparison.after.instances.filter { instance in
      (instance.references + instance.unlisted).contains { $0.place.path == path }
        || instance.memberList == path
    }
    let names = Set(owners.map(\.solutionKey))
    let revisions = [repair.comparison.before, repair.past?.snapshot].compactMap(\.self)
    let former = revisions.flatMap(\.instances).filter {
      names.contains($0.solutionKey)
    }
    guard !former.contains(where: { $0.references.contains { renaming.wants($0.name) } }) else {
      return []
    }
    return Set(
      repair.comparison.before.instances.filter { names.contains($0.solutionKey) }
        .flatMap(\.references).filter { !$0.isStub }.map(\.name))
  }

  /// By the revision that is repaired, else by the former one.
  func role(of path: String, _ former: RevisionFiles) -> FileRole? {
    repair.after.role(of: path) ?? former.role(of: path)
  }

  func names(_ references: [Reference]) -> String {
    references.map(\.name.spelling).joined(separator: ", ")
  }
}

extension [Reference] {
  /// By file, in order.
  var byPath: [(path: String, references: [Reference])] {
    Dictionary(grouping: self, by: \.place.path).sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }
}
