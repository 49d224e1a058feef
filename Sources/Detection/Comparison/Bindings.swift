import Solution

/// What the settings files of a snapshot bind, held against what it declares.
struct Bindings: Sendable {
  private let settings: [SettingsFile]
  private let declarations: Declarations
  private let instances: [Instance]

  init(_ snapshot: Snapshot, _ declarations: Declarations) {
    settings = snapshot.settings
    self.declarations = declarations
    instances = snapshot.instances
  }

  /// Rows that bind `reference`, or hold its name inside a token. None while something still declares
  /// it, or a manifest still expects it from elsewhere.
  func staleRows(naming reference: LogicalName) -> [AffectedRow] {
    guard !declarations.declares(reference), !isExternal(reference) else { return [] }
    return settings.flatMap { file in
      file.rows.filter { $0.reference == reference || $0.namesInToken.contains(reference) }.map {
        AffectedRow(
          place: Place(path: file.path, line: $0.line), reference: reference, state: .stale)
      }
    }
  }

  /// Files of the solution in `folder` that bind one of `siblings` and have no row for `reference`. One
  /// with a row for a predecessor is not among them: that row is to be renamed.
  func missingRows(
    for reference: LogicalName, in folder: String, siblings: Set<LogicalName>,
    predecessors: [LogicalName]
  ) -> [AffectedRow] {
    settings.compactMap { file in
      guard !file.rows.contains(where: { $0.reference == reference }),
        let last = file.rows.last(where: { siblings.contains($0.reference) }),
        !predecessors.contains(where: { name in
          file.rows.contains { $0.reference == name || $0.namesInToken.contains(name) }
        }), belongs(file.path, to: folder)
      else { return nil }
      return AffectedRow(
        place: Place(path: file.path, line: last.line), reference: reference, state: .missing)
    }
  }

  /// True where anything in the snapshot declares, expects or uses `reference`.
  func isKnown(_ reference: LogicalName) -> Bool {
    declarations.declares(reference) || isExternal(reference)
      || !declarations.consumers(naming: reference).isEmpty
  }

  private func isExternal(_ reference: LogicalName) -> Bool {
    instances.contains { $0.externals.contains { $0.name == reference } }
  }

  /// A file that lies nearer to another solution is that one's, though a row may be shared.
  func belongs(_ path: String, to folder: String) -> Bool {
    let parts = path.split(separator: "/").dropLast()
    func common(_ folder: [Substring]) -> Int { zip(parts, folder).prefix { $0 == $1 }.count }
    let own = common(folder.split(separator: "/"))
    return instances.allSatisfy { common($0.folder.split(separator: "/")) <= own }
  }

  /// Rows that write `reference` in another letter case.
  func recasedRows(of reference: LogicalName) -> [AffectedRow] {
    settings.flatMap { file in
      file.rows.filter { $0.reference.differsByCaseAlone(from: reference) }.map {
        AffectedRow(
          place: Place(path: file.path, line: $0.line), reference: $0.reference, state: .stale)
      }
    }
  }
}
