/// A code app's configuration, `power.config.json`; `ms.config.json` and its overlay for a deployment,
/// `ms.<deployment>.config.json`, have the same keys.
///
/// `{"appId": …, "appDisplayName": …, "environmentId": …, "connectionReferences": {…}}`, the last as in
/// `AppConnections`. The file is beside the app's source, not in the solution that declares the
/// reference.
///
/// Source: 6 public files; Microsoft's "Power Apps code apps" documentation.
struct CodeApp: Sendable {
  let displayName: String?
  let connections: AppConnections

  /// Nil for a file without entries. Fails for what cannot be read, unless it is the configuration of
  /// something else.
  static func read(_ file: [UInt8]) throws(Unreadable) -> CodeApp? {
    // UTF-16 without a mark cannot be read, but its words show which kind of file it is.
    let words = file.contains(0) ? file.filter { $0 != 0 } : file
    guard
      file.isEmpty || AppConnections.areMentioned(in: words) || Misplaced.reason(in: file) != nil
        || ["\"appId\"", "\"environmentId\"", "\"connectionReferences\""].contains(where: {
          mentions($0, in: words)
        })
    else { return nil }
    do throws(Unreadable) {
      let text = try Text(file)
      var reader = JSONReader(text.bytes)
      var lines = LineCounter(text.bytes)
      var displayName: String?
      var connections = AppConnections()
      guard reader.kind() == .object else {
        if let reason = Misplaced.reason(in: file) { throw reason }
        return nil
      }
      try reader.enterObject()
      while let key = try reader.nextKey() {
        if reader.isEqual(key, "appDisplayName") {
          displayName = try reader.stringIfAny().map(reader.value)?.nonEmpty
        } else if reader.isEqual(key, "connectionReferences") {
          connections = try AppConnections(&reader, &lines)
        } else {
          try reader.skip()
        }
      }
      try reader.finish()
      return connections.isEmpty
        ? nil : CodeApp(displayName: displayName, connections: connections)
    } catch {
      throw Misplaced.reason(in: file) ?? error
    }
  }
}

extension Reading {
  /// Code apps whose configuration is directly in `folder`.
  mutating func codeApps(in folder: PlacedFolder) -> [Consumer] {
    folder.files(.codeApp).filter { flows.holds($0.file.content) }.compactMap { file in
      read(file, by: caches.codeApps).map { app in
        app.connections.consumer(
          .codeApp, id: file.path.lowercased(), name: app.displayName ?? folder.path.lastPart,
          path: file.path)
      }
    }
  }
}
