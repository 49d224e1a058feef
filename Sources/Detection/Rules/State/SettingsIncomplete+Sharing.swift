import Solution

/// Connection ids in the wrong place: in references of two connectors, in two environments.
extension SettingsIncomplete {
  static func sharedConnections(
    in environments: [EnvironmentSettings], _ state: State
  ) -> [Finding] {
    environments.flatMap { connectionsOfSeveral(in: $0, state) }
      + acrossEnvironments(environments, state)
  }

  private typealias LocatedRow = EnvironmentSettings.LocatedRow

  /// One connection under several references. A connection is for one connector, so under references
  /// of two of them it is wrong for one; under those of one it may be meant.
  private static func connectionsOfSeveral(
    in environment: EnvironmentSettings, _ state: State
  ) -> [Finding] {
    var rows: [String: [LocatedRow]] = [:]
    for row in environment.rows {
      guard let id = row.row.boundID, ConnectionID(id) == .connection else { continue }
      rows[id.lowercased(), default: []].append(row)
    }
    return rows.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.compactMap { id, rows in
      let entries = Set(rows.map(\.row.reference)).sorted().compactMap {
        state.declarations.fullFirst(of: $0).first
      }
      guard entries.count > 1, let first = entries.first else { return nil }
      let connectors = Set(entries.compactMap { $0.reference.connector?.stableName }).sorted()
      let isWrong = connectors.count > 1
      return Finding(
        rule: self.id,
        severity: !isWrong ? .note : state.conventions.severityBeforeRelease,
        confidence: isWrong ? .certain : .medium, solution: first.instance.uniqueName,
        summary: isWrong
          ? "\(environment.title) gives one connection to references of \(connectors.count) connectors"
          : "\(environment.title) gives one connection to \(entries.count) references",
        rows: rows.map { AffectedRow($0, .shared) },
        remarks: ["the connection is \(id)"]
          + (isWrong ? ["the connectors are " + connectors.joined(separator: ", ")] : []),
        consequence: isWrong
          ? "a connection is for one connector: the import refuses the others, or their flows stay off"
          : "what is meant to be kept apart shares one account and its limits",
        fix: [
          isWrong
            ? "give each the id of a connection of its own connector"
            : "nothing, if one account is meant for all of them; else give each its own connection"
        ], discriminator: "shared \(rows[0].path) \(id)", focus: rows[0].place)
    }
  }

  /// A connection lives in one environment, and so does a custom connector's id. Files of which nothing
  /// says the environment may be two of one environment, a solution each.
  private static func acrossEnvironments(
    _ environments: [EnvironmentSettings], _ state: State
  ) -> [Finding] {
    let placed = environments.flatMap { environment in
      environment.identity.map { identity in
        environment.rows.map { (identity: identity, row: $0) }
      } ?? []
    }
    guard Set(placed.map(\.identity)).count > 1 else { return [] }
    let connections = repeated(in: placed) { row in
      row.boundID.flatMap { id in
        ConnectionID(id) == .connection && !ConnectionID.isExample(id) ? id.lowercased() : nil
      }
    }.flatMap { rows in
      findings(rows, "connection", severity: nil, discriminator: "elsewhere", state)
    }
    // Equal by the connector's name alone, so that it is one fact for each reference.
    let connectors = Dictionary(grouping: placed) { $0.row.row.reference }.values
      .flatMap { rows in
        repeated(in: rows) { row in
          row.connector.flatMap { $0.isEnvironments ? $0.name.lowercased() : nil }
        }.prefix(1)
      }.flatMap { rows in
        findings(
          rows, "custom connector", severity: .note, discriminator: "connector elsewhere", state)
      }
    return connections + connectors
  }

  /// A row, and the environment that it is for.
  private typealias EnvironmentRow = (identity: String, row: LocatedRow)

  /// Rows of several environments that have one value, a list for each value.
  private static func repeated(
    in rows: [EnvironmentRow], _ value: (SettingsRow) -> String?
  ) -> [[EnvironmentRow]] {
    var holders: [String: [EnvironmentRow]] = [:]
    for entry in rows {
      guard let value = value(entry.row.row) else { continue }
      holders[value, default: []].append(entry)
    }
    return holders.filter { Set($0.value.lazy.map(\.identity)).count > 1 }
      .sorted { $0.key < $1.key }.map(\.value)
  }

  /// One for each reference that has the value in several environments; one for all where each has it in
  /// one alone.
  private static func findings(
    _ rows: [EnvironmentRow], _ what: String, severity: Severity?, discriminator: String,
    _ state: State
  ) -> [Finding] {
    let byName = Dictionary(grouping: rows, by: \.row.row.reference).sorted { $0.key < $1.key }
    let repeating = byName.filter { Set($0.value.map(\.identity)).count > 1 }
    return (repeating.isEmpty ? Array(byName.prefix(1)) : repeating).compactMap { name, own in
      guard let entry = state.declarations.fullFirst(of: name).first else { return nil }
      // Its own row first: that is where a reader looks.
      let others = rows.lazy.filter { $0.row.row.reference != name }.prefix(otherRowLimit)
      return finding(
        entry, own.map(\.row) + others.map(\.row), of: rows.count,
        in: paths(of: own.map(\.row)), of: repeating.isEmpty ? others.map(\.row) : [], what,
        severity: severity, discriminator, state)
    }
  }

  private static func paths(of rows: [LocatedRow]) -> String {
    Set(rows.map(\.path)).sorted().joined(separator: ", ")
  }

  /// Rows of other references that a finding lists: where thousands have one id, every finding would
  /// list thousands.
  private static let otherRowLimit = 100

  private static func finding(
    _ entry: Declarations.Entry, _ rows: [LocatedRow], of count: Int, in paths: String,
    of others: [LocatedRow], _ what: String, severity: Severity?, _ discriminator: String,
    _ state: State
  ) -> Finding {
    // Which of the two is wrong is not known.
    let predicate = others.first.map { other in
      "the \(what) id in \(paths) that \(other.row.reference.spelling) has in \(self.paths(of: others))"
    }
    return finding(
      entry, rows: rows.map { ($0.place, .shared) },
      summary: "'\(entry.reference.name.spelling)' has "
        + (predicate ?? "the same \(what) id in \(paths)"),
      predicate: "have " + (predicate ?? "the same \(what) id in \(paths)"), severity: severity,
      remarks: rows.count < count ? ["\(count - rows.count) more rows have it"] : [],
      consequence:
        "a \(what) has its id in one environment alone; in the others the import does not find it",
      fix: ["write the id that the \(what) has in that environment"],
      discriminator: discriminator, state)
  }
}

extension Connector {
  /// True for a custom connector's id, whose tail is another in each environment.
  var isEnvironments: Bool { isInternalID && stableName != name.lowercased() }
}
