package import Solution

/// A YAML file in block style, of which items of a list or keys of a mapping are put back or taken out.
package struct YAMLList: Sendable {
  private let text: MappedText
  private let lines: [Line]

  private struct Line: Sendable {
    /// With the line feed before it, which the first line has not.
    let range: Range<Int>
    let entry: YAMLLines.Entry?
    /// Of the dash, else of the text; nil for an empty line and a comment.
    let indentation: Int?
    let isItem: Bool
  }

  package init(_ file: [UInt8]) throws(Unreadable) {
    text = try MappedText(file)
    var lines: [Line] = []
    var scan = YAMLLines()
    var start = 0
    for line in text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let entry = scan.entry(in: line)
      let rest = line.drop { $0 == UInt8(ascii: " ") }
      let isBlank = rest.allSatisfy { isSpace($0) } || rest.first == UInt8(ascii: "#")
      // A carriage return belongs to the line feed after it.
      var end = line.endIndex
      if line.last == UInt8(ascii: "\r") { end -= 1 }
      lines.append(
        Line(
          range: min(start, end)..<end, entry: entry,
          indentation: isBlank ? nil : rest.startIndex - line.startIndex,
          isItem: rest.first == UInt8(ascii: "-") && rest.dropFirst().first.map(isSpace) ?? true))
      start = end
    }
    self.lines = lines
  }

  /// The declarations of a cloned agent's list, by logical name in lower case.
  package var declarations: SiblingList? {
    items(below: "connectionReferences") { entry in
      entry.key.trimmingQuotes == "connectionReferenceLogicalName"
        ? entry.scalar?.lowercased() : nil
    }
  }

  /// The components of a solution, by path in lower case.
  package var components: SiblingList? {
    items(below: "Component") { entry in
      entry.key.trimmingQuotes == "@path" ? entry.scalar?.lowercased() : nil
    }
  }

  /// The entries of a manifest's missing dependencies, by the logical name in lower case of what is
  /// missing; by nothing where that is no reference.
  package var missingDependencies: SiblingList? {
    items(below: "MissingDependency") { entry in
      LogicalName.isNamed(by: entry.key.trimmingQuotes) ? entry.scalar?.lowercased() : nil
    }
  }

  /// The values of a declaration, by key.
  package var parts: SiblingList? {
    guard let (first, end) = block(below: "connectionreference") else { return nil }
    guard let indentation = lines[first..<end].compactMap(\.indentation).first else { return nil }
    return list(first..<end) { line in
      line.indentation == indentation ? line.entry.map { $0.key.trimmingQuotes } : nil
    }
  }

  /// The edit that gives the item of a reference in a cloned agent's list the connector that `former` has;
  /// nil where one of them has no such item, or none on a line of its own.
  package func restoringConnector(
    of name: LogicalName, from former: YAMLList, of formerName: LogicalName
  ) -> ByteEdit? {
    guard let own = connector(of: name), let other = former.connector(of: formerName) else {
      return nil
    }
    return text.replacing(own, with: former.text.string(other))
  }

  private func connector(of name: LogicalName) -> Range<Int>? {
    guard let block = declarations?.items.first(where: { $0.key == name.key })?.block else {
      return nil
    }
    return lines.lazy.filter { block.contains($0.range.lowerBound) }.compactMap(\.entry)
      .first { $0.key.trimmingQuotes == "connectorId" }?.scalarRange
  }

  /// The items of the list below `key`; nil where there is none, as for a single mapping.
  ///
  /// - Parameter name: the key of an item by one of its entries.
  private func items(below key: String, by name: (YAMLLines.Entry) -> String?) -> SiblingList? {
    guard let (first, end) = block(below: key) else { return nil }
    guard let head = lines[first..<end].first(where: { $0.indentation != nil }), head.isItem else {
      return nil
    }
    var keys: [Int: String] = [:]
    var item = first
    for index in first..<end {
      if lines[index].isItem, lines[index].indentation == head.indentation { item = index }
      if keys[item] == nil, let name = lines[index].entry.flatMap(name) { keys[item] = name }
    }
    var index = first - 1
    return list(first..<end) { line in
      index += 1
      return line.isItem && line.indentation == head.indentation ? keys[index] ?? "" : nil
    }
  }

  /// The lines that belong to a key, after its own.
  private func block(below key: String) -> (first: Int, end: Int)? {
    guard
      let head = lines.firstIndex(where: {
        $0.entry?.key.trimmingQuotes == key && $0.entry?.scalarRange == nil
      }), let indentation = lines[head].entry?.indentation
    else { return nil }
    let first = head + 1
    let end =
      lines[first...].firstIndex { line in
        guard let own = line.indentation else { return false }
        // A list may have the same indentation as its key.
        return own < indentation || (own == indentation && !line.isItem)
      } ?? lines.endIndex
    return first < end ? (first, end) : nil
  }

  /// `key` is asked of each line in order, and answers where an item begins.
  private func list(_ range: Range<Int>, by key: (Line) -> String?) -> SiblingList {
    var items: [(key: String, first: Int, last: Int)] = []
    for index in range {
      if let key = key(lines[index]) {
        items.append((key, index, index))
      } else if !items.isEmpty, lines[index].indentation != nil {
        items[items.count - 1].last = index
      }
    }
    return SiblingList(
      text: text,
      items: items.map {
        SiblingList.Item(
          key: $0.key,
          block: lines[$0.first].range.lowerBound..<lines[$0.last].range.upperBound)
      },
      start: lines[range.lowerBound - 1].range.upperBound, closing: 0..<0)
  }
}
