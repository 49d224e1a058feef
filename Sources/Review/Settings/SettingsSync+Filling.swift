import Detection
import Editing
import Solution

/// Connection ids from what was saved of the environment.
extension SettingsSync {
  /// Writes an id into each empty row for which exactly one connection fits; what else there is to say of
  /// empty rows is noted.
  func fillConnections(
    _ plan: inout SettingsPlan.Sheet, from environment: LiveEnvironment
  ) throws(Unreadable) {
    let sheet = try SettingsSheet(plan.after)
    var edits: [ByteEdit] = []
    var filled: [LogicalName: String] = [:]
    for index in sheet.indices(for: plan.target.environment) {
      for row in sheet.lists[index].rows where row.row.connectionID?.isEmpty ?? true {
        let name = row.row.reference
        let connector =
          row.row.connector
          ?? state.solutions.flatMap(\.references).first { $0.name == name }?.connector
        let choice = ConnectionChoice(
          for: name, connector, in: environment, owners: state.conventions.owners)
        if case .one(let id, _) = choice {
          guard let edit = sheet.binding(row, to: id) else {
            plan.choices.append(.init(name: name, choice: .none))
            continue
          }
          edits.append(edit)
          filled[name] = id
        }
        plan.choices.append(.init(name: name, choice: choice))
      }
    }
    guard !edits.isEmpty else { return }
    let (file, after) = try SettingsSheet.edited(plan.after, by: edits)
    // Nothing else may be another.
    let before = sheet.lists.flatMap(\.rows).map(\.row)
    let now = after.lists.flatMap(\.rows).map(\.row)
    let isMeant =
      before.count == now.count
      && zip(before, now).allSatisfy { old, new in
        old.reference == new.reference && old.connector == new.connector && old.owner == new.owner
          && (old.connectionID == new.connectionID || new.connectionID == filled[old.reference])
      }
    guard isMeant else { throw Unreadable("would not hold what it should after the change") }
    plan.after = file
  }
}
