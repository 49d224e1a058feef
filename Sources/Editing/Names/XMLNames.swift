import Solution

/// The names in an XML document.
struct XMLNames {
  private let text: MappedText
  private var sites: [NameSite] = []

  static func sites(in text: MappedText, _ tree: XMLTree) -> [NameSite] {
    var names = XMLNames(text: text)
    names.search(tree.root)
    return names.sites
  }

  private mutating func search(_ node: XMLTree.Node) {
    if node.name == "connectionreference" {
      if let name = node.attribute("connectionreferencelogicalname") { add(name, .declaration) }
      return
    }
    if node.isDependency {
      searchDependency(node)
      return
    }
    for attribute in node.attributes where LogicalName.isNamed(by: attribute.name) {
      add(attribute, .link(alias: nil))
    }
    if node.children.isEmpty, let content = content(of: node) {
      if LogicalName.isNamed(by: node.name) {
        add(content, .link(alias: nil))
      } else if Self.holdsJSON.contains(node.name.lowercased()), content.looksLikeJSON {
        sites += JSONNames.sites(
          inside: content, isFlow: node.name.lowercased() == "clientdata")
      }
    }
    for child in node.children { search(child) }
  }

  /// JSON text: of apps and desktop flows; a process as the Web API gives it.
  private static let holdsJSON: Set<String> = [
    "connectionreferences", "cdsdependencies", "clientdata", "context",
  ]

  /// The display name of a missing reference is its logical name once more.
  private mutating func searchDependency(_ node: XMLTree.Node) {
    guard let name = node.attributes.first(where: { LogicalName.isNamed(by: $0.name) }) else {
      return
    }
    add(name, .dependency)
    if let displayName = node.attribute("displayName"),
      text.string(displayName.value) == text.string(name.value)
    {
      add(displayName, .dependency)
    }
  }

  private mutating func add(_ attribute: XMLTree.Attribute, _ kind: NameSite.Kind) {
    add(text.inner(attribute.value, .xml), kind)
  }

  private mutating func add(_ inner: MappedText, _ kind: NameSite.Kind) {
    guard let first = inner.bytes.firstIndex(where: { !isSpace($0) }),
      let last = inner.bytes.lastIndex(where: { !isSpace($0) })
    else { return }
    sites.append(NameSite(kind, inner, first..<(last + 1)))
  }

  /// The text of an element that holds nothing else.
  private func content(of node: XMLTree.Node) -> MappedText? {
    guard let content = node.content, !content.isEmpty else { return nil }
    let opening = Array("<![CDATA[".utf8)
    let ending = Array("]]>".utf8)
    let bytes = text.bytes[content]
    guard bytes.starts(with: opening), bytes.suffix(ending.count).elementsEqual(ending) else {
      return text.inner(content, .xml)
    }
    return text.inner(
      (content.lowerBound + opening.count)..<(content.upperBound - ending.count), .none)
  }
}

extension XMLTree.Node {
  /// True for a reference that a manifest lists as missing, or as missing something.
  var isDependency: Bool {
    (name == "Required" || name == "Dependent")
      && attributes.contains { LogicalName.isNamed(by: $0.name) }
  }
}
