internal import Parsing

/// Any other component that names references: agents' own files, search, AI configurations, virtual
/// tables, functions.
///
/// A lookup to a reference is written by the reference's alternate name, as a nested element or key:
/// `<providerconnectionreferenceid><connectionreferencelogicalname>…`, alike in XML, JSON and YAML,
/// or as an attribute or key `<column>.connectionreferencelogicalname`. JSON text inside such a file
/// (`context` of `fxexpression`) is searched as well.
///
/// Source: the tables with a lookup to `connectionreference` in Microsoft's entity pages; the nested
/// form of lookups as seen for other tables. No public file with a value was found.
struct Component: Sendable {
  private(set) var links: [Link] = []

  /// Nil for a file that names no reference; such a file is not parsed at all.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Component? {
    guard isMentioned(in: bytes) else { return nil }
    var component = Component()
    switch bytes.first(where: { $0 > UInt8(ascii: " ") && $0 < 0x80 }) {
    case UInt8(ascii: "<"):
      // The root is kept, with any name.
      component.search(try Element(file: bytes, keeping: .everything), below: "")
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      do {
        let text = try Text(bytes)
        try component.search(text.bytes, firstLine: 1)
      } catch {
        throw Misplaced.reason(in: bytes) ?? error
      }
    default:
      component.search(try Node(file: bytes), below: "")
    }
    return component.links.isEmpty ? nil : component
  }

  /// Asked before anything is parsed.
  static func isMentioned(in bytes: [UInt8]) -> Bool {
    ["onnectionreferencelogicalname", "onnectionReferenceLogicalName"].contains {
      mentions($0, in: bytes)
    }
  }

  init() {}

  /// JSON text inside another file, from `firstLine` on.
  init(json bytes: [UInt8], firstLine: Int) throws(Unreadable) {
    try search(bytes, firstLine: firstLine)
  }

  /// Searches an element and all in it, but for declarations.
  mutating func search(_ element: Element, below parent: String) {
    guard element.name != "connectionreference" else { return }
    for attribute in element.attributes where LogicalName.isNamed(by: attribute.name) {
      add(attribute.value, column: Self.column(attribute.name, below: element.name), element.line)
    }
    if LogicalName.isNamed(by: element.name) {
      add(
        element.text.trimmingSpace, column: Self.column(element.name, below: parent), element.line)
    }
    for child in element.children { search(child, below: element.name) }
  }

  private mutating func search(_ node: Node, below parent: String) {
    switch node.content {
    case .mapping(let entries):
      for entry in entries {
        let key = entry.key.scalar ?? ""
        if LogicalName.isNamed(by: key), let name = entry.value.scalar {
          add(name, column: Self.column(key, below: parent), entry.value.line)
        } else if key != "connectionreference" {
          search(entry.value, below: key)
        }
      }
    case .sequence(let nodes): for node in nodes { search(node, below: parent) }
    case .scalar(let text): searchText(text, line: node.line)
    }
  }

  private mutating func search(_ bytes: [UInt8], firstLine: Int) throws(Unreadable) {
    var reader = JSONReader(bytes)
    var lines = LineCounter(bytes)
    try search(&reader, &lines, below: "", firstLine: firstLine)
    try reader.finish()
  }

  private mutating func search(
    _ reader: inout JSONReader, _ lines: inout LineCounter, below parent: String, firstLine: Int
  ) throws(Unreadable) {
    switch reader.kind() {
    case .object:
      try reader.enterObject()
      while let key = try reader.nextKey() {
        let key = reader.value(of: key)
        if LogicalName.isNamed(by: key), reader.kind() == .string {
          let name = try reader.string()
          add(
            reader.value(of: name), column: Self.column(key, below: parent),
            firstLine - 1 + lines.line(at: name.range.lowerBound))
        } else if key == "connectionreference" {
          try reader.skip()
        } else {
          try search(&reader, &lines, below: key, firstLine: firstLine)
        }
      }
    case .array:
      try reader.enterArray()
      while try reader.nextElement() {
        try search(&reader, &lines, below: parent, firstLine: firstLine)
      }
    case .string:
      let text = try reader.string()
      let line = firstLine - 1 + lines.line(at: text.range.lowerBound)
      if text.hasEscapes { searchText(reader.value(of: text), line: line) }
    default: try reader.skip()
    }
  }

  /// JSON text inside the file; what is none is a text like any other.
  private mutating func searchText(_ text: String, line: Int) {
    guard text.hasPrefix("{") || text.hasPrefix("[") else { return }
    var inner = Component()
    do throws(Unreadable) {
      try inner.search(Array(text.utf8), firstLine: line)
    } catch {
      return
    }
    links += inner.links
  }

  private mutating func add(_ name: String, column: String, _ line: Int) {
    guard !name.isEmpty, !name.contains(where: \.isWhitespace) else { return }
    links.append(
      Link(
        alias: column, reference: LogicalName(name), embeddedConnection: nil,
        connector: LogicalName(name).agentConnector, line: line))
  }

  /// The column that holds the lookup: the part before the dot, else the element around.
  private static func column(_ key: String, below parent: String) -> String {
    key.lastIndex(of: ".").map { String(key[..<$0]) } ?? parent
  }
}

extension LogicalName {
  /// True for a key, an attribute or an element whose value is the logical name of a reference.
  package static func isNamed(by key: String) -> Bool {
    let key = key.lowercased()
    return key == column || key.hasSuffix("." + column) || key == "xrm" + column
  }

  private static let column = "connectionreferencelogicalname"
}

extension Reading {
  /// `name`: its path in the solution, for the file gives it none.
  mutating func component(in file: PlacedFile, called name: String) -> Consumer? {
    read(file, by: caches.components).map {
      Consumer(
        kind: .component, id: name.lowercased(), name: name, path: file.path, links: $0.links)
    }
  }
}
