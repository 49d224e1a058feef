/// A committed solution zip: `<Solution>_<version>[_managed].zip`, whose root holds `solution.xml`,
/// `customizations.xml` and what the plain layout has beside them.
extension SnapshotReader {
  /// The solution in an archive; nil where it holds none.
  mutating func archive(
    _ file: PlacedFile, from tree: any FileTree, flows selection: FlowSelection
  ) -> Subtree? {
    let root: Folder?
    if let known = archiveRoots[file.file.content] {
      root = known
    } else {
      do throws(Unreadable) {
        root = try archiveRoot(of: file, from: tree)
      } catch {
        // Most archives hold no solution, and this one cannot be asked.
        return Subtree(
          folder: FolderPool.empty, problems: [Problem(error, in: file, hidesContent: false)],
          children: [])
      }
      archiveRoots[file.file.content] = .some(root)
    }
    guard let root else { return nil }
    let inside = ArchiveTree(file, root: root, in: tree)
    let whole = self.subtree(
      of: PlacedFolder(path: file.path, folder: root), from: inside, flows: selection, unlike: nil,
      isClaimed: false)
    return Subtree(
      folder: root, instances: whole.instances.map(\.archived), problems: whole.problems,
      children: [])
  }

  private mutating func archiveRoot(
    of file: PlacedFile, from tree: any FileTree
  ) throws(Unreadable) -> Folder? {
    guard file.file.kind == .regular else { return nil }
    return try ArchiveTree.root(of: file, from: tree, pool: &pool)
  }

  /// A solution that stands in a folder and in an archive is one: the folder is what people work on,
  /// the archive a build of it, of whatever day.
  static func withoutBuilds(_ instances: [Instance], _ problems: inout [Problem]) -> [Instance] {
    guard instances.contains(where: { $0.form == .archive }) else { return instances }
    let folders = Dictionary(
      instances.filter { $0.form != .archive && $0.form != .clone && $0.declarations == .read }
        .map { ($0.uniqueName.lowercased(), $0.folder) }, uniquingKeysWith: { first, _ in first })
    return instances.filter { instance in
      guard instance.form == .archive, let folder = folders[instance.uniqueName.lowercased()]
      else { return true }
      problems.append(
        Problem(
          path: instance.folder,
          message: "is '\(instance.uniqueName)', which stands in '\(folder)': not looked at",
          hidesContent: false))
      return false
    }
  }
}

extension Instance {
  /// The same, read from an archive.
  fileprivate var archived: Instance {
    Instance(
      folder: folder, uniqueName: uniqueName, form: .archive, publisherPrefix: publisherPrefix,
      declarations: declarations, references: references, externals: externals,
      consumers: consumers, connectors: connectors, source: source)
  }
}
