import Solution

/// Rows that are there and wrong in themselves.
extension SettingsIncomplete {
  static func wrongRows(
    in environment: EnvironmentSettings, _ state: State
  ) -> [Finding] {
    environment.files.flatMap { file -> [Finding] in
      let wrong = [file].rowsByReference.compactMap {
        name, rows -> (name: LogicalName, findings: [Finding])? in
        // A name that no solution here declares is another repository's, or stale.
        guard let entry = state.declarations.fullFirst(of: name).first else { return nil }
        let findings =
          [
            duplicate(rows, of: entry, in: file, state), mismatch(rows, of: entry, in: file, state),
            withoutConnector(rows, of: entry, in: file, state),
          ].compactMap { $0 } + malformed(rows, of: entry, in: file, state)
        return findings.isEmpty ? nil : (name, findings)
      }
      // Nearly all rows are right.
      return wrong.sorted { $0.name < $1.name }.flatMap(\.findings)
    }
  }

  /// Two rows with a connection in one list: it is unknown which of them counts.
  private static func duplicate(
    _ rows: [SettingsFile.LocatedRow], of entry: Declarations.Entry, in file: SettingsFile,
    _ state: State
  ) -> Finding? {
    let lists = Dictionary(grouping: rows.filter { $0.row.connectionID != nil }, by: \.row.list)
    let twice = lists.values.filter { $0.count > 1 }.flatMap { $0 }
      .sorted { $0.row.line < $1.row.line }
    guard !twice.isEmpty else { return nil }
    let name = entry.reference.name.spelling
    return finding(
      entry, rows: twice.map { ($0.place, .duplicate) },
      summary: "\(file.path) has \(twice.count) rows for \(name)",
      predicate: "have several rows in \(file.path)",
      consequence: "an import takes one of them, and which one is not defined",
      fix: ["keep the row that is right, and remove the other"],
      discriminator: "duplicate \(file.path)", state)
  }

  /// A row with a connection and no connector: the import does not know the connector of the
  /// connection.
  private static func withoutConnector(
    _ rows: [SettingsFile.LocatedRow], of entry: Declarations.Entry, in file: SettingsFile,
    _ state: State
  ) -> Finding? {
    let open = rows.filter { $0.row.lacksConnector && $0.row.boundID != nil }
    guard !open.isEmpty else { return nil }
    let name = entry.reference.name.spelling
    let connector = entry.reference.connector?.name ?? "the connector of the reference"
    return finding(
      entry, rows: open.map { ($0.place, .otherConnector) },
      summary: "\(file.path) has no connector for \(name)",
      predicate: "have no connector in \(file.path)",
      consequence: "the import cannot bind a connection of an unknown connector",
      fix: [
        "write \"ConnectorId\": \"/providers/Microsoft.PowerApps/apis/\(connector)\" into the row"
      ],
      discriminator: "no connector \(file.path)", state)
  }

  /// True for the name of a reference in place of a connection id, its own or another one's.
  static func isLogicalName(_ id: String, in row: SettingsRow, _ state: State) -> Bool {
    row.isOwnName(id)
      || id.utf8.contains(UInt8(ascii: "_"))
        && state.declarations.declares(LogicalName(id.trimmingSpace))
  }

  /// A row with something else than a connection id, pasted by mistake.
  private static func malformed(
    _ rows: [SettingsFile.LocatedRow], of entry: Declarations.Entry, in file: SettingsFile,
    _ state: State
  ) -> [Finding] {
    rows.compactMap { placed in
      guard let id = placed.row.boundID else { return nil }
      let form =
        isLogicalName(id, in: placed.row, state)
        ? "the logical name of a reference" : ConnectionID(id).instead
      guard let form else { return nil }
      let name = entry.reference.name.spelling
      return finding(
        entry, rows: [(placed.place, .empty)],
        summary: "\(file.path) has \(form) instead of a connection id for \(name)",
        predicate: "have something else instead of a connection id in \(file.path)",
        consequence:
          "the import does not find a connection of that id, so the reference stays unbound",
        fix: [
          "write the id alone: the part after 'connections/' in the address of the connection's page"
        ],
        discriminator: "malformed \(file.path)", state)
    }
  }

  private static func mismatch(
    _ rows: [SettingsFile.LocatedRow], of entry: Declarations.Entry, in file: SettingsFile,
    _ state: State
  ) -> Finding? {
    guard let declared = entry.reference.connector, declared.isInternalID else { return nil }
    let wrong = rows.filter { $0.row.connector?.contradicts(declared) ?? false }
    guard let connector = wrong.first?.row.connector else { return nil }
    let name = entry.reference.name.spelling
    return finding(
      entry, rows: wrong.map { ($0.place, .otherConnector) },
      summary: "\(file.path) binds \(name) for \(connector.name), and it is for \(declared.name)",
      predicate: "are bound for another connector in \(file.path)",
      consequence: "the import refuses the row, or binds a connection that the flows cannot use",
      fix: ["write \(declared.name) and the id of such a connection into the row"],
      discriminator: "connector \(file.path)", state)
  }

  static func finding(
    _ entry: Declarations.Entry, rows: [(place: Place, state: AffectedRow.State)], summary: String,
    predicate: String, severity: Severity? = nil, remarks: [String] = [], consequence: String,
    fix: [FixStep],
    discriminator: String, _ state: State
  ) -> Finding {
    Finding(
      rule: id, severity: severity ?? state.conventions.severityBeforeRelease,
      confidence: .certain, solution: entry.instance.uniqueName, summary: summary,
      after: [Declaration(entry.reference)],
      rows: rows.map {
        AffectedRow(place: $0.place, reference: entry.reference.name, state: $0.state)
      }, remarks: remarks, consequence: consequence, fix: fix, discriminator: discriminator,
      theme: Theme("reference", predicate, fix: fix), focus: rows.first?.place)
  }
}

extension Connector {
  /// True for an id such as `shared_sharepointonline`; a token, or a custom connector's GUID alone,
  /// cannot be compared with one.
  var isInternalID: Bool {
    name.prefix(7).lowercased() == "shared_"
      && name.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
  }

  /// True where it can be compared with a declared connector, and is another one.
  func contradicts(_ declared: Connector) -> Bool { isInternalID && !isSame(as: declared) }
}
