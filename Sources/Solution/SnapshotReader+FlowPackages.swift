/// Flows that were exported as a package ("Package (.zip)") and unzipped: `Microsoft.Flow/flows/<GUID>`
/// with `definition.json`, `connectionsMap.json` and `apisMap.json`.
///
/// `definition.json` has the shape of a solution's flow. Its entries name connections of the maker
/// (`connectionName`, `id`, `source`, `tier`) and no reference: the import asks for other ones. So such
/// flows are listed, and no rule reports them.
///
/// Source: 21 public packages.
extension SnapshotReader {
  /// Nil where `layout` has no such flow.
  mutating func flowPackage(
    in layout: Layout, from tree: any FileTree, flows selection: FlowSelection,
    problems: inout [Problem]
  ) -> Instance? {
    var consumers: [Consumer] = []
    for folder in layout.packagedFlows {
      for file in folder.files(.packagedFlow) where selection.holds(file.file.content) {
        switch flows.fragment(of: file.file, from: tree) {
        case .success(let flow?):
          consumers.append(
            Consumer(
              kind: .flow, id: folder.path.lastPart.lowercased(),
              name: flow.displayName ?? folder.path.lastPart, path: file.path, links: flow.links,
              connectorUses: flow.connectorUses, usedAliases: flow.usedAliases,
              operations: flow.operations))
        case .success(nil): break
        case .failure(let reason):
          problems.append(Problem(reason, in: file, hidesContent: false))
        }
      }
    }
    guard !consumers.isEmpty else { return nil }
    return Instance(
      folder: layout.root.path, uniqueName: layout.root.path.lastPart, form: .flowPackage,
      publisherPrefix: nil, declarations: .absent, references: [], externals: [],
      consumers: consumers.sortedByPath, source: layout.root.folder)
  }
}
