import Solution

/// Ids that stand where another one belongs: in references of two connectors, in two environments.
extension SettingsIncomplete {
  static func sharedConnections(
    in environments: [EnvironmentSettings], _ state: State
  ) -> [Finding] {
    environments.flatMap { connectionsOfSeveral(in: $0, state) }
      + acrossEnvironments(environments, state)
  }

  private typealias PlacedRow = EnvironmentSettings.PlacedRow

  /// One connection under several references. A connection is for one connector, so under references
  /// of two of them it is wrong for one; under those of one it may be meant.
  private static func connectionsOfSeveral(
    in environment: EnvironmentSettings, _ state: State
  ) -> [Finding] {
    var rows: [String: [PlacedRow]] = [:]
    for row in environment.rows {
      guard let id = row.row.boundID, !ConnectionID.isPlaceholder(id) else { continue }
      rows[id.lowercased(), default: []].append(row)
    }
    return rows.sorted { $0.key < $1.key }.compactMap { id, rows in
      let entries = Set(rows.map(\.row.reference)).sorted().compactMap {
        state.declarations.fullFirst(of: $0).first
      }
      guard entries.count > 1, let first = entries.first else { return nil }
      let connectors = Set(entries.compactMap { $0.reference.connector?.stableName }).sorted()
      let isWrong = connectors.count > 1
      return Finding(
        rule: self.id,
        severity: !isWrong ? .note : state.conventions.isRelease ? .error : .warning,
        confidence: isWrong ? .certain : .medium, solution: first.instance.uniqueName,
        summary: isWrong
          ? "\(environment.title) gives one connection to references of \(connectors.count) connectors"
          : "\(environment.title) gives one connection to \(entries.count) references",
        rows: rows.map {
          AffectedRow(place: $0.place, reference: $0.row.reference, state: .shared)
        },
        remarks: ["the connection is \(id)"]
          + (isWrong ? ["the connectors are " + connectors.joined(separator: ", ")] : []),
        consequence: isWrong
          ? "a connection is for one connector: the import refuses the others, or their flows stay off"
          : "what is meant to be kept apart shares one account and its limits",
        remedy: [
          isWrong
            ? "give each the id of a connection of its own connector"
            : "nothing, if one account is meant for all of them; else give each its own connection"
        ], discriminator: "shared \(rows[0].path) \(id)", focus: rows[0].place)
    }
  }

  /// A connection lives in one environment, and so does a custom connector's id. Files that no
  /// environment claims may be two of one environment, a solution each.
  private static func acrossEnvironments(
    _ environments: [EnvironmentSettings], _ state: State
  ) -> [Finding] {
    let environments = environments.filter { $0.name != nil }
    guard environments.count > 1 else { return [] }
    var seen: Set<LogicalName> = []
    let names = environments.flatMap { $0.rows.map(\.row.reference) }.filter {
      seen.insert($0).inserted
    }
    return names.sorted().flatMap { name -> [Finding] in
      guard let entry = state.declarations.fullFirst(of: name).first else { return [] }
      let rows = environments.map { ($0, $0.rows(of: name)) }
      let connections = repeated(in: rows) { row in
        row.boundID.flatMap { ConnectionID.isPlaceholder($0) ? nil : $0.lowercased() }
      }
      let connectors = repeated(in: rows) { row in
        row.connector.flatMap { $0.isEnvironments ? $0.name.lowercased() : nil }
      }
      return [
        finding(
          entry, connections, "connection", severity: nil, discriminator: "elsewhere", state),
        finding(
          entry, connectors, "custom connector", severity: .note,
          discriminator: "connector elsewhere", state),
      ].compactMap { $0 }
    }
  }

  /// The rows of several environments that have one value; empty where there are none.
  private static func repeated(
    in rows: [(EnvironmentSettings, [PlacedRow])], _ value: (SettingsRow) -> String?
  ) -> [PlacedRow] {
    var holders: [String: [(number: Int, row: PlacedRow)]] = [:]
    for (number, (_, rows)) in rows.enumerated() {
      for row in rows {
        guard let value = value(row.row) else { continue }
        holders[value, default: []].append((number, row))
      }
    }
    return holders.sorted { $0.key < $1.key }.map(\.value)
      .first { Set($0.map(\.number)).count > 1 }?.map(\.row) ?? []
  }

  private static func finding(
    _ entry: Declarations.Entry, _ rows: [PlacedRow], _ what: String, severity: Severity?,
    discriminator: String, _ state: State
  ) -> Finding? {
    guard !rows.isEmpty else { return nil }
    let paths = Set(rows.map(\.path)).sorted().joined(separator: ", ")
    return finding(
      entry, rows: rows.map { ($0.place, .shared) },
      summary:
        "'\(entry.reference.name.spelling)' has the same \(what) id in \(paths)",
      predicate: "have the same \(what) id in \(paths)", severity: severity,
      consequence:
        "a \(what) has its id in one environment alone; in the others the import does not find it",
      remedy: ["write the id that the \(what) has in that environment"],
      discriminator: discriminator, state)
  }
}

extension Connector {
  /// True for a custom connector's id, whose tail is another in each environment.
  var isEnvironments: Bool { isInternalID && stableName != name.lowercased() }
}
