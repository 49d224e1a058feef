/// The connections of an unpacked canvas app: `Connections/Connections.json` as `pac canvas unpack` writes
/// it, or `Properties.json` of the app's archive as it is, where `LocalConnectionReferences` holds the
/// same object as JSON text (Dataverse Git integration puts it into `<app>_DocumentUri`).
///
/// The object is that of `AppConnections`; here the reference is named in `connectionRef`, and only
/// where the connection is shared: 1 app of 404 that were looked at. `connectionInstanceId` and
/// `sharedConnectionId` are connections of one environment and no link.
///
/// Folders that SolutionPackager unpacks apps into, `<app>_msapp_src`, are never looked into: the
/// `.meta.xml` beside them names the same references.
///
/// Source: 404 public apps; microsoft/PowerApps-Tooling for the two places.
struct UnpackedApp: Sendable {
  let links: [Link]

  /// Nil for a file that names no reference; such a file is not parsed at all.
  static func read(_ file: [UInt8]) throws(Unreadable) -> UnpackedApp? {
    guard mentions(AppConnections.word, in: file) else { return nil }
    do {
      let text = try Text(file)
      var lines = LineCounter(text.bytes)
      var reader = JSONReader(text.bytes)
      var links = try linksInProperties(&reader, &lines)
      if links == nil {
        reader = JSONReader(text.bytes)
        links = try AppConnections.links(&reader, &lines)
        try reader.finish()
      }
      return links.flatMap { $0.isEmpty ? nil : UnpackedApp(links: $0) }
    } catch {
      throw Misplaced.reason(in: file) ?? error
    }
  }

  /// Nil for a file that is no `Properties.json`.
  private static func linksInProperties(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) -> [Link]? {
    guard reader.kind() == .object else { return nil }
    var links: [Link]?
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if !reader.isEqual(key, "LocalConnectionReferences") {
        try reader.skip()
      } else if reader.kind() == .string {
        let value = try reader.string()
        // The text's own line breaks are none of the file's.
        let text = String(reader.value(of: value).map { $0.isNewline ? " " : $0 })
        links = try AppConnections.links(
          inText: text, line: lines.line(at: value.range.lowerBound))
      } else {
        links = try AppConnections.links(&reader, &lines)
      }
    }
    try reader.finish()
    return links
  }
}
