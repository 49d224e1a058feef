internal import Parsing
import Platform

/// Files that list references of one environment with their GUIDs.
///
/// | file | where | environment |
/// | --- | --- | --- |
/// | the Web API's answer, saved | objects with `connectionreferenceid` and `connectionreferencelogicalname`, in `value` or anywhere | host of `@odata.context` |
/// | Configuration Migration's `data.xml` | `entities/entity[@name='connectionreference']/records/record`, `id`, and `field` elements with `name` and `value` | not said; nothing where `data_schema.xml` beside it has no such table |
/// | `.mcs/botdefinition.json` of a cloned agent | `connectionReferences` with `id`, `connectionReferenceLogicalName`; those that flows alone use have no `id` | `.mcs/conn.json` beside it |
///
/// Source: the column list of the `connectionreference` table in Microsoft's documentation; `data.xml`
/// as seen for other tables; a public clone's cache.
struct ExportFile: Sendable {
  private(set) var environment: String?
  private(set) var entries: [EnvironmentExport.Entry] = []

  /// Nil for a file of another kind; such a file is not parsed at all. Fails only for one that looks
  /// like an export.
  static func read(_ file: [UInt8]) throws(Unreadable) -> ExportFile? {
    let first = file.first { $0 > UInt8(ascii: " ") && $0 < 0x80 }
    if first == UInt8(ascii: "<") {
      return mentions("\"connectionreference\"", in: file) ? try migration(file) : nil
    }
    guard
      mentions("connectionreferenceid", in: file) || mentions("DataverseEndpoint", in: file)
        || mentions("connectionReferenceLogicalName", in: file)
    else { return nil }
    do {
      let text = try Text(file)
      var export = ExportFile()
      var lines = LineCounter(text.bytes)
      var reader = JSONReader(text.bytes)
      try export.search(&reader, &lines)
      try reader.finish()
      return export.entries.isEmpty && export.environment == nil ? nil : export
    } catch {
      throw Misplaced.reason(in: file) ?? error
    }
  }

  /// Whether `data_schema.xml`, which Configuration Migration writes beside `data.xml`, has the table
  /// of references: an `entity` of that name, or a field that looks it up.
  static func schemaHasReferences(_ file: [UInt8]) throws(Unreadable) -> Bool {
    mentions("connectionreference", in: file)
  }

  private mutating func search(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    switch reader.kind() {
    case .object: try readObject(&reader, &lines)
    case .array:
      try reader.enterArray()
      while try reader.nextElement() { try search(&reader, &lines) }
    default: try reader.skip()
    }
  }

  private mutating func readObject(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    var fields: [String: JSONString] = [:]
    try reader.enterObject()
    while let key = try reader.nextKey() {
      guard reader.kind() == .string else {
        try search(&reader, &lines)
        continue
      }
      let value = try reader.string()
      let name = reader.value(of: key)
      if Self.keys.contains(name) { fields[name] = value }
    }
    func value(_ names: String...) -> String? {
      names.lazy.compactMap { fields[$0] }.first.map { reader.value(of: $0) }?.nonEmpty
    }
    if let url = value("@odata.context", "DataverseEndpoint") {
      environment = environment ?? URLHost.host(of: url)
    }
    guard let id = value("connectionreferenceid", "id"), id.utf8.count >= 36,
      let name = fields["connectionreferencelogicalname"]
        ?? fields["connectionReferenceLogicalName"],
      !name.range.isEmpty
    else { return }
    entries.append(
      EnvironmentExport.Entry(
        name: LogicalName(reader.value(of: name)), id: id.lowercased().trimmingBraces,
        displayName: value("connectionreferencedisplayname", "displayName"),
        connector: value("connectorid", "connectorId").map { Connector(path: $0) },
        line: lines.line(at: name.range.lowerBound)))
  }

  private static let keys: Set<String> = [
    "connectionreferenceid", "id", "connectionreferencelogicalname",
    "connectionReferenceLogicalName", "connectionreferencedisplayname", "displayName",
    "connectorid", "connectorId", "@odata.context", "DataverseEndpoint",
  ]

  private static func migration(_ bytes: [UInt8]) throws(Unreadable) -> ExportFile? {
    let root = try Element(
      file: bytes,
      keeping: ["entities": ["entity": ["records": ["record": ["field": [:]]]]]])
    guard root.name == "entities" else { return nil }
    var export = ExportFile()
    for entity in root.children where entity.attribute("name") == "connectionreference" {
      for record in entity.children(named: "records").flatMap(\.children) {
        func field(_ name: String) -> String? {
          record.children.first { $0.attribute("name") == name }?.attribute("value")?.nonEmpty
        }
        guard let id = record.attribute("id")?.nonEmpty ?? field("connectionreferenceid"),
          let name = field("connectionreferencelogicalname")
        else { continue }
        export.entries.append(
          EnvironmentExport.Entry(
            name: LogicalName(name), id: id.lowercased().trimmingBraces,
            displayName: field("connectionreferencedisplayname"),
            connector: field("connectorid").map { Connector(path: $0) }, line: record.line))
      }
    }
    return export.entries.isEmpty ? nil : export
  }
}

extension EnvironmentExport {
  /// True for a file that lists references of an environment, and for one that looks like it and cannot
  /// be read.
  package static func isExport(_ file: [UInt8]) -> Bool {
    do throws(Unreadable) {
      return try ExportFile.read(file)?.entries.isEmpty == false
    } catch {
      return true
    }
  }
}

extension Reading {
  /// The exports directly in `folder`. One that does not name its environment has it from a
  /// file beside it that holds nothing else, as `.mcs/conn.json` does.
  mutating func exports(in folder: PlacedFolder) -> [EnvironmentExport] {
    var found: [(path: String, file: ExportFile)] = []
    let holdsNone = schemaNamesNone(beside: folder)
    for file in folder.files(.export)
    where !(holdsNone && file.path.lastPart.lowercased() == "data.xml") {
      // The name alone does not say that it is one.
      if let export = read(file, by: caches.exports, hidesContent: false) {
        found.append((file.path, export))
      }
    }
    let environments = Set(found.filter { $0.file.entries.isEmpty }.compactMap(\.file.environment))
    let common = environments.count == 1 ? environments.first : nil
    return found.filter { !$0.file.entries.isEmpty }.map {
      EnvironmentExport(
        path: $0.path, environment: $0.file.environment ?? common, entries: $0.file.entries)
    }
  }

  /// True when a `data_schema.xml` says that the `data.xml` beside it holds other tables. Such files
  /// have megabytes, and a repository with reference data changes them in every other commit.
  private func schemaNamesNone(beside folder: PlacedFolder) -> Bool {
    folder.files(.exportSchema).contains {
      guard case .success(false) = caches.exportSchemas.fragment(of: $0.file, from: tree) else {
        return false
      }
      return true
    }
  }
}
