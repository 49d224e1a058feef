import Solution

/// The settings files of one environment: those that its patterns name, else each file by itself.
struct EnvironmentSettings: Sendable {
  struct PlacedRow: Sendable {
    let path: String
    let row: SettingsRow

    var place: Place { Place(path: path, line: row.line) }
  }

  /// What the files do for a reference.
  enum Binding: Hashable, Sendable {
    case bound
    /// With what a pipeline is to replace.
    case placeholder
    /// A row without a connection id.
    case empty
    /// No row at all.
    case missing
  }

  /// As the team calls it; nil for a file that no environment claims.
  let name: String?
  let files: [SettingsFile]
  private let rowsByReference: [LogicalName: [PlacedRow]]

  init(name: String?, files: [SettingsFile]) {
    self.name = name
    self.files = files
    var rows: [LogicalName: [PlacedRow]] = [:]
    for file in files {
      for row in file.rows {
        rows[row.reference, default: []].append(PlacedRow(path: file.path, row: row))
      }
    }
    rowsByReference = rows
  }

  /// The environments that `conventions` name, in their order; without any, each file is one.
  static func all(
    in settings: [SettingsFile], by conventions: Conventions
  ) -> [EnvironmentSettings] {
    guard !conventions.environments.isEmpty else {
      return settings.map { EnvironmentSettings(name: nil, files: [$0]) }
    }
    return conventions.environments.compactMap { environment in
      let files = settings.filter { file in
        environment.settings.contains { $0.matches(file.path) }
      }
      return files.isEmpty ? nil : EnvironmentSettings(name: environment.name, files: files)
    }
  }

  /// As a sentence names it.
  var title: String { name.map { "environment '\($0)'" } ?? files.first?.path ?? "" }

  /// All rows, by the order of files and lines.
  var rows: [PlacedRow] {
    files.flatMap { file in file.rows.map { PlacedRow(path: file.path, row: $0) } }
  }

  func rows(of reference: LogicalName) -> [PlacedRow] { rowsByReference[reference] ?? [] }

  func binding(of reference: LogicalName) -> Binding {
    let rows = rows(of: reference)
    guard !rows.isEmpty else { return .missing }
    let ids = rows.compactMap(\.row.boundID)
    if ids.contains(where: { !ConnectionID.isPlaceholder($0) }) { return .bound }
    return ids.isEmpty ? .empty : .placeholder
  }

  /// The last row by which the files bind a solution; nil where they do not.
  ///
  /// - Parameter scopes: of the files, in their order.
  func anchor(of instance: Instance, _ scopes: [SettingsScope]) -> PlacedRow? {
    let names = Set(instance.references.map(\.name))
    for (file, scope) in zip(files, scopes) where scope.holds(instance) {
      guard let last = file.rows.last(where: { names.contains($0.reference) }) else { continue }
      return PlacedRow(path: file.path, row: last)
    }
    return nil
  }
}

extension SettingsRow {
  /// The connection id, tokens included; nil where there is none.
  var boundID: String? {
    connectionID.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }
}

/// What stands in a row's ConnectionId.
enum ConnectionID {
  /// True for what is no connection yet: a token of a pipeline (`#{…}#`, `{{…}}`, `$(…)`, `%…%`,
  /// `__…__`), a word to replace (`[Dataverse]`, `REPLACE_ME`), the GUID of zeros. Connections have ids
  /// of 32 hexadecimal digits, of GUIDs, or `shared-<connector>-<guid>`: all hold a digit, and nothing
  /// but letters, digits and hyphens.
  static func isPlaceholder(_ id: String) -> Bool {
    let id = id.trimmed
    let isPlain = id.utf8.allSatisfy { byte in
      byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    guard isPlain, id.contains(where: \.isNumber) else { return true }
    return id.allSatisfy { $0 == "0" || $0 == "-" }
  }
}
