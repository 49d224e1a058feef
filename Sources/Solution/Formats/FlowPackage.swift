/// Flows that were exported as a package ("Package (.zip)") and unzipped: `Microsoft.Flow/flows/<GUID>`
/// with `definition.json`, `connectionsMap.json` and `apisMap.json`.
///
/// `definition.json` has the shape of a solution's flow. Its entries name connections of the maker
/// (`connectionName`, `id`, `source`, `tier`) and no reference: the import asks for other ones. So such
/// flows are listed, and no rule reports them.
///
/// Source: 21 public packages.
extension Reading {
  /// Nil where `layout` has no such flow.
  mutating func flowPackage(in layout: Layout) -> Instance? {
    var consumers: [Consumer] = []
    for folder in layout.packagedFlows {
      for file in folder.files(.packagedFlow) where flows.holds(file.file.content) {
        guard let flow = read(file, by: caches.flows, hidesContent: false) else { continue }
        let id = folder.path.lastPart
        consumers.append(
          Consumer(
            kind: .flow, id: id.lowercased(), name: flow.displayName ?? id, path: file.path,
            links: flow.links, connectorUses: flow.connectorUses, usedAliases: flow.usedAliases,
            operations: flow.operations))
      }
    }
    guard !consumers.isEmpty else { return nil }
    return Instance(
      undeclared: .flowPackage, in: layout.root, consumers: consumers.sortedByPath)
  }
}
