package import Solution

/// A file of XML, of which elements are put back or taken out.
package struct XMLSection: Sendable {
  private let text: MappedText
  private let tree: XMLTree

  package init(_ file: [UInt8]) throws(Unreadable) {
    text = try MappedText(file)
    tree = try XMLTree(text, of: file)
  }

  /// The declarations, by logical name in lower case; nil where the file has no open section for them.
  package var declarations: SiblingList? {
    guard let section = tree.root.child(Self.section), let content = section.content else {
      return nil
    }
    return list(in: section, content) { key(of: $0) }
  }

  /// The values of a declaration, by the name of the element.
  package func parts(of name: LogicalName) -> SiblingList? {
    let declarations = (tree.root.child(Self.section)?.children ?? []) + [tree.root]
    guard let declaration = declarations.first(where: { key(of: $0) == name.key }),
      let content = declaration.content
    else { return nil }
    return list(in: declaration, content, by: \.name)
  }

  /// The edit that gives the file a section with these declarations of `former`, by logical name in
  /// lower case: for a file that has none, or an empty one. Nil where `former` has none either.
  package func opening(with returning: [String], of former: XMLSection) -> ByteEdit? {
    guard let section = former.tree.root.child(Self.section), let content = section.content,
      let declarations = former.declarations,
      let own = tree.root.content, let foreign = former.tree.root.content
    else { return nil }
    let blocks = declarations.items.filter { returning.contains($0.key) }.map(\.block)
    let parts =
      [section.range.lowerBound..<content.lowerBound] + blocks
      + [declarations.closing, content.upperBound..<section.range.upperBound]
    let opened = parts.map { text.adopting($0, of: former.text) }.joined()
    if let closed = tree.root.child(Self.section) {
      return text.replacing(closed.range, with: opened)
    }
    let siblings = former.list(in: former.tree.root, foreign, by: \.name)
    guard let position = siblings.items.firstIndex(where: { $0.key == Self.section }) else {
      return nil
    }
    let space = siblings.items[position].block.lowerBound..<section.range.lowerBound
    return list(in: tree.root, own, by: \.name).inserting(
      text.adopting(space, of: former.text) + opened, at: position, of: siblings)
  }

  /// The edits that take out the missing dependencies on `name`, each with who depends on it.
  package func removingDependencies(on name: LogicalName) -> [ByteEdit] {
    let manifest = tree.root.child("SolutionManifest")
    guard let section = manifest?.child("MissingDependencies"), let content = section.content else {
      return []
    }
    var leaving = 0
    // Entries have no name of their own: removed ones get one.
    let list = list(in: section, content) { entry in
      let isAbout = entry.child("Required").map { isDependency($0, on: name) } ?? false
      leaving += isAbout ? 1 : 0
      return isAbout ? "leaving \(leaving)" : ""
    }
    return list.restoring([], from: list, takingOut: list.keys.filter { !$0.isEmpty })
  }

  private static let section = "connectionreferences"

  private func list(
    in parent: XMLTree.Node, _ content: Range<Int>, by key: (XMLTree.Node) -> String
  ) -> SiblingList {
    var items: [SiblingList.Item] = []
    for child in parent.children {
      var start = child.range.lowerBound
      while start > content.lowerBound, isSpace(text.bytes[start - 1]) { start -= 1 }
      items.append(SiblingList.Item(key: key(child), block: start..<child.range.upperBound))
    }
    return SiblingList(
      text: text, items: items, start: content.lowerBound,
      closing: (items.last?.block.upperBound ?? content.upperBound)..<content.upperBound)
  }

  /// A declaration's name in lower case; empty for what is none.
  private func key(of node: XMLTree.Node) -> String {
    guard node.name == "connectionreference",
      let name = node.attribute("connectionreferencelogicalname")
    else { return "" }
    return value(of: name).lowercased()
  }

  private func isDependency(_ node: XMLTree.Node, on name: LogicalName) -> Bool {
    guard node.isDependency,
      let attribute = node.attributes.first(where: { LogicalName.isNamed(by: $0.name) })
    else { return false }
    return LogicalName(value(of: attribute)) == name
  }

  private func value(of attribute: XMLTree.Attribute) -> String {
    let inner = text.inner(attribute.value, .xml)
    return inner.string(0..<inner.bytes.count)
  }
}
