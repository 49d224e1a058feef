import Detection
import Solution

/// Makes the rows of settings files follow.
struct RowRepair {
  let repair: RepairCase
  let renaming: Renaming
  private(set) var draft: Draft

  /// Makes rows of unwanted names bind wanted ones. Where those have a row already, removes them.
  ///
  /// - Parameter files: nil for all.
  mutating func follow(in files: Set<String>? = nil) throws(Unrepairable) {
    for path in repair.after.settingsPaths where files?.contains(path) ?? true {
      let file = try repair.after.bytes(of: path)
      guard renaming.unwanted.contains(where: { file.mayHold($0) }),
        // A file that only looks like a settings file is none.
        let settings = try? SettingsRows(file)
      else { continue }
      let wanted = wanted(in: path)
      guard !wanted.isEmpty else {
        draft.leave(path, "the file is of another solution than the new reference")
        continue
      }
      draft.edit(path, try following(settings, wanted, in: path), for: "the row")
    }
  }

  private mutating func following(
    _ settings: SettingsRows, _ wanted: [LogicalName], in path: String
  ) throws(Unrepairable) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    var leaving: [PlacedRow] = []
    let unwanted = settings.rows.filter { renaming.leaves($0.row.reference) }
    let slots = Dictionary(grouping: unwanted, by: settings.slot)
    for slot in slots.values.sorted(by: { $0[0].entry.lowerBound < $1[0].entry.lowerBound }) {
      let rows = settings.rows.filter { settings.slot(of: $0) == settings.slot(of: slot[0]) }
      let missing = wanted.filter { name in
        !rows.contains { $0.row.reference == name }
      }
      guard let first = missing.first else {
        noteOtherConnections(of: slot, than: rows.first { renaming.wants($0.row.reference) }, path)
        leaving += slot
        continue
      }
      let row = slot[0]
      if missing.count > 1, renaming.unwanted.count == 1, repair.isBack(renaming) {
        edits += try dividing(row, of: settings, among: missing, in: path)
        leaving += slot.dropFirst()
        continue
      }
      edits += settings.renaming(row, to: first, connector: connector(of: first))
      noteOtherConnections(of: Array(slot.dropFirst()), than: row, path)
      leaving += slot.dropFirst()
      for name in missing.dropFirst() {
        let isSame = row.row.connector.flatMap { own in connector(of: name).map(own.isSame) }
        edits.append(
          settings.adding(
            name, connector: connector(of: name), like: row, keepsConnection: isSame ?? true))
      }
    }
    if renaming.wanted.count == 1, let wanted = renaming.wanted.first {
      for row in settings.rows where !renaming.leaves(row.row.reference) {
        for name in row.row.namesInToken where renaming.leaves(name) {
          edits += settings.renamingTokens(in: row, from: name, to: wanted)
        }
      }
    }
    return edits + settings.removing(leaving)
  }

  /// Restores the rows that one row took the place of: it gets the name of the first one back, and the
  /// others are as they were.
  private func dividing(
    _ row: PlacedRow, of settings: SettingsRows, among names: [LogicalName], in path: String
  ) throws(Unrepairable) -> [ByteEdit] {
    let bytes = repair.before.holds(path) ? try repair.before.bytes(of: path) : []
    let former = try? SettingsRows(bytes)
    let rows = (former?.rows ?? []).filter { names.contains($0.row.reference) }
    guard let former, let first = rows.first?.row.reference, rows.count == names.count,
      Set(rows.map(\.row.reference)).count == names.count,
      rows.allSatisfy({ $0.shape == row.shape })
    else {
      throw Unrepairable(
        "could not repair '\(path)': its row replaces several references, and which one is not known"
      )
    }
    return settings.renaming(row, to: first, connector: connector(of: first))
      + rows.dropFirst().map { settings.adding($0, of: former, behind: row) }
  }

  /// A file binds what its solutions declare or use.
  private func wanted(in path: String) -> [LogicalName] {
    repair.isBack(renaming)
      ? renaming.wanted : repair.comparison.names(renaming.wanted, boundIn: path)
  }

  /// Says which connections are in no row any more, where rows of several references become one.
  private mutating func noteOtherConnections(
    of rows: [PlacedRow], than kept: PlacedRow?, _ path: String
  ) {
    guard let kept else { return }
    for row in rows {
      guard let id = row.row.connectionID, !id.isEmpty, id != kept.row.connectionID else {
        continue
      }
      draft.note(
        "'\(path)' bound \(row.row.reference.spelling) to '\(id)', which no row has now: the row that stays "
          + "binds '\(kept.row.connectionID ?? "")'")
    }
  }

  /// Restores the removed rows of wanted names.
  mutating func putBack() throws(Unrepairable) {
    for path in repair.after.settingsPaths where repair.before.holds(path) {
      let (file, model) = (try repair.after.bytes(of: path), try repair.before.bytes(of: path))
      guard file != model, renaming.wanted.contains(where: { model.mayHold($0) }),
        let settings = try? SettingsRows(file), let former = try? SettingsRows(model)
      else { continue }
      let followed = !settings.rows.contains { renaming.leaves($0.row.reference) }
      for row in former.rows where renaming.wants(row.row.reference) {
        guard followed, settings.rows(binding: row.row.reference).isEmpty else { continue }
        guard let neighbour = settings.rows.last(where: { $0.shape == row.shape }) else {
          draft.note(
            "'\(path)' has no row for \(row.row.reference.spelling) any more: add it again")
          continue
        }
        draft.edit(path, [settings.adding(row, of: former, behind: neighbour)], for: "the row")
      }
    }
  }

  /// A row for a reference that a file binds others beside.
  mutating func add(_ missing: [AffectedRow]) throws(Unrepairable) {
    for row in missing where row.state == .missing {
      let path = row.place.path
      let file = try repair.after.bytes(of: path)
      let settings = try readable(path) { () throws(Unreadable) in try SettingsRows(file) }
      guard let settings,
        let model = settings.rows.last(where: { $0.row.line == row.place.line })
          ?? settings.rows.last
      else {
        throw Unrepairable("could not repair '\(path)': it has no row to go by")
      }
      // In `UserSettings` a reference has two lines.
      let models = settings.rows(binding: model.row.reference).filter {
        $0.shape == model.shape && settings.slot(of: $0).isBeside(settings.slot(of: model))
      }
      for model in models {
        draft.edit(
          path,
          [settings.adding(row.reference, connector: connector(of: row.reference), like: model)],
          for: "the new row of \(row.reference.spelling)")
      }
      draft.note("each new row of '\(path)' needs the id of a connection of that environment")
    }
  }

  private func connector(of name: LogicalName) -> Connector? {
    let comparison = repair.comparison
    let references = [comparison.after, comparison.before, repair.past?.snapshot].compactMap { $0 }
      .flatMap(\.instances).flatMap(\.references)
    return references.first { $0.name == name && $0.connector != nil }?.connector
  }
}

extension RepairCase {
  /// True where what is wanted is what was.
  fileprivate func isBack(_ renaming: Renaming) -> Bool {
    finding.before.contains { renaming.wants($0.name) }
  }
}
