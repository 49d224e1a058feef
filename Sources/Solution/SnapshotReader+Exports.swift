extension SnapshotReader {
  /// The exports that stand directly in `folder`. One that does not name its environment has it from a
  /// file beside it that holds nothing else, as `.mcs/conn.json` does.
  mutating func exports(
    in folder: PlacedFolder, from tree: any FileTree, problems: inout [Problem]
  ) -> [EnvironmentExport] {
    var found: [(path: String, file: ExportFile)] = []
    for file in folder.files(.export) {
      switch exports.fragment(of: file.file, from: tree) {
      case .success(let export?): found.append((file.path, export))
      case .success(nil): break
      case .failure(let reason):
        // The name alone does not say that it is one.
        problems.append(Problem(reason, in: file, hidesContent: false))
      }
    }
    let environments = Set(found.filter { $0.file.entries.isEmpty }.compactMap(\.file.environment))
    let common = environments.count == 1 ? environments.first : nil
    return found.filter { !$0.file.entries.isEmpty }.map {
      EnvironmentExport(
        path: $0.path, environment: $0.file.environment ?? common, entries: $0.file.entries)
    }
  }
}
