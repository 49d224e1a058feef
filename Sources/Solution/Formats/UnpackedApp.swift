/// The connections of an unpacked canvas app: `Connections/Connections.json` as `pac canvas unpack` writes
/// it, or `Properties.json` of the app's archive as it is, where `LocalConnectionReferences` holds the
/// same object as JSON text (Dataverse Git integration puts it into `<app>_DocumentUri`).
///
/// The object is that of `AppConnections`; here the reference is named in `connectionRef`, and only
/// where the connection is shared: 1 app of 404 examined. `connectionInstanceId` is the
/// maker's own connection and no link.
///
/// Folders that SolutionPackager unpacks apps into, `<app>_DocumentUri_msapp_src`, are never
/// read: the `<app>.meta.xml` beside them, which all 58 examined have, names the same
/// references and flows. For the same reason an app that only calls flows is read from its
/// metadata.
///
/// Source: 404 public apps; microsoft/PowerApps-Tooling for the two places.
struct UnpackedApp: Sendable {
  let connections: AppConnections
  /// True where the file itself is the object: where no entry names a reference, its name has to say that it is
  /// an app's.
  let isBare: Bool

  /// Nil for a file without connections. An unreadable file is an app's if its name says so.
  static func read(_ file: [UInt8]) throws(Unreadable) -> UnpackedApp? {
    do {
      let text = try Text(file)
      guard AppConnections.areMentioned(in: text.bytes) else {
        var reader = JSONReader(text.bytes)
        try reader.skip()
        try reader.finish()
        return nil
      }
      var lines = LineCounter(text.bytes)
      var reader = JSONReader(text.bytes)
      var connections = try connectionsInProperties(&reader, &lines)
      let isBare = connections == nil
      if isBare {
        reader = JSONReader(text.bytes)
        connections = try AppConnections(&reader, &lines)
        try reader.finish()
      }
      return connections.flatMap {
        $0.links.isEmpty && $0.openEntries.isEmpty
          ? nil : UnpackedApp(connections: $0, isBare: isBare)
      }
    } catch {
      throw Misplaced.reason(in: file) ?? error
    }
  }

  /// Nil for a file that is no `Properties.json`.
  private static func connectionsInProperties(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) -> AppConnections? {
    guard reader.kind() == .object else { return nil }
    var connections: AppConnections?
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if !reader.isEqual(key, "LocalConnectionReferences") {
        try reader.skip()
      } else if reader.kind() == .string {
        let value = try reader.string()
        // The text's own line breaks are none of the file's.
        let text = String(reader.value(of: value).map { $0.isNewline ? " " : $0 })
        connections = try AppConnections(
          text: text, line: lines.line(at: value.range.lowerBound))
      } else {
        connections = try AppConnections(&reader, &lines)
      }
    }
    try reader.finish()
    return connections
  }
}

extension Reading {
  /// The app whose unpacked files are directly in `folder`, in a solution's folder or anywhere else;
  /// nil where it uses no connection.
  mutating func unpackedApp(in folder: PlacedFolder) -> Instance? {
    let properties = folder.files(.unpackedApp).filter {
      $0.file.name.lowercased() == "properties.json"
    }
    let connections = folder.folder.children(named: "connections").flatMap {
      folder.place($0).files(.unpackedApp)
    }.filter { $0.file.name.lowercased() == "connections.json" }
    for file in properties + connections where flows.holds(file.file.content) {
      let app: UnpackedApp
      switch caches.unpackedApps.fragment(of: file.file, from: tree) {
      case .success(let fragment?):
        // Other programs have a `Properties.json` too.
        if fragment.isBare, fragment.connections.links.isEmpty, properties.contains(file) {
          continue
        }
        app = fragment
      case .success(nil): continue
      case .failure(let reason):
        let isKnown = file.file.name.lowercased() == "connections.json"
        problems.append(Problem(reason, in: file, hidesContent: isKnown, mayHideContent: true))
        continue
      }
      let name = folder.path.lastPart.withoutEnding("_DocumentUri").nonEmpty ?? file.file.name
      return Instance(
        undeclared: .canvasApp, in: folder,
        consumers: [
          app.connections.consumer(.app, id: name.lowercased(), name: name, path: file.path)
        ])
    }
    return nil
  }
}

extension UnpackedApp {
  /// Leaves out unpacked files of apps that a solution's metadata lists already: where they use references, only if
  /// the metadata does too. Apps without any reference are no solution by themselves.
  static func withoutTwins(_ instances: [Instance]) -> [Instance] {
    // By position: copying each instance costs more than looking at it.
    guard instances.indices.contains(where: { instances[$0].form == .canvasApp }) else {
      return instances
    }
    let packed = instances.filter { $0.form != .canvasApp }.flatMap(\.consumers)
      .filter { $0.kind == .app }
    let known = Set(packed.map(\.id))
    let naming = Set(packed.filter { !$0.links.isEmpty }.map(\.id))
    let kept = instances.filter { instance in
      instance.form != .canvasApp
        || !instance.consumers.contains {
          ($0.links.isEmpty ? known : naming).contains($0.id)
        }
    }
    let areApps = kept.allSatisfy {
      $0.form == .canvasApp && $0.consumers.allSatisfy(\.links.isEmpty)
    }
    return areApps ? [] : kept
  }
}

extension String {
  /// Without `ending`, whose letter case is ignored.
  fileprivate func withoutEnding(_ ending: String) -> String {
    lowercased().hasSuffix(ending.lowercased()) ? String(dropLast(ending.count)) : self
  }
}
