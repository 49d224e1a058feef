import Platform
package import Solution

/// A list of a settings file, into which rows go: most files have one, home-made ones one for each
/// environment or solution.
package struct SettingsList: Sendable {
  package let shape: PlacedRow.Shape
  /// The keys on the way to the list from the root of the file, outermost first, and what ALM
  /// Accelerator calls the environment beside it.
  package let labels: [String]
  /// In the order of the file.
  package let rows: [PlacedRow]
  /// The array or the object whose entries the rows are.
  let container: JSONTree
  /// The object that has the list as one of its members.
  let holder: JSONTree
  /// The texts between the commas.
  let entries: [JSONTree.Entry]
  /// The text around the row's own name in the connection's place; nil where rows differ.
  let connectionToken: RowToken?
  /// The same in the place of the connection's owner.
  let ownerToken: RowToken?

  init(
    shape: PlacedRow.Shape, labels: [String], rows: [PlacedRow], container: JSONTree,
    holder: JSONTree
  ) {
    self.shape = shape
    self.labels = labels
    self.rows = rows
    self.container = container
    self.holder = holder
    entries = container.entries
    connectionToken = RowToken(rows, \.row.connectionID)
    ownerToken = RowToken(rows, \.row.owner)
  }

  /// The member of the holder that is the list.
  var member: JSONTree.Member? { holder.members.first { $0.value.range == container.range } }

  /// All lists of a file that hold one of `rows`, and those without entries that are a settings file's
  /// by the keys beside them.
  static func all(in tree: JSONTree, of text: MappedText, rows: [PlacedRow]) -> [SettingsList] {
    var search = Search(
      text: text,
      rows: rows.keyed(by: \.entry))
    search.visit(tree, [])
    return search.lists
  }

  private struct Search {
    let text: MappedText
    let rows: [Range<Int>: PlacedRow]
    var lists: [SettingsList] = []

    mutating func visit(_ tree: JSONTree, _ labels: [String]) {
      for element in tree.elements { visit(element, labels) }
      for member in tree.members {
        let rows = member.value.entries.compactMap { self.rows[$0.range] }
        let isEmptyList =
          member.key.lowercased() == "connectionreferences" && member.value.isEmptyArray
          && tree.members.contains { $0.key.lowercased() == "environmentvariables" }
        guard !rows.isEmpty || isEmptyList else {
          visit(member.value, labels + [member.key])
          continue
        }
        lists.append(
          SettingsList(
            shape: rows.first?.shape ?? .listed, labels: labels + environmentNames(beside: tree),
            rows: rows, container: member.value, holder: tree))
        // A list may be deeper, below a key that is no logical name.
        for inner in member.value.members where self.rows[inner.range] == nil {
          visit(inner.value, labels + [inner.key])
        }
      }
    }

    private func environmentNames(beside tree: JSONTree) -> [String] {
      tree.members.filter { $0.key.lowercased() == "deploymentenvironmentname" }
        .compactMap { $0.value.string.map { text.value(of: $0) } }
    }
  }
}

extension JSONTree {
  /// A member of an object or an element of an array.
  struct Entry: Sendable {
    /// From the key, where there is one.
    let range: Range<Int>
    let value: JSONTree
    /// From the closing quote of the key to the value; nil where there is no key.
    var colon: Range<Int>? {
      keyEnd.map { $0..<value.range.lowerBound }
    }
    fileprivate let keyEnd: Int?
  }

  var entries: [Entry] {
    members.map { Entry(range: $0.range, value: $0.value, keyEnd: $0.keyRange.upperBound + 1) }
      + elements.map { Entry(range: $0.range, value: $0, keyEnd: nil) }
  }

  /// Between the brackets.
  var inside: Range<Int> { (range.lowerBound + 1)..<(range.upperBound - 1) }

  fileprivate var isEmptyArray: Bool {
    if case .array(let elements) = content { elements.isEmpty } else { false }
  }
}

extension MappedText {
  /// The value of a JSON string, escapes resolved.
  func value(of string: JSONString) -> String {
    let inner = inner(string.range, .json)
    return inner.string(0..<inner.bytes.count)
  }
}
