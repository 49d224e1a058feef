internal import XML
internal import Yams

/// A canvas app's metadata: `CanvasApps/<name>.meta.xml`, a `CanvasApp` element in the
/// `customizations.xml` of a plain layout, `canvasapps/<name>/canvasapp.yml` of Git integration, or
/// `canvasapps/<name>.meta.yml` that pac writes.
///
/// `Name` is the schema name, `DisplayName` what people read, `ConnectionReferences` JSON text (see
/// `AppConnections`).
///
/// Source: 263 public `.meta.xml` files, all with a byte order mark; 3 of 468 entries name a reference.
struct CanvasApp: Sendable {
  /// Nil where the file gives none.
  let name: String?
  let displayName: String?
  let links: [Link]

  static let selection: Selection = [
    "Name": .everything, "DisplayName": .everything, "ConnectionReferences": .everything,
  ]

  /// Nil for an app that names no reference.
  init?(_ element: Element) throws(Unreadable) {
    guard let connections = element.child("ConnectionReferences") else { return nil }
    links = try AppConnections.links(inText: connections.text, line: connections.line)
    if links.isEmpty { return nil }
    name = element.child("Name")?.text.trimmingSpace.nonEmpty
    displayName = element.child("DisplayName")?.text.trimmingSpace.nonEmpty
  }

  private init?(_ node: Node) throws(Unreadable) {
    guard let connections = node.child("ConnectionReferences"),
      let text = connections.scalar?.string
    else { return nil }
    links = try AppConnections.links(inText: text, line: connections.line)
    if links.isEmpty { return nil }
    name = node.text("Name")
    displayName = node.text("DisplayName")
  }

  /// Nil for an app that names no reference; such a file is not parsed at all.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> CanvasApp? {
    guard mentions(AppConnections.word, in: bytes) else { return nil }
    let isXML = bytes.first { $0 > UInt8(ascii: " ") && $0 < 0x80 } == UInt8(ascii: "<")
    guard !isXML else {
      let root = try Element(file: bytes, keeping: ["CanvasApp": selection])
      return root.name == "CanvasApp" ? try CanvasApp(root) : nil
    }
    return try Node(file: bytes).child("CanvasApp").flatMap { node throws(Unreadable) in
      try CanvasApp(node)
    }
  }
}
