package import Solution

/// A reference that a settings file is to bind.
package struct NewRow: Hashable, Sendable {
  package let name: LogicalName
  package let displayName: String?
  /// With the id that the connector has in the file's environment.
  package let connector: Connector

  package init(name: LogicalName, displayName: String?, connector: Connector) {
    self.name = name
    self.displayName = displayName
    self.connector = connector
  }
}

/// How a list that has no row yet gets its first ones.
package enum SettingsShape: String, Sendable, CaseIterable {
  /// As `pac solution create-settings` writes them: the connection is left empty.
  case pac
  /// As ALM Accelerator writes them: the connection and its owner are tokens that its pipelines
  /// replace.
  case almAccelerator = "alm-accelerator"

  /// A token; nil where the connection is left empty.
  func connection(of name: LogicalName) -> String? {
    self == .pac ? nil : "#{connectionreference.\(name)}#"
  }

  /// A token; nil where rows name no owner.
  func owner(of name: LogicalName) -> String? {
    self == .pac ? nil : "#{connectionreference.user.\(name)}#"
  }
}

extension SettingsSheet {
  /// The edits that add rows to a list, written as its rows are: behind the last one, or each at its
  /// place where the rows are in order. None of them binds a connection, unless every row has a token
  /// made of its own name: then the new one has it too.
  ///
  /// - Parameter shape: for a list without a row; nil for what the rest of the file suggests.
  package func adding(
    _ new: [NewRow], to list: SettingsList, shape: SettingsShape? = nil
  ) -> [ByteEdit] {
    guard !new.isEmpty else { return [] }
    guard let order = RowOrder(list, in: text) else { return filling(list, with: new, shape) }
    let flag = flag(in: list)
    return order.sorted(new).map { row in
      let place = order.place(of: row.name)
      let model = order.model(near: place, in: list)
      let entries = model.map { index, model in
        let entry = list.entries[index]
        return RowStyle(of: entry, list.shape, in: text).text(
          row.name.spelling,
          list.shape == .userSetting
            ? userSetting(of: row, in: list, like: model, entry.value, flag: flag)
            : values(of: row, in: list, like: model))
      }
      return inserting(entries, at: place, in: list)
    }
  }

  /// The token that a new row gets for its connection; nil where it gets none.
  ///
  /// - Parameter list: nil for one that is still to be added.
  package func token(
    for name: LogicalName, in list: SettingsList?, shape: SettingsShape? = nil
  ) -> String? {
    if let list, !list.rows.isEmpty { return list.connectionToken?.text(name) }
    return (shape ?? suggestedShape(list?.holder ?? tree)).connection(of: name)
  }

  private func values(
    of row: NewRow, in list: SettingsList, like model: PlacedRow
  ) -> [RowStyle.Part: String] {
    var values: [RowStyle.Part: String] = [
      .name: row.name.spelling,
      .connection: token(for: row.name, in: list) ?? "",
      .connector: rows?.connectorPath(in: model, row.connector) ?? "",
      .owner: list.ownerToken?.text(row.name) ?? "",
    ]
    values[.displayName] = row.displayName
    return values
  }

  /// One of the lines that ALM Accelerator has for a reference.
  private func userSetting(
    of row: NewRow, in list: SettingsList, like model: PlacedRow, _ object: JSONTree, flag: String
  ) -> [RowStyle.Part: String] {
    let name = object.members.first { RowStyle.Part(key: $0.key, in: list.shape) == .name }
    let start = name?.value.string?.range.lowerBound ?? model.name.lowerBound
    return [
      .name: text.string(start..<model.name.lowerBound) + row.name.spelling,
      .connection: isFlag(model) ? flag : "",
      .connector: rows?.connectorPath(in: model, row.connector) ?? "",
    ]
  }

  /// True for `connectionreference.shared.<name>`, whose value is no connection.
  private func isFlag(_ row: PlacedRow) -> Bool {
    row.row.connectionID == nil && row.row.owner == nil && row.connection != nil
  }

  /// The common value of all flags of a list; empty where they differ.
  private func flag(in list: SettingsList) -> String {
    let values = Set(list.rows.filter(isFlag).compactMap { $0.connection.map(text.string) })
    return values.count == 1 ? values.first ?? "" : ""
  }

  private func inserting(
    _ entries: [String], at place: RowOrder.Place, in list: SettingsList
  ) -> ByteEdit {
    let separator = separator(near: place.entry, in: list)
    let all = entries.joined(separator: separator)
    let entry = list.entries[place.entry].range
    return place.isBefore
      ? text.replacing(entry.lowerBound..<entry.lowerBound, with: all + separator)
      : text.replacing(entry.upperBound..<entry.upperBound, with: separator + all)
  }

  /// The text between two entries of this list, comma included.
  private func separator(near index: Int, in list: SettingsList) -> String {
    let entries = list.entries
    if index + 1 < entries.count {
      return text.string(entries[index].range.upperBound..<entries[index + 1].range.lowerBound)
    }
    if index > 0 {
      return text.string(entries[index - 1].range.upperBound..<entries[index].range.lowerBound)
    }
    let inside = list.container.inside
    return "," + text.string(inside.lowerBound..<entries[index].range.lowerBound)
  }
}

/// A value that every row of a list has around its own name: `#{connectionreference.<name>}#`.
struct RowToken: Sendable {
  private let before: String
  private let after: String

  /// Nil where the rows differ, or hold no token.
  init?(_ rows: [PlacedRow], _ value: (PlacedRow) -> String?) {
    var found: (String, String)?
    for row in rows {
      guard let value = value(row), !value.isEmpty else { continue }
      let name = row.row.reference.spelling
      guard let range = value.ranges(of: name).last else { return nil }
      let parts = (String(value[..<range.lowerBound]), String(value[range.upperBound...]))
      guard parts.0.contains(where: { "#{($%_[<".contains($0) }), found.map({ $0 == parts }) ?? true
      else { return nil }
      found = parts
    }
    guard let found else { return nil }
    (before, after) = found
  }

  func text(_ name: LogicalName) -> String { before + name.spelling + after }
}
