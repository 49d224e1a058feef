import Detection
import Solution

// Dataverse's Git integration gives each declaration a file in a folder of its name, and lists them; an
// agent's workspace of the new kind gives each a file of its name.
extension DeclarationRepair {
  /// Declarations with a file each.
  mutating func restoreFiles(
    _ former: Former, _ newer: [Reference], in after: Instance
  ) throws(Unrepairable) {
    for path in newer.byPath.map(\.path) where !handled.contains(path) {
      guard try isAlone(path, repair.after) else {
        // It is renamed in place, with those that were not declared before.
        guard newer.count == 1, former.references.count == 1 else {
          throw Unrepairable(
            "could not repair '\(path)': it declares several references at once")
        }
        return
      }
      draft.remove(path, for: "the declaration")
      handled.insert(path)
    }
    for (source, references) in former.references.byPath {
      let target = source.moved(from: former.instance.folder, to: after.folder)
      guard !draft.isChanged(target) else { continue }
      // The file is still there: what is missing is its line in the list.
      if references.allSatisfy(after.isUnlisted) { continue }
      guard try isAlone(source, former.files), !repair.after.holds(target) else {
        throw Unrepairable(
          "could not restore \(names(references)): '\(source)' declared several references at once")
      }
      draft.add(target, try former.files.bytes(of: source), for: "the declaration")
    }
    try restoreMembers(former, in: after)
  }

  mutating func removeFiles(of references: [Reference]) throws(Unrepairable) {
    for path in references.byPath.map(\.path) {
      guard try isAlone(path, repair.after) else {
        throw Unrepairable(
          "could not repair '\(path)': it declares several references at once")
      }
      draft.remove(path, for: "the declaration")
      handled.insert(path)
    }
  }

  /// Takes references out of a solution's list of components.
  mutating func takeOutMembers(
    _ references: [Reference], of after: Instance
  ) throws(Unrepairable) {
    guard let path = after.memberList, !handled.contains(path) else { return }
    let file = try repair.after.bytes(of: path)
    let edits = try readable(path) { () throws(Unreadable) in
      try YAMLList(file).components.map { list in
        list.restoring(
          [], from: list, takingOut: references.map { ComponentPath.references + $0.name.key })
      }
    }
    guard let edits else {
      throw Unrepairable(
        "could not repair '\(path)': \(names(references)) is its only component")
    }
    draft.edit(path, edits, for: "the list of components")
    handled.insert(path)
  }

  private func isAlone(_ path: String, _ files: RevisionFiles) throws(Unrepairable) -> Bool {
    let file = try files.bytes(of: path)
    return try readable(path) { () throws(Unreadable) in
      try NameSite.all(in: file, as: files.role(of: path) ?? .yamlReference).count {
        $0.kind == .declaration
      } == 1
    }
  }

  /// The lists of components: what a solution of a shared root consists of.
  private mutating func restoreMembers(
    _ former: Former, in after: Instance
  ) throws(Unrepairable) {
    let root = after.folder.isEmpty ? "" : after.folder + "/"
    for path in repair.after.paths(of: .yamlComponents)
    where path.hasPrefix(root) && !handled.contains(path) {
      let source = path.moved(from: after.folder, to: former.instance.folder)
      guard former.files.holds(source) else { continue }
      let (file, model) = (try repair.after.bytes(of: path), try former.files.bytes(of: source))
      let edits = try readable(path) { () throws(Unreadable) -> [ByteEdit]? in
        guard let list = try YAMLList(file).components,
          let formerList = try YAMLList(model).components
        else { return nil }
        func paths(_ names: [LogicalName]) -> [String] {
          names.map { ComponentPath.references + $0.key }
        }
        return list.restoring(
          paths(renaming.wanted), from: formerList, takingOut: paths(renaming.unwanted))
      }
      // A single component is no list: it is renamed in place.
      guard let edits else { continue }
      draft.edit(path, edits, for: "the list of components")
      handled.insert(path)
    }
  }
}
