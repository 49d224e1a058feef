extension SnapshotReader {
  /// The exports directly in `folder`. One that does not name its environment has it from a
  /// file beside it that holds nothing else, as `.mcs/conn.json` does.
  mutating func exports(
    in folder: PlacedFolder, from tree: any FileTree, problems: inout [Problem]
  ) -> [EnvironmentExport] {
    var found: [(path: String, file: ExportFile)] = []
    let holdsNone = schemaNamesNone(beside: folder, from: tree)
    for file in folder.files(.export) where !(holdsNone && file.path.lastPart.isMigration) {
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

  /// True when a `data_schema.xml` says that the `data.xml` beside it holds other tables. Such files
  /// have megabytes, and a repository with reference data changes them in every other commit.
  private func schemaNamesNone(beside folder: PlacedFolder, from tree: any FileTree) -> Bool {
    folder.files(.exportSchema).contains {
      guard case .success(false) = exportSchemas.fragment(of: $0.file, from: tree) else {
        return false
      }
      return true
    }
  }
}

extension String {
  fileprivate var isMigration: Bool { lowercased() == "data.xml" }
}
