/// A committed solution zip: `<Solution>_<version>[_managed].zip`, whose root holds `solution.xml`,
/// `customizations.xml` and what the plain layout has beside them. A package for AppSource or a
/// deployment tool holds such zips, mostly in `PkgAssets`; they are read as well.
extension SnapshotReader {
  /// Packages seen hold one or two.
  private static let nestedLimit = 64

  /// The kind of an archive by its content, at any path.
  enum ArchiveKind {
    /// `folder`: of the archive, in which its files lie; empty for the root.
    case solution(uniqueName: String?, folder: String)
    /// With the archives in it.
    case package([ArchiveListing.Entry])
    case other
    case unopened(Unopened)
  }

  /// How deep archives in archives are opened. A solution's own zip is one in a package; the rest is
  /// for what was packed twice by mistake.
  private static let depthLimit = 3

  /// The solutions in `archives` that are in no folder: where one is, people work on the folder,
  /// and the archive is a build of it, perhaps an old one. Of that one only the name is read.
  mutating func archivedInstances(
    in archives: [PlacedFile], beside instances: [Instance], from tree: any FileTree,
    flows selection: FlowSelection, problems: inout [Problem]
  ) -> [Instance] {
    guard !archives.isEmpty else { return [] }
    let folders = Dictionary(
      instances.filter { $0.form != .clone && $0.declarations == .read }
        .map { ($0.uniqueName.lowercased(), $0.folder) }, uniquingKeysWith: { first, _ in first })
    var found: [Instance] = []
    for file in archives {
      found += archived(
        file, beside: folders, from: tree, flows: selection, depth: 1, problems: &problems)
    }
    return found
  }

  /// `folders`: of the solutions that are in one, by unique name in lower case.
  private mutating func archived(
    _ file: PlacedFile, beside folders: [String: String], from tree: any FileTree,
    flows selection: FlowSelection, depth: Int, problems: inout [Problem]
  ) -> [Instance] {
    if case .other? = archives[file.file.content] { return [] }
    guard file.file.kind == .regular else { return [] }
    let inside = ArchiveTree(file, in: tree)
    do throws(Unreadable) {
      switch kind(of: file, inside, problems: &problems) {
      case .other: return []
      case .unopened(let failure):
        problems.append(problem(of: file, failure, beside: folders))
        return []
      case .solution(let uniqueName, let folder):
        let name = uniqueName ?? file.path.lastPart
        if let other = folders[name.lowercased()] {
          problems.append(
            Problem(
              path: file.path, message: "is '\(name)', which is in '\(other)': not looked at",
              hidesContent: false))
          return []
        }
        return try archived(
          file, inside, below: folder, flows: selection, problems: &problems)
      case .package(let nested):
        guard depth < Self.depthLimit else {
          problems.append(
            Problem(
              path: file.path, message: "holds archives deeper in archives than connref looks",
              hidesContent: false, mayHideContent: true, content: file.file.content))
          return []
        }
        if nested.count > Self.nestedLimit {
          problems.append(
            Problem(
              Unreadable(
                "holds \(nested.count) archives, and only \(Self.nestedLimit) of them were read"),
              in: file))
        }
        var found: [Instance] = []
        for entry in nested.prefix(Self.nestedLimit) {
          let file = PlacedFile(path: file.path.appending(part: entry.path), file: entry.file)
          found += archived(
            file, beside: folders, from: inside, flows: selection, depth: depth + 1,
            problems: &problems)
        }
        return found
      }
    } catch {
      problems.append(Problem(error, in: file))
      return []
    }
  }

  /// Most archives hold no solution, and one that cannot be opened cannot be asked: a problem where its
  /// bytes say that it held one, else where the other side of a comparison says so.
  private func problem(
    of file: PlacedFile, _ failure: Unopened, beside folders: [String: String]
  ) -> Problem {
    // The build of a solution that is in a folder is not read anyway.
    let name = file.path.lastPart.lowercased()
    let isBuild = folders.keys.contains { name.hasPrefix($0) }
    return Problem(
      path: file.path, message: failure.message, hidesContent: failure.holdsManifest && !isBuild,
      mayHideContent: true, content: file.file.content)
  }

  private mutating func kind(
    of file: PlacedFile, _ inside: ArchiveTree, problems: inout [Problem]
  ) -> ArchiveKind {
    if let known = archives[file.file.content] { return known }
    let listing: ArchiveListing
    do throws(Unopened) {
      listing = try inside.listing()
    } catch {
      if error.isLasting { archives[file.file.content] = .unopened(error) }
      return .unopened(error)
    }
    if let path = listing.outside, listing.manifest != nil {
      problems.append(
        Problem(
          path: file.path, message: "holds '\(path)', which leads out of it: not read",
          hidesContent: false))
    }
    var kind = listing.archives.isEmpty ? ArchiveKind.other : .package(listing.archives)
    if let manifest = listing.manifest {
      var uniqueName: String?
      if case .success(let fragment?) = manifests.fragment(of: manifest.file, from: inside) {
        uniqueName = fragment.uniqueName
      }
      let folder = manifest.path.split(separator: "/").dropLast().joined(separator: "/")
      kind = .solution(uniqueName: uniqueName, folder: folder)
      // Another release, packed by mistake, lies beside the manifest.
      for inner in listing.archives where inner.path == folder.appending(part: inner.path.lastPart)
      {
        problems.append(
          Problem(
            path: file.path,
            message:
              "holds the archive '\(inner.path)' beside the files of its solution: that one is not looked at",
            hidesContent: false))
      }
    }
    archives[file.file.content] = kind
    return kind
  }

  /// The solution in a folder of an archive.
  private mutating func archived(
    _ file: PlacedFile, _ inside: ArchiveTree, below folder: String, flows selection: FlowSelection,
    problems: inout [Problem]
  ) throws(Unreadable) -> [Instance] {
    let listed: ArchiveTree
    if let root = archiveRoots[file.file.content] {
      listed = inside.with(root: root)
    } else {
      listed = try inside.listed(in: &pool)
      archiveRoots[file.file.content] = listed.root
    }
    guard let root = listed.root else { return [] }
    var placed = PlacedFolder(path: file.path, folder: root)
    for part in folder.split(separator: "/") {
      guard let child = placed.children.first(where: { $0.path.lastPart == part }) else {
        return []
      }
      placed = child
    }
    let whole = subtree(
      of: placed, from: listed, flows: selection, unlike: nil,
      isClaimed: false)
    problems += whole.problems
    return whole.instances.map(\.archived)
  }
}

extension Instance {
  /// The same, read from an archive.
  fileprivate var archived: Instance {
    Instance(
      folder: folder, uniqueName: uniqueName, version: version, isManaged: isManaged,
      form: .archive, publisherPrefix: publisherPrefix,
      declarations: declarations, references: references, externals: externals,
      unlisted: unlisted, memberList: memberList, consumers: consumers, connectors: connectors,
      missingConnectors: missingConnectors,
      source: source)
  }
}
