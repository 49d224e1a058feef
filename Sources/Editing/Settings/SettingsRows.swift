package import Solution

/// The rows of a settings file, to be renamed, added and taken out. Values, tokens, other sections, their
/// order and the way the file is written stay as they are.
package struct SettingsRows: Sendable {
  package let rows: [PlacedRow]
  let text: MappedText
  private let tree: JSONTree

  /// Nil for JSON of another kind. Fails only for a file that looks like settings.
  package init?(_ file: [UInt8]) throws(Unreadable) {
    guard let rows = try PlacedRow.rows(in: file) else { return nil }
    let text = try MappedText(file)
    self.init(rows, of: text, try JSONTree(text.bytes))
  }

  /// The same of a file that was parsed already.
  init(_ rows: [PlacedRow], of text: MappedText, _ tree: JSONTree) {
    self.rows = rows
    self.text = text
    self.tree = tree
  }

  /// The rows that bind `name`, in any letter case.
  package func rows(binding name: LogicalName) -> [PlacedRow] {
    rows.filter { $0.row.reference == name }
  }

  /// The rows of one list with one purpose: a reference has at most one of them.
  package struct Slot: Hashable, Sendable {
    fileprivate let list: Int
    fileprivate let isOwner: Bool

    /// True for slots of one list.
    package func isBeside(_ other: Slot) -> Bool { list == other.list }
  }

  /// The list and purpose of a row. A home-made file may hold a list for each environment, and
  /// `UserSettings` has a line for the connection and one for its owner.
  package func slot(of row: PlacedRow) -> Slot {
    var list = 0
    tree.visit { container in
      if container.entryRanges.contains(row.entry) { list = container.range.lowerBound }
    }
    return Slot(
      list: list, isOwner: row.shape == .userSetting && row.row.owner != nil)
  }

  /// The edits that make a row bind `name`, also where a token holds the old name.
  ///
  /// - Parameter connector: of `name`. The connection is emptied where the row's connector is another,
  ///   and kept where the row names none.
  package func renaming(
    _ row: PlacedRow, to name: LogicalName, connector: Connector?
  ) -> [ByteEdit] {
    var edits = [replacing(row.name, with: name.spelling)]
    if let connector, let own = row.row.connector, !own.isSame(as: connector) {
      if let connection = row.connection { edits.append(replacing(connection, with: "")) }
      if let path = row.connector {
        edits.append(replacing(path, with: connectorPath(in: row, connector)))
      }
      return edits
    }
    return edits + renamingTokens(in: row, from: row.row.reference, to: name)
  }

  /// The edits that write `name` in the place of another inside the tokens of a row.
  package func renamingTokens(
    in row: PlacedRow, from former: LogicalName, to name: LogicalName
  ) -> [ByteEdit] {
    tokens(in: row, holding: former).map { replacing($0, with: name.spelling) }
  }

  /// The edits that take rows out.
  package func removing(_ leaving: [PlacedRow]) -> [ByteEdit] {
    let leaving = Set(leaving.map(\.entry))
    var edits: [ByteEdit] = []
    tree.visit { container in
      let entries = container.entryRanges
      guard entries.contains(where: leaving.contains) else { return }
      guard let firstKept = entries.firstIndex(where: { !leaving.contains($0) }) else {
        edits.append(
          text.removing((container.range.lowerBound + 1)..<(container.range.upperBound - 1)))
        return
      }
      for (index, entry) in entries.enumerated() where leaving.contains(entry) {
        edits.append(
          text.removing(
            index < firstKept
              ? entry.lowerBound..<entries[index + 1].lowerBound
              : entries[index - 1].upperBound..<entry.upperBound))
      }
    }
    return edits
  }

  /// The edit that adds a row behind `model` and written as that is.
  ///
  /// - Parameter keepsConnection: the new row binds what the model binds. Otherwise it binds nothing,
  ///   unless the model's value is a token that holds its own name: then it is the same of the new name.
  package func adding(
    _ name: LogicalName, connector: Connector?, like model: PlacedRow, keepsConnection: Bool = false
  ) -> ByteEdit {
    let former = model.row.reference
    var parts = [(model.name, name.spelling)]
    for value in [model.connection, model.owner].compactMap({ $0 }) {
      let tokens = self.tokens(in: value, holding: former)
      if tokens.isEmpty, keepsConnection { continue }
      parts += tokens.isEmpty ? [(value, "")] : tokens.map { ($0, name.spelling) }
    }
    if let path = model.connector {
      parts.append((path, connector.map { connectorPath(in: model, $0) } ?? ""))
    }
    var entry = ""
    var position = model.entry.lowerBound
    for (range, value) in parts.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      entry += text.string(position..<range.lowerBound) + Escaping.json.escaped(value)
      position = range.upperBound
    }
    entry += text.string(position..<model.entry.upperBound)
    return inserting(entry, behind: model)
  }

  /// The edit that puts a row of another version of the file behind `model`, as it was.
  package func adding(
    _ row: PlacedRow, of former: SettingsRows, behind model: PlacedRow
  ) -> ByteEdit {
    inserting(text.adopting(row.entry, of: former.text), behind: model)
  }

  private func inserting(_ entry: String, behind model: PlacedRow) -> ByteEdit {
    var start = model.entry.lowerBound
    while start > 0, isSpace(text.bytes[start - 1]) { start -= 1 }
    let space = text.string(start..<model.entry.lowerBound)
    return text.replacing(
      model.entry.upperBound..<model.entry.upperBound, with: "," + space + entry)
  }

  /// `range` is between quotes.
  private func replacing(_ range: Range<Int>, with value: String) -> ByteEdit {
    text.replacing(range, with: Escaping.json.escaped(value))
  }

  /// The path by which this file would name the connector.
  func connectorPath(in row: PlacedRow, _ connector: Connector) -> String {
    let path = row.connector.map(text.string) ?? ""
    let folder =
      path.lastIndex(of: "/").map { String(path[...$0]) } ?? Self.providerPath
    return folder + connector.name
  }

  static let providerPath = "/providers/Microsoft.PowerApps/apis/"

  private func tokens(in row: PlacedRow, holding name: LogicalName) -> [Range<Int>] {
    [row.connection, row.owner].compactMap { $0 }.flatMap { tokens(in: $0, holding: name) }
  }

  /// The places of `name` in a value, as a word of its own, or behind the last dot of one, as in
  /// `#{connectionreference.<name>}#`.
  private func tokens(in value: Range<Int>, holding name: LogicalName) -> [Range<Int>] {
    let wanted = Array(name.key.utf8)
    guard !wanted.isEmpty, wanted.count <= value.count else { return [] }
    return (value.lowerBound...(value.upperBound - wanted.count)).map {
      $0..<($0 + wanted.count)
    }.filter { range in
      guard LogicalName(text.string(range)) == name else { return false }
      let isStart =
        range.lowerBound == value.lowerBound
        || !Self.isPartOfName(text.bytes[range.lowerBound - 1])
        || text.bytes[range.lowerBound - 1] == UInt8(ascii: ".")
      let isEnd =
        range.upperBound == value.upperBound || !Self.isPartOfName(text.bytes[range.upperBound])
      return isStart && isEnd
    }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    byte | 0x20 &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
      || "_.-".utf8.contains(byte)
  }
}

extension JSONTree {
  /// The texts between the commas.
  fileprivate var entryRanges: [Range<Int>] {
    members.map(\.range) + elements.map(\.range)
  }
}
