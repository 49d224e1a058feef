/// A line of `UserSettings`, which ALM Accelerator keeps for each environment and from which its
/// pipelines make the deployment settings and the variables of the pipeline.
///
/// `{"UserSettings": [{"Name": "connectionreference.<logical name>", "Value": "<connection id>"}]}`.
/// With `connectionreference.user.<logical name>` the value is the connection's owner; what it is with
/// `connectionreference.shared.<logical name>` is not read. Other lines (`environmentvariable.…`,
/// `owner.ownerEmail.…`) concern no reference. A reference mostly has two lines, and each is a row:
/// either is stale when the reference is removed.
///
/// Source: `update-deployment-settings.ps1` of the ALM Accelerator's pipelines, which compares the
/// prefix without regard to letter case.
struct UserSetting {
  private static let prefix = "connectionreference."
  private static let owner = "user."
  private static let shared = "shared."

  let row: SettingsRow

  /// Nil for a line that concerns no reference.
  init?(name: String, value: String?, line: Int, list: Int) {
    guard var rest = Self.remainder(of: name[...], after: Self.prefix) else { return nil }
    var connection = value
    var owner: String?
    if let user = Self.remainder(of: rest, after: Self.owner) {
      (rest, connection, owner) = (user, nil, value)
    } else if let shared = Self.remainder(of: rest, after: Self.shared) {
      (rest, connection) = (shared, nil)
    }
    guard DeploymentSettings.isLogicalName(String(rest)) else { return nil }
    row = SettingsRow(
      reference: LogicalName(String(rest)), connectionID: connection, connector: nil, owner: owner,
      line: line, list: list)
  }

  /// Asked of a file that has a key `UserSettings`, before it is parsed.
  static func isMentioned(in file: [UInt8]) -> Bool {
    mentions("\"\(prefix)", in: file) || mentions("\"ConnectionReference.", in: file)
      || mentions("\"connectionReference.", in: file)
  }

  private static func remainder(of text: Substring, after prefix: String) -> Substring? {
    text.prefix(prefix.count).lowercased() == prefix ? text.dropFirst(prefix.count) : nil
  }
}

extension DeploymentSettings {
  mutating func readUserSettings(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    lists += 1
    try reader.enterArray()
    while try reader.nextElement() {
      guard let start = try reader.enterObjectIfAny() else { continue }
      var name: JSONString?
      var value: JSONString?
      while let key = try reader.nextKey() {
        if reader.isEqualIgnoringCase(key, "name") {
          name = try reader.stringIfAny()
        } else if reader.isEqualIgnoringCase(key, "value") {
          value = try reader.stringIfAny()
        } else {
          try reader.skip()
        }
      }
      guard let name else { continue }
      let line = lines.line(at: name.range.lowerBound)
      let setting = UserSetting(
        name: reader.value(of: name), value: value.map(reader.value), line: line,
        list: lists - 1)
      guard let row = setting?.row else { continue }
      // No writer escapes a letter of the prefix.
      let prefix = reader.value(of: name).utf8.count - row.reference.spelling.utf8.count
      placedRows.append(
        PlacedRow(
          row: row, shape: .userSetting, entry: start..<reader.position,
          name: (name.range.lowerBound + prefix)..<name.range.upperBound,
          connection: row.owner == nil ? value?.range : nil, connector: nil,
          owner: row.owner == nil ? nil : value?.range))
    }
  }
}
