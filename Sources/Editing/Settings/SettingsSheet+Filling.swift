import Solution

/// The first rows of a list: no row shows how they are to be written.
extension SettingsSheet {
  func filling(
    _ list: SettingsList, with new: [NewRow], _ shape: SettingsShape?
  ) -> [ByteEdit] {
    let member = list.member
    let colon = member.map { text.string(($0.keyRange.upperBound + 1)..<$0.value.range.lowerBound) }
    let layout = layout(of: list.container, in: list.holder, colon: colon ?? ": ")
    return [
      text.replacing(
        list.container.inside,
        with: layout.list(rows(new, layout, shape ?? suggestedShape(list.holder))))
    ]
  }

  /// The edit that adds a list with these rows to a file that has environment variables alone; nil for
  /// any other file without a list.
  package func addingList(of new: [NewRow], shape: SettingsShape? = nil) -> ByteEdit? {
    guard lists.isEmpty, let last = tree.members.last,
      let variables = tree.members.last(where: {
        $0.key.lowercased() == "environmentvariables" && $0.value.isArray
      })
    else { return nil }
    let isLower = variables.key.first?.isLowercase == true
    let colon = text.string((variables.keyRange.upperBound + 1)..<variables.value.range.lowerBound)
    let layout = layout(of: variables.value, in: tree, colon: colon)
    let before = tree.members.dropLast().last?.range.upperBound
    let space = text.string(tree.inside.lowerBound..<last.range.lowerBound)
    let lead =
      before.map { text.string($0..<last.range.lowerBound) }
      ?? "," + (space.isEmpty && colon.hasSuffix(" ") ? " " : space)
    let key = isLower ? "connectionReferences" : "ConnectionReferences"
    let rows = rows(new, layout, shape ?? suggestedShape(tree))
    return text.replacing(
      last.range.upperBound..<last.range.upperBound,
      with: lead + "\"\(key)\"" + colon + "[" + layout.list(rows) + "]")
  }

  private func rows(_ new: [NewRow], _ layout: ListLayout, _ shape: SettingsShape) -> [String] {
    var parts: [(RowStyle.Part, key: String)] = [
      (.name, "LogicalName"), (.connection, "ConnectionId"), (.connector, "ConnectorId"),
    ]
    if shape == .almAccelerator { parts.append((.owner, "ConnectionOwner")) }
    let style = RowStyle(parts, as: layout.row)
    return new.sorted { $0.name < $1.name }.map { row in
      var values: [RowStyle.Part: String] = [
        .name: row.name.spelling, .connection: shape.connection(of: row.name) ?? "",
        .connector: SettingsRows.providerPath + row.connector.name,
      ]
      values[.owner] = shape.owner(of: row.name)
      return style.text(row.name.spelling, values)
    }
  }

  /// ALM Accelerator writes all its values as tokens.
  func suggestedShape(_ holder: JSONTree) -> SettingsShape {
    let variables = holder.members.first { $0.key.lowercased() == "environmentvariables" }
    let values = (variables?.value.elements ?? []).compactMap { element in
      element.members.first { $0.key.lowercased() == "value" }?.value.string
    }.map(text.value)
    return !values.isEmpty && values.allSatisfy { $0.hasPrefix("#{environmentvariable.") }
      ? .almAccelerator : .pac
  }

  /// As a list of objects beside it is written, else as the file is indented.
  private func layout(
    of list: JSONTree, in holder: JSONTree, colon: String
  ) -> ListLayout {
    let siblings = holder.members.map(\.value)
    if let model = siblings.first(where: { $0.elements.first?.members.isEmpty == false }),
      let copied = ListLayout(of: model, in: text)
    {
      return copied
    }
    let outer = text.string(holder.range)
    guard outer.utf8.contains(UInt8(ascii: "\n")) else { return ListLayout(onOneLineWith: colon) }
    let lineEnding = text.lineEnding ?? "\n"
    let inside = text.string(list.inside)
    let own =
      inside.lastIndex(where: \.isNewline).map { String(inside[inside.index(after: $0)...]) }
      ?? indentation(at: list.range.lowerBound)
    let first = holder.members.first.map { indentation(at: $0.range.lowerBound) } ?? "  "
    let base = indentation(at: holder.range.upperBound - 1)
    let unit = first.hasPrefix(base) && first != base ? String(first.dropFirst(base.count)) : "  "
    return ListLayout(own: own, unit: unit, lineEnding: lineEnding, colon: colon)
  }

  /// The white space with which the line begins that holds this offset.
  private func indentation(at offset: Int) -> String {
    var start = offset
    while start > 0, text.bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = start
    while end < offset, text.bytes[end] == 0x20 || text.bytes[end] == 0x09 { end += 1 }
    return text.string(start..<end)
  }
}

/// White space of a list that is written where none is to be copied.
private struct ListLayout {
  private let opening: String
  private let separator: String
  private let closing: String
  let row: RowLayout

  /// Nil for a list that holds no object with a member.
  init?(of list: JSONTree, in text: MappedText) {
    guard let first = list.elements.first, let last = list.elements.last,
      let head = first.members.first, let tail = first.members.last
    else { return nil }
    opening = text.string(list.inside.lowerBound..<first.range.lowerBound)
    closing = text.string(last.range.upperBound..<list.inside.upperBound)
    let second = list.elements.dropFirst().first
    separator =
      second.map { text.string(first.range.upperBound..<$0.range.lowerBound) } ?? "," + opening
    let firstLead = text.string(first.inside.lowerBound..<head.range.lowerBound)
    let next = first.members.dropFirst().first
    row = RowLayout(
      firstLead: firstLead,
      lead: next.map { text.string(head.range.upperBound..<$0.range.lowerBound) }
        ?? "," + firstLead,
      lastTrail: text.string(tail.range.upperBound..<first.inside.upperBound),
      colon: text.string((head.keyRange.upperBound + 1)..<head.value.range.lowerBound))
  }

  /// In a file that is one line.
  init(onOneLineWith colon: String) {
    let space = colon.hasSuffix(" ") ? " " : ""
    (opening, separator, closing) = ("", "," + space, "")
    row = RowLayout(firstLead: "", lead: "," + space, lastTrail: "", colon: colon)
  }

  /// - Parameter own: the indentation of the list's closing bracket.
  init(own: String, unit: String, lineEnding: String, colon: String) {
    let ofRow = lineEnding + own + unit
    (opening, separator, closing) = (ofRow, "," + ofRow, lineEnding + own)
    row = RowLayout(
      firstLead: ofRow + unit, lead: "," + ofRow + unit, lastTrail: ofRow, colon: colon)
  }

  /// The text between the brackets.
  func list(_ rows: [String]) -> String { opening + rows.joined(separator: separator) + closing }
}

extension JSONTree {
  fileprivate var isArray: Bool { if case .array = content { true } else { false } }
}
