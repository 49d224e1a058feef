import Detection
import Platform
import Reporting
import Review
import Solution

/// The changes of settings files, made or planned.
struct SettingsSyncReport {
  let plan: SettingsPlan
  /// Nothing was written.
  let isDry: Bool

  /// A paragraph a file; one line for a file with nothing to say.
  var text: String {
    let sheets = plan.sheets.map(text(of:)).joined()
    guard !plan.leftOut.isEmpty, !plan.sheets.isEmpty else { return sheets }
    return sheets
      + plan.leftOut.map { name in
        escaped("none of these files binds \(name): --solution \(name) adds its references") + "\n"
      }.joined()
  }

  /// A line each, for standard error.
  var problems: [String] {
    plan.problems.map { problem in
      let place = problem.line.map { "\(problem.path):\($0)" } ?? problem.path
      return escaped("warning: \(place) \(problem.message.split(separator: "\n").first ?? "")")
    }
  }

  var summary: String {
    let lists = plan.sheets.flatMap(\.lists)
    let added = lists.reduce(0) { $0 + $1.added.count }
    let removed = lists.reduce(0) { $0 + $1.removed.count }
    let would = isDry ? " to be" : ""
    return "looked at \(plan.sheets.count) settings file\(plan.sheets.count == 1 ? "" : "s"): "
      + "\(added) row\(added == 1 ? "" : "s")\(would) added, \(removed)\(would) removed"
      + unused + bound(would)
  }

  /// How many rows stay that nothing declares or uses: what `settings check` reports. A name that is in
  /// several lists of a file counts once.
  private var unused: String {
    let count = plan.sheets.reduce(0) { count, sheet in
      count + Set(sheet.lists.filter { !$0.isForeign }.flatMap(\.stale)).count
    }
    return count == 0
      ? "" : ", \(count) unused: --remove-stale takes \(count == 1 ? "it" : "them") out"
  }

  private func bound(_ would: String) -> String {
    let choices = plan.sheets.flatMap(\.choices)
    guard !choices.isEmpty else { return "" }
    let count = choices.count { if case .one = $0.choice { true } else { false } }
    return
      ", \(count) connection id\(count == 1 ? "" : "s")\(would) filled in, \(choices.count - count) left empty"
  }

  private func text(of sheet: SettingsPlan.Sheet) -> String {
    let choices = Dictionary(firstOf: sheet.choices.map { ($0.name, $0.choice) })
    let lines =
      sheet.remarks + sheet.lists.flatMap { self.lines(of: $0, choices) }
      + sheet.choices.flatMap(self.lines(of:))
    let head = sheet.target.line
    guard !lines.isEmpty else { return escaped("\(head): nothing to do") + "\n" }
    return ([head] + lines.map { "  " + $0 }).map(escaped).joined(separator: "\n") + "\n"
  }

  /// The lines about a row whose connection id is sought in an inventory.
  private func lines(of choice: SettingsPlan.Choice) -> [String] {
    switch choice.choice {
    case .one(let id, let reason):
      return [(isDry ? "bind     " : "bound    ") + "\(choice.name) to \(id): \(reason)"]
    case .several(let connections):
      let head = "choose   \(choice.name): \(connections.count) connections fit"
      return [head]
        + connections.map { connection in
          let who = connection.creator.name ?? connection.creator.directoryID
          return "           \(connection.id)"
            + (connection.displayName.map { " \($0)" } ?? "")
            + (who.map { ", made by \($0)" } ?? "")
        }
    case .none:
      return ["look at  \(choice.name): the inventory has no connection that fits"]
    }
  }

  private func lines(
    of list: SettingsPlan.List, _ choices: [LogicalName: ConnectionChoice]
  ) -> [String] {
    let label = list.labels.last.map { "[\($0)] " } ?? ""
    let added = list.added.map { addition in
      label + (isDry ? "add      " : "added    ") + "\(addition.name) for \(addition.connector), "
        + (addition.token.map { "ConnectionId \($0)" }
          ?? (choices[addition.name] == nil
            ? "ConnectionId is empty: fill it in" : "see below for its ConnectionId"))
    }
    let notes = list.added.flatMap { addition -> [String] in
      var notes: [String] = []
      if addition.hasForeignConnector {
        notes.append(
          label
            + "look at  \(addition.name): \(addition.connector) is the custom connector's id where "
            + "the solution was exported; write this environment's")
      }
      if let likeness = addition.likeness {
        notes.append(
          label
            + "look at  \(addition.name): if it took the place of \(likeness), the connection id "
            + "of that row is the right one")
      }
      return notes
    }
    let stale =
      list.isForeign
      ? [label + "foreign  none of its references is declared or used in this repository"]
      : list.stale.map {
        label + "stale    \($0): nothing here declares or uses it"
      }
    return added + notes
      + list.removed.map { label + (isDry ? "remove   \($0)" : "removed  \($0)") }
      + stale
      + list.uncertain.map {
        label
          + "look at  \($0): one copy of its solution declares it and another does not, so no row "
          + "was added"
      }
      + list.withoutConnector.map {
        label + "look at  \($0): nothing says what connector it is for, so no row was added"
      }
  }

  private func escaped(_ text: String) -> String { PrintableText(escaping: text).description }
}

extension SettingsTarget {
  /// The file, and why it was chosen.
  var line: String { path + (words.map { " (\($0))" } ?? "") }

  /// Why it was chosen; nil where the user named it, or it is one of all.
  fileprivate var words: String? {
    let name = environment.map { "'\($0)'" } ?? ""
    return switch reason {
    case .configured: "environment \(name) of .connref.yml"
    case .named: "taken for environment \(name) by its name"
    case .listed: "holds a list for environment \(name)"
    case .asked, .found: nil
    }
  }
}
