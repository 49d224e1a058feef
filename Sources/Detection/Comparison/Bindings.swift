import Solution

/// The bindings of a snapshot's settings files, compared with its declarations.
struct Bindings: Sendable {
  private let declarations: Declarations
  private let instances: [Instance]
  /// The rows that bind a name or hold it inside a token, in the order of the files.
  private let allRows: Lazy<[LogicalName: [SettingsFile.LocatedRow]]>
  private var rows: [LogicalName: [SettingsFile.LocatedRow]] { allRows.value }

  init(_ snapshot: Snapshot, _ declarations: Declarations) {
    self.declarations = declarations
    instances = snapshot.instances
    let settings = snapshot.settings
    allRows = Lazy { Self.rows(of: settings) }
  }

  private static func rows(
    of settings: [SettingsFile]
  ) -> [LogicalName: [SettingsFile.LocatedRow]] {
    var rows: [LogicalName: [SettingsFile.LocatedRow]] = [:]
    for placed in settings.flatMap(\.locatedRows) {
      for name in Set([placed.row.reference] + placed.row.namesInToken) {
        rows[name, default: []].append(placed)
      }
    }
    return rows
  }

  /// Rows that bind `reference`, or hold its name inside a token. None while something still declares
  /// it, or a manifest still expects it from elsewhere.
  ///
  /// - Parameters:
  ///   - successors: what `solution` has in its place; a counterpart of the solution, managed beside
  ///     unmanaged, may not have followed yet.
  func staleRows(
    naming reference: LogicalName, succeededBy successors: [LogicalName] = [],
    in solution: String = ""
  ) -> [AffectedRow] {
    guard let rows = rows[reference],
      isRemoved(reference, succeededBy: successors, in: solution)
    else { return [] }
    return rows.map { AffectedRow(place: $0.place, reference: reference, state: .stale) }
  }

  /// True where nothing declares `reference` any more, and no manifest expects it from elsewhere; see
  /// `staleRows`.
  func isRemoved(
    _ reference: LogicalName, succeededBy successors: [LogicalName], in solution: String
  ) -> Bool {
    !declarations.declaresNow(reference, besidesCounterpartsOf: successors, in: solution)
      && !isExternal(reference)
  }

  /// Those of `names` whose rows are to be renamed to `successor`: a row for what is still declared or
  /// expected elsewhere stays.
  func stale(
    _ names: Set<LogicalName>, succeededBy successor: LogicalName, in solution: String
  ) -> Set<LogicalName> {
    names.filter { !staleRows(naming: $0, succeededBy: [successor], in: solution).isEmpty }
  }

  /// True where anything in the snapshot declares, expects or uses `reference`.
  func isKnown(_ reference: LogicalName) -> Bool {
    declarations.declares(reference) || isExternal(reference)
      || !declarations.consumers(naming: reference).isEmpty
  }

  /// True where a manifest expects `reference` from elsewhere, and not from a solution of the snapshot
  /// that does not declare it.
  private func isExternal(_ reference: LogicalName) -> Bool {
    instances.contains {
      declarations.resolveExternal(reference, from: $0).map { $0 != .nothing } ?? false
    }
  }

  /// Rows that bind `reference` to a connection of a connector that it is not for any more.
  func rows(binding reference: LogicalName, for connector: Connector?) -> [AffectedRow] {
    guard let connector else { return [] }
    return (rows[reference] ?? []).filter {
      $0.row.reference == reference && $0.row.connector.isSame(as: connector)
    }.map { AffectedRow($0, .otherConnector) }
  }

  /// Rows that write `reference` in another letter case.
  func recasedRows(of reference: LogicalName) -> [AffectedRow] {
    (rows[reference] ?? []).filter { $0.row.reference.differsByCaseAlone(from: reference) }
      .map { AffectedRow($0, .stale) }
  }
}

extension AffectedRow {
  init(_ placed: SettingsFile.LocatedRow, _ state: State) {
    self.init(place: placed.place, reference: placed.row.reference, state: state)
  }
}
