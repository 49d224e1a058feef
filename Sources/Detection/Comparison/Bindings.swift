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
    guard !declarations.declaresNow(reference), !isExternal(reference) else { return [] }
    return settings.flatMap { file in
      file.rows.filter { $0.reference == reference || $0.namesInToken.contains(reference) }.map {
        AffectedRow(
          place: Place(path: file.path, line: $0.line), reference: reference, state: .stale)
      }
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
