internal import Parsing

/// A canvas app's metadata: `CanvasApps/<name>.meta.xml`, a `CanvasApp` element in the
/// `customizations.xml` of a plain layout, `canvasapps/<name>/canvasapp.yml` of Git integration, or
/// `canvasapps/<name>.meta.yml` that pac writes.
///
/// `Name` is the schema name, `DisplayName` what people read, `ConnectionReferences` JSON text (see
/// `AppConnections`).
///
/// Source: 263 public `.meta.xml` files, all with a byte order mark; 3 of 468 entries name a reference,
/// and one app in five calls a flow.
struct CanvasApp: Sendable {
  /// Nil where the file gives none.
  let name: String?
  let displayName: String?
  let connections: AppConnections

  static let selection: Selection = [
    "Name": .everything, "DisplayName": .everything, "ConnectionReferences": .everything,
  ]

  /// Nil for an app without entries.
  init?(_ element: Element) throws(Unreadable) {
    guard let text = element.child("ConnectionReferences") else { return nil }
    connections = try AppConnections(text: text.text, line: text.line)
    if connections.isEmpty { return nil }
    name = element.child("Name")?.text.trimmingSpace.nonEmpty
    displayName = element.child("DisplayName")?.text.trimmingSpace.nonEmpty
  }

  private init?(_ node: Node) throws(Unreadable) {
    guard let child = node.child("ConnectionReferences"), let text = child.scalar
    else { return nil }
    connections = try AppConnections(text: text, line: child.line)
    if connections.isEmpty { return nil }
    name = node.text("Name")
    displayName = node.text("DisplayName")
  }

  /// Nil for an app without entries. Fails for a file that was cut short.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> CanvasApp? {
    let isXML = bytes.first { $0 > UInt8(ascii: " ") && $0 < 0x80 } == UInt8(ascii: "<")
    guard AppConnections.areMentioned(in: bytes) else {
      // A file that is whole needs no parsing; one that was cut short may have named any reference.
      if isXML, bytes.suffix(64).mentions("</CanvasApp>") { return nil }
      if isXML { _ = try Element(file: bytes, keeping: [:]) } else { _ = try Node(file: bytes) }
      return nil
    }
    guard !isXML else {
      let root = try Element(file: bytes, keeping: ["CanvasApp": selection])
      return root.name == "CanvasApp" ? try CanvasApp(root) : nil
    }
    return try Node(file: bytes).child("CanvasApp").flatMap { node throws(Unreadable) in
      try CanvasApp(node)
    }
  }
}

extension CanvasApp {
  /// `fallback`: its identity where the file names none.
  func consumer(in path: String, fallback: String) -> Consumer {
    connections.consumer(
      .app, id: name?.lowercased() ?? fallback, name: displayName ?? name ?? path.lastPart,
      path: path)
  }
}

extension Reading {
  mutating func canvasApp(in file: PlacedFile, fallback: String) -> Consumer? {
    read(file, by: caches.canvasApps)?.consumer(in: file.path, fallback: fallback)
  }
}
