import Detection
import Editing
import Git
import Platform
import Solution

/// One file: what it has, what it lacks, what becomes of it.
extension SettingsSync {
  func sheet(
    for target: SettingsTarget, beside others: [SettingsTarget]
  ) throws -> SettingsPlan.Sheet {
    let path = target.path
    let before = try files.contents(of: path)
    var plan = SettingsPlan.Sheet(target: target, before: before, after: before ?? [])
    if before == nil {
      (plan.after, plan.remarks) = try blank(for: target)
    } else if options.shapeOf != nil {
      plan.remarks.append("it is there already, so it keeps its own shape")
    }
    do throws(Unreadable) {
      try fill(&plan, beside: others)
      if let inventory = options.inventory { try fillConnections(&plan, from: inventory) }
    } catch {
      throw SettingsRefusal(path, error)
    }
    return plan
  }

  private func fill(
    _ plan: inout SettingsPlan.Sheet, beside others: [SettingsTarget]
  ) throws(Unreadable) {
    let start = try SettingsSheet(plan.after)
    guard !start.lists.isEmpty else { return try addList(to: &plan, start) }
    let chosen = start.indices(for: plan.target.environment)
    var edits: [ByteEdit] = []
    for index in chosen {
      let list = start.lists[index]
      let (rows, result) = result(for: list, of: start, in: plan.target, beside: others)
      edits += start.adding(rows, to: list, shape: options.shape)
      plan.lists.append(result)
    }
    var (file, sheet) = try SettingsSheet.edited(plan.after, by: edits)
    // Afterwards, so that no change concerns bytes of another.
    edits = zip(chosen, plan.lists).flatMap { index, list in
      sheet.removing(Set(list.removed), from: sheet.lists[index])
    }
    if !edits.isEmpty { (file, sheet) = try SettingsSheet.edited(file, by: edits) }
    try ensureMeant(sheet, from: start, plan.lists)
    plan.after = file
  }

  private func addList(
    to plan: inout SettingsPlan.Sheet, _ sheet: SettingsSheet
  ) throws(Unreadable) {
    let coverage = state.coverage(
      of: SettingsFile(path: plan.target.path, rows: []), chosen: options.solutions)
    let result = list(
      coverage,
      token: { sheet.token(for: $0, in: nil, shape: options.shape) })
    guard let edit = sheet.addingList(of: newRows(result, coverage), shape: options.shape) else {
      throw Unreadable(
        "holds no list of connection references, and nothing that shows where one belongs")
    }
    plan.lists = [result]
    guard !result.added.isEmpty else { return }
    (plan.after, _) = try SettingsSheet.edited(plan.after, by: [edit])
  }

  private func result(
    for list: SettingsList, of sheet: SettingsSheet, in target: SettingsTarget,
    beside others: [SettingsTarget]
  ) -> ([NewRow], SettingsPlan.List) {
    let rows = list.rows.map(\.row)
    let siblings = files.reading.snapshot.settings.filter { file in
      target.environment != nil
        && others.contains { $0.path == file.path && $0.environment == target.environment }
    }
    let coverage = state.coverage(
      of: SettingsFile(path: target.path, rows: rows), beside: siblings, labels: list.labels,
      chosen: options.solutions)
    let result = self.list(
      coverage, labels: sheet.lists.count > 1 ? list.labels : [],
      isUserSettings: list.shape == .userSetting, rows: rows,
      token: { sheet.token(for: $0, in: list, shape: options.shape) })
    return (newRows(result, coverage), result)
  }

  private func list(
    _ coverage: SettingsCoverage, labels: [String] = [], isUserSettings: Bool = false,
    rows: [SettingsRow] = [],
    token: (LogicalName) -> String?
  ) -> SettingsPlan.List {
    let staleNames = Set(coverage.stale)
    let stale = rows.filter { row in
      staleNames.contains(row.reference) && row.connectionID?.isEmpty == false
    }
    var staleByConnector = ConnectorTable(stale.map { ($0.connector, $0.reference) })
    var ids = EnvironmentConnectors(rows)
    let additions = coverage.missing.compactMap { reference -> SettingsPlan.Addition? in
      guard let connector = ids.id(for: reference) else { return nil }
      let token = token(reference.name)
      return SettingsPlan.Addition(
        name: reference.name, connector: connector.id, token: token,
        hasForeignConnector: connector.isForeign,
        likeness: token == nil
          ? reference.connector.flatMap { staleByConnector.onlyValue(for: $0) } : nil)
    }
    let canTellStale = state.knowsEveryConsumer
    // Another repository's rows are not to be taken out.
    let removes = options.removesStale && !coverage.isForeign && canTellStale
    return SettingsPlan.List(
      labels: labels, isUserSettings: isUserSettings, solutions: coverage.solutions,
      added: additions,
      removed: removes ? coverage.stale : [],
      stale: removes || !canTellStale ? [] : coverage.stale, isForeign: coverage.isForeign,
      uncertain: coverage.uncertain.map(\.name),
      withoutConnector: coverage.missing.filter { $0.connector == nil }.map(\.name))
  }

  private func newRows(_ list: SettingsPlan.List, _ coverage: SettingsCoverage) -> [NewRow] {
    let displayNames = coverage.missing.keyed(by: \.name).mapValues(\.displayName)
    return list.added.map { addition in
      NewRow(
        name: addition.name, displayName: displayNames[addition.name] ?? nil,
        connector: Connector(path: addition.connector))
    }
  }

  /// The rows that were there are there, but for those to be removed, and those to be added; nothing
  /// else of a row is another.
  private func ensureMeant(
    _ sheet: SettingsSheet, from start: SettingsSheet, _ lists: [SettingsPlan.List]
  ) throws(Unreadable) {
    let removed = Set(lists.flatMap(\.removed))
    let added = Set(lists.flatMap(\.added).map(\.name))
    let kept = start.lists.flatMap(\.rows).map { KeptRow($0.row) }.filter {
      !removed.contains($0.name)
    }
    let now = sheet.lists.flatMap(\.rows).map { KeptRow($0.row) }
    let known = Set(kept)
    let others = now.filter(known.contains)
    guard others == kept, Set(now.map(\.name)) == added.union(kept.map(\.name)) else {
      throw Unreadable("would not hold what it should after the change")
    }
  }

  /// A row, without its place.
  private struct KeptRow: Hashable {
    let name: LogicalName
    let spelling: String
    let connection: String?
    let connector: Connector?
    let owner: String?

    init(_ row: SettingsRow) {
      name = row.reference
      spelling = row.reference.spelling
      connection = row.connectionID
      connector = row.connector
      owner = row.owner
    }
  }
}

extension SettingsSheet {
  /// The lists that a label gives to the environment; all where none is.
  func indices(for environment: String?) -> [Int] {
    guard let environment = environment?.lowercased() else { return Array(lists.indices) }
    let own = lists.indices.filter { index in
      lists[index].labels.contains { $0.lowercased() == environment }
    }
    return own.isEmpty ? Array(lists.indices) : own
  }
}
