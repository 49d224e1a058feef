package import Solution

/// A settings file, to which rows are added and from which rows are taken. Values, tokens, other
/// sections, their order and the way the file is written stay as they are, byte by byte.
package struct SettingsSheet: Sendable {
  package let lists: [SettingsList]
  let text: MappedText
  let tree: JSONTree
  let rows: SettingsRows?

  /// Fails for a file that is no JSON, and for one whose bindings are ambiguous: a key that
  /// occurs twice, an entry without a name.
  package init(_ file: [UInt8]) throws(Unreadable) {
    text = try MappedText(file)
    let placed = try PlacedRow.rows(in: file)
    tree = try JSONTree(text.bytes)
    rows = placed.map { [text, tree] in SettingsRows($0, of: text, tree) }
    lists = SettingsList.all(in: tree, of: text, rows: placed ?? [])
    if let doubt { throw doubt }
  }

  /// Of the file after these edits; fails where they do not fit together.
  package static func edited(
    _ file: [UInt8], by edits: [ByteEdit]
  ) throws(Unreadable) -> (file: [UInt8], sheet: SettingsSheet) {
    guard let edited = edits.applied(to: file) else {
      throw Unreadable("cannot be changed: two changes concern the same bytes")
    }
    return (edited, try SettingsSheet(edited))
  }

  /// The edits that take every row of these references out of a list.
  package func removing(_ names: Set<LogicalName>, from list: SettingsList) -> [ByteEdit] {
    rows?.removing(list.rows.filter { names.contains($0.row.reference) }) ?? []
  }

  /// The edit that gives a row a connection id; nil where the row has no place for one, or where the id
  /// would not be plain text in JSON.
  package func binding(_ row: PlacedRow, to id: String) -> ByteEdit? {
    let isPlain = id.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    guard isPlain, let range = row.connection else { return nil }
    return text.replacing(range, with: id)
  }

  /// The first ambiguity of the file, with its place.
  private var doubt: Unreadable? {
    for list in lists {
      let holders = list.holder.members.filter { isBindings($0.key) }
      if holders.count > 1, let second = holders.last {
        return unreadable(
          second.range.lowerBound,
          "has '\(second.key)' a second time in one object, and readers take the last alone")
      }
      let named = Set(list.rows.map(\.entry))
      for entry in list.entries {
        let keys = entry.value.members.map { $0.key.lowercased() }
        var seen: Set<String> = []
        if let twice = keys.indices.first(where: { !seen.insert(keys[$0]).inserted }),
          RowStyle.Part(key: keys[twice], in: list.shape) != nil
        {
          return unreadable(
            entry.value.members[twice].range.lowerBound,
            "has a row with '\(entry.value.members[twice].key)' a second time")
        }
        if list.shape == .listed, !named.contains(entry.range) {
          return unreadable(entry.range.lowerBound, "has an entry without LogicalName")
        }
      }
    }
    return nil
  }

  private func isBindings(_ key: String) -> Bool { key.lowercased() == "connectionreferences" }

  private func unreadable(_ offset: Int, _ message: String) -> Unreadable {
    let line = 1 + text.bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
    return Unreadable(line: line, message)
  }
}
