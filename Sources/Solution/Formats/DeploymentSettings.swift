/// A deployment settings file (`pac solution create-settings`, ALM Accelerator), found by its shape:
/// no name is common to all.
///
/// `{"EnvironmentVariables": […], "ConnectionReferences": [{"LogicalName", "ConnectionId",
/// "ConnectorId"}]}`. The case of keys varies, ConnectionId may be missing or a token of a pipeline,
/// ALM Accelerator adds ConnectionOwner, newer tools add sections. The list may be at any depth:
/// home-made files hold one for each environment.
///
/// Two more shapes bind references and are read by files of their own: `UserSettings` of ALM
/// Accelerator (see `UserSetting`), and an object keyed by logical name in the list's place (see
/// `DeploymentSettings+Keyed`).
///
/// Source: 125 public files with 556 entries; Microsoft's "Prepopulate connection references and
/// environment variables".
struct DeploymentSettings: Sendable {
  /// With the place of each.
  var placedRows: [PlacedRow] = []
  var rows: [SettingsRow] { placedRows.map(\.row) }
  /// How many lists have begun.
  var lists = 0
  /// Entries without a name, among others that have one.
  private(set) var notes: [Unreadable] = []

  /// Nil for JSON of another kind. Fails only for a file that looks like settings.
  static func read(_ file: [UInt8]) throws(Unreadable) -> DeploymentSettings? {
    let isUTF16 = file.starts(with: [0xFF, 0xFE]) || file.starts(with: [0xFE, 0xFF])
    guard isUTF16 || looksLikeSettings(file) else { return nil }
    do {
      let text = try Text(file)
      guard !isUTF16 || looksLikeSettings(text.bytes) else { return nil }
      var settings = DeploymentSettings()
      var lines = LineCounter(text.bytes)
      var reader = JSONReader(text.bytes)
      try settings.search(&reader, &lines)
      try reader.finish()
      return settings.isSettings ? settings : nil
    } catch {
      // UTF-16 that cannot be decoded cannot be searched for the words either.
      if isUTF16 { return nil }
      throw Misplaced.reason(in: file) ?? error
    }
  }

  /// Why a file that should bind references is no JSON; nil where it is.
  static func fault(in file: [UInt8]) -> Unreadable? {
    do {
      var reader = JSONReader(try Text(file).bytes)
      try reader.skip()
      try reader.finish()
      return nil
    } catch {
      return Misplaced.reason(in: file) ?? error
    }
  }

  /// True for a file that could bind references and binds none: an object with nothing in it, or with the
  /// sections of a settings file. It can be read.
  static func hasRoomForRows(_ file: [UInt8]) -> Bool {
    do throws(Unreadable) {
      var reader = JSONReader(try Text(file).bytes)
      guard reader.kind() == .object else { return false }
      try reader.enterObject()
      var isEmpty = true
      while let key = try reader.nextKey() {
        isEmpty = false
        let sections = ["environmentvariables", "connectionreferences", "usersettings"]
        if sections.contains(where: { reader.isEqualIgnoringCase(key, $0) }) { return true }
        try reader.skip()
      }
      return isEmpty
    } catch {
      return false
    }
  }

  private var hasEmptyList = false
  private var hasVariables = false

  /// A list without entries is distinguished from others of that name by the keys beside it.
  private var isSettings: Bool { !placedRows.isEmpty || (hasEmptyList && hasVariables) }

  mutating func search(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    switch reader.kind() {
    case .object:
      try reader.enterObject()
      while let key = try reader.nextKey() {
        if reader.kind() == .array, reader.isEqualIgnoringCase(key, "connectionreferences") {
          try readRows(&reader, &lines)
        } else if reader.kind() == .object,
          reader.isEqualIgnoringCase(key, "connectionreferences")
        {
          try readKeyedRows(&reader, &lines)
        } else if reader.kind() == .array, reader.isEqualIgnoringCase(key, "usersettings") {
          try readUserSettings(&reader, &lines)
        } else {
          if reader.isEqualIgnoringCase(key, "environmentvariables") { hasVariables = true }
          try search(&reader, &lines)
        }
      }
    case .array:
      try reader.enterArray()
      while try reader.nextElement() { try search(&reader, &lines) }
    default:
      try reader.skip()
    }
  }

  private mutating func readRows(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    var found: [PlacedRow] = []
    var unnamed: [Unreadable] = []
    var isEmpty = true
    lists += 1
    try reader.enterArray()
    while try reader.nextElement() {
      isEmpty = false
      guard let start = try reader.enterObjectIfAny() else { continue }
      if let row = try readRow(from: start, &reader, &lines) {
        found.append(row)
      } else {
        unnamed.append(
          Unreadable(line: lines.line(at: start), "has an entry without LogicalName, skipped"))
      }
    }
    if isEmpty { hasEmptyList = true }
    placedRows += found
    if !found.isEmpty { notes += unnamed }
  }

  private mutating func readRow(
    from start: Int, _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) -> PlacedRow? {
    var name: JSONString?
    var values = RowValues()
    while let key = try reader.nextKey() {
      guard let value = try reader.stringIfAny() else { continue }
      if reader.isEqualIgnoringCase(key, "logicalname") {
        name = value.range.isEmpty ? nil : value
      } else {
        values.take(value, of: key, reader)
      }
    }
    return name.map {
      values.row(
        named: $0, shape: .listed, entry: start..<reader.position,
        line: lines.line(at: $0.range.lowerBound), list: lists - 1, reader)
    }
  }
}

extension Reading {
  /// The settings files directly in `folder`.
  mutating func settings(in folder: PlacedFolder) -> [SettingsFile] {
    var found: [SettingsFile] = []
    // The answer of a script may be either; its name does not show it.
    let exports = folder.files(.export).filter { $0.path.lowercased().hasSuffix(".json") }
    for file in folder.files(.settingsCandidate) + folder.files(.unpackedApp) + exports {
      switch caches.settings.fragment(of: file.file, from: tree) {
      case .success(let settings?):
        found.append(SettingsFile(path: file.path, rows: settings.rows))
        problems += settings.notes.map { Problem($0, in: file, hidesContent: false) }
      case .success(nil): break
      case .failure(let reason):
        // Whether a link or a huge file is a settings file is not known, and most are not.
        problems.append(Problem(reason, in: file, hidesContent: reason.line != nil))
      }
    }
    return found
  }
}

/// A scan of the bytes, so that a repository's other JSON is never parsed and never complained of.
private func looksLikeSettings(_ bytes: [UInt8]) -> Bool {
  let span = bytes.span
  guard connectionReferences.finds(in: span) else {
    return userSettings.finds(in: span) && UserSetting.isMentioned(in: bytes)
  }
  return logicalName.finds(in: span) || environmentVariables.finds(in: span)
    || connectorID.finds(in: span) || connectionID.finds(in: span)
}

private let connectionReferences = QuotedWordSearch("connectionreferences")
private let logicalName = QuotedWordSearch("logicalname")
private let environmentVariables = QuotedWordSearch("environmentvariables")
private let connectorID = QuotedWordSearch("connectorid")
private let connectionID = QuotedWordSearch("connectionid")
private let userSettings = QuotedWordSearch("usersettings")
