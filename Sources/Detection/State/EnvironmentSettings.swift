import Solution

/// The settings files of one environment: those that its patterns name, else each file by itself.
struct EnvironmentSettings: Sendable {
  typealias LocatedRow = SettingsFile.LocatedRow

  /// How the files bind a reference.
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
  /// True for a file that its name calls a model for others, and that binds nothing itself: no environment
  /// is imported with it.
  let isTemplate: Bool
  private let rowsByReference: [LogicalName: [LocatedRow]]

  init(name: String?, files: [SettingsFile]) {
    self.name = name
    self.files = files
    rowsByReference = files.rowsByReference
    isTemplate =
      name == nil && files.allSatisfy { EnvironmentWord.namesTemplate($0.path) }
      && !files.contains { file in
        file.rows.contains { $0.boundID.map { ConnectionID($0) != .placeholder } ?? false }
      }
  }

  /// The environments that `conventions` name, in their order; without any, each file is one.
  static func all(
    in settings: [SettingsFile], by conventions: Conventions
  ) -> [EnvironmentSettings] {
    guard !conventions.environments.isEmpty else {
      return settings.map { EnvironmentSettings(name: nil, files: [$0]) }
    }
    return conventions.environments.compactMap { environment in
      let files = settings.filter { environment.claims($0.path) }
      return files.isEmpty ? nil : EnvironmentSettings(name: environment.name, files: files)
    }
  }

  /// The name that distinguishes it from other environments: the configuration's, else the word for
  /// an environment in its path; nil where neither has one.
  var identity: String? {
    name?.lowercased() ?? files.first.flatMap { EnvironmentWord(path: $0.path)?.word }
  }

  /// As a sentence names it.
  var title: String { name.map { "environment '\($0)'" } ?? files.first?.path ?? "" }

  /// All rows, by the order of files and lines.
  var rows: [LocatedRow] { files.flatMap(\.locatedRows) }

  func rows(of reference: LogicalName) -> [LocatedRow] { rowsByReference[reference] ?? [] }

  func binding(of reference: LogicalName) -> Binding {
    let rows = rows(of: reference)
    guard !rows.isEmpty else { return .missing }
    let ids = rows.compactMap(\.row.boundID)
    if ids.contains(where: { ConnectionID($0) != .placeholder }) { return .bound }
    return ids.isEmpty ? .empty : .placeholder
  }

  /// Why the environment is to bind a solution, and the row beside which another one belongs; nil
  /// where it is not to.
  func anchor(of instance: Instance, _ owners: SettingsOwners) -> Anchor? {
    let claims = files.compactMap { file in
      owners.claim(of: instance, on: file.path).map { (file: file, claim: $0) }
    }
    guard let strongest = claims.max(by: { $0.claim < $1.claim }) else { return nil }
    let file = strongest.file
    return Anchor(
      claim: strongest.claim,
      place: Place(path: file.path, line: owners.anchor(for: instance, in: file)))
  }

  /// The place for a row of a solution.
  struct Anchor: Sendable {
    let claim: SettingsOwners.Claim
    let place: Place
  }
}

extension SettingsRow {
  /// The connection id, tokens included; nil where there is none.
  var boundID: String? {
    guard let connectionID, let first = connectionID.utf8.first else { return nil }
    // Characters are looked up in tables of Unicode; those of an id need not be.
    let isText = first > UInt8(ascii: " ") && first < 0x7F
    return isText || !connectionID.allSatisfy(\.isWhitespace) ? connectionID : nil
  }

  /// True where the row has a connection id, or a token that a pipeline replaces by one. A path, an address or
  /// the name of the reference binds nothing.
  package var bindsConnection: Bool {
    boundID.map { ConnectionID($0).instead == nil && !isOwnName($0) } ?? false
  }

  /// True for the name of the row's reference in place of a connection id.
  func isOwnName(_ id: String) -> Bool {
    let id = id.trimmingSpace
    return id.utf8.count == reference.spelling.utf8.count && LogicalName(id) == reference
  }
}
