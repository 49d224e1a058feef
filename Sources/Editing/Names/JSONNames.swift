import Solution

/// The names in JSON text.
struct JSONNames {
  private let text: MappedText
  private var sites: [NameSite] = []

  /// At any depth: apps and other components hold nothing else that is called so.
  static func sites(in text: MappedText, _ tree: JSONTree) -> [NameSite] {
    var names = JSONNames(text: text)
    names.search(tree, alias: nil)
    return names.sites
  }

  /// Of a flow, in its `connectionReferences` alone: actions may well handle rows of the table of
  /// references, under the same keys.
  static func flowSites(in text: MappedText, _ tree: JSONTree) -> [NameSite] {
    var names = JSONNames(text: text)
    let references = tree["properties"]?["connectionReferences"]
    for member in references?.members ?? [] { names.search(member.value, alias: member.key) }
    for (index, entry) in (references?.elements ?? []).enumerated() {
      names.search(entry, alias: String(index))
    }
    return names.sites
  }

  /// The same of text inside another file; none where it is no JSON.
  static func sites(inside text: MappedText, isFlow: Bool = false) -> [NameSite] {
    // A text that only looks like JSON is a text.
    guard let tree = try? JSONTree(text.bytes) else { return [] }
    return isFlow ? flowSites(in: text, tree) : sites(in: text, tree)
  }

  private mutating func search(_ tree: JSONTree, alias: String?) {
    switch tree.content {
    case .object(let members):
      let isDependency = members.contains {
        $0.key == "componenttypeplatformname" && value(of: $0.value) == "ConnectionReference"
      }
      for member in members {
        if member.key == "@connectionreferencelogicalname" {
          add(member.value, .declaration)
        } else if LogicalName.isNamed(by: member.key)
          || isDependency && member.key == "logicalname"
        {
          add(member.value, .link(alias: alias))
        } else {
          search(member.value, alias: alias)
        }
      }
    case .array(let elements): for element in elements { search(element, alias: alias) }
    case .string(let string):
      guard string.hasEscapes else { return }
      let inner = text.inner(string.range, .json)
      if inner.looksLikeJSON { sites += Self.sites(inside: inner) }
    case .other: break
    }
  }

  private func value(of tree: JSONTree) -> String? {
    tree.string.map { text.string($0.range) }
  }

  private mutating func add(_ value: JSONTree, _ kind: NameSite.Kind) {
    guard let string = value.string, !string.range.isEmpty else { return }
    let inner = text.inner(string.range, .json)
    sites.append(NameSite(kind, inner, 0..<inner.bytes.count))
  }
}

extension MappedText {
  /// True for text that begins as an object or an array.
  var looksLikeJSON: Bool {
    let first = bytes.first { !isSpace($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
