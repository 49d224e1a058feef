import Platform

/// A committed solution zip: `<Solution>_<version>[_managed].zip`, whose root holds `solution.xml`,
/// `customizations.xml` and what the plain layout has beside them. A package for AppSource or a
/// deployment tool holds such zips, mostly in `PkgAssets`; they are read as well.
extension Reading {
  /// Packages seen hold one or two.
  private static let nestedLimit = 64

  /// How deep archives in archives are opened. A solution's own zip is one in a package; the rest is
  /// for what was packed twice by mistake.
  private static let depthLimit = 3

  /// The solutions in `archives` that are in no folder: where one is, people work on the folder,
  /// and the archive is a build of it, perhaps an old one. Of that one only the name is read.
  ///
  /// `builds`: the unique names, in lower case, of solutions whose builds are read too.
  mutating func archivedInstances(
    in archives: [PlacedFile], beside instances: [Instance], builds: Set<String>
  ) -> [Instance] {
    guard !archives.isEmpty else { return [] }
    let surroundings: ArchiveSurroundings
    if let known = latest.folders, known.isOf(instances, builds) {
      surroundings = known
    } else {
      surroundings = ArchiveSurroundings(instances, builds)
      latest.folders = surroundings
      latest.archives = []
    }
    // A selection of flows leaves out consumers of archives.
    guard case .all = flows else {
      return archives.flatMap { archived($0, beside: surroundings).instances }
    }
    var position = 0
    let found = archives.map { file in
      let known = latest.archives
      if position < known.count, known[position].file.file !== file.file {
        // Nearly always the next one; those in between were removed.
        position = known[position...].firstIndex { $0.file.file === file.file } ?? position
      }
      if position < known.count, known[position].isOf(file) {
        position += 1
        problems += known[position - 1].problems
        return known[position - 1]
      }
      return archived(file, beside: surroundings)
    }
    latest.archives = found.filter(\.isLasting)
    return found.flatMap(\.instances)
  }

  private mutating func archived(
    _ file: PlacedFile, beside surroundings: ArchiveSurroundings
  ) -> KnownArchive {
    let known = problems.count
    let found = archived(file, beside: surroundings.folders, depth: 1)
    // What is in an archive has no content of its own in a repository: the archive is what is damaged.
    for position in known..<problems.count { problems[position].content = file.file.content }
    let own = Array(problems[known...])
    return KnownArchive(
      file: file, instances: found, problems: own,
      isLasting: caches.archives[file.file.content] != nil && !own.contains(where: \.hidesContent))
  }

  /// The unique names, in lower case, of the solutions in `archives`; no more than manifests is read.
  mutating func solutions(inArchives archives: [PlacedFile], depth: Int = 1) -> Set<String> {
    var names: Set<String> = []
    for file in archives where file.file.kind == .regular && depth <= Self.depthLimit {
      let archive = ArchiveTree(file, in: tree)
      switch kind(of: file, archive) {
      case .other, .unopened: break
      case .solutions(let solutions):
        names.formUnion(solutions.map { ($0.uniqueName ?? file.path.lastPart).lowercased() })
      case .package(let nested):
        names.formUnion(
          inside(archive) { reading in
            reading.solutions(
              inArchives: nested.prefix(Self.nestedLimit).map {
                PlacedFile(path: file.path.appending(part: $0.path), file: $0.file)
              }, depth: depth + 1)
          })
      }
    }
    return names
  }

  /// `folders`: of the solutions that are in one, by unique name in lower case.
  private mutating func archived(
    _ file: PlacedFile, beside folders: [String: String], depth: Int
  ) -> [Instance] {
    if case .other? = caches.archives[file.file.content] { return [] }
    guard file.file.kind == .regular else { return [] }
    let archive = ArchiveTree(file, in: tree)
    switch kind(of: file, archive) {
    case .other: return []
    case .unopened(let failure):
      problems.append(problem(of: file, failure, beside: folders))
      return []
    case .solutions(let solutions):
      if solutions.count > Self.nestedLimit {
        problems.append(
          Problem(
            Unreadable(
              "holds \(solutions.count) solutions, and only \(Self.nestedLimit) of them were read"),
            in: file))
      }
      return solutions.prefix(Self.nestedLimit).flatMap { solution -> [Instance] in
        let name = solution.uniqueName ?? file.path.lastPart
        if let other = folders[name.lowercased()] {
          let place = other.isEmpty ? "the root" : "\(other)/"
          note("not read: its solution '\(name)' is unpacked in \(place)", of: file)
          return []
        }
        return archived(file, archive, below: solution.folder)
      }
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
      return inside(archive) { reading in
        nested.prefix(Self.nestedLimit).flatMap { entry in
          reading.archived(
            PlacedFile(path: file.path.appending(part: entry.path), file: entry.file),
            beside: folders, depth: depth + 1)
        }
      }
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

  private mutating func kind(of file: PlacedFile, _ archive: ArchiveTree) -> ArchiveKind {
    if let known = caches.archives[file.file.content] { return known }
    let listing: ArchiveListing
    do throws(Unopened) {
      listing = try archive.listing()
    } catch {
      if error.isLasting { caches.archives[file.file.content] = .unopened(error) }
      return .unopened(error)
    }
    if let path = listing.outside, !listing.manifests.isEmpty {
      note("holds '\(path)', which leads out of it: not read", of: file)
    }
    var kind = listing.archives.isEmpty ? ArchiveKind.other : .package(listing.archives)
    let solutions = listing.manifests.map { manifest in
      var uniqueName: String?
      if case .success(let fragment?) = caches.manifests.fragment(of: manifest.file, from: archive)
      {
        uniqueName = fragment.uniqueName
      }
      var parts = manifest.path.split(separator: "/").dropLast()
      // An unpacked solution that was packed as it is has its manifest in `Other`.
      if parts.last?.lowercased() == "other" { parts.removeLast() }
      let folder = parts.joined(separator: "/")
      return (uniqueName: uniqueName, folder: folder)
    }
    if listing.isPackage {
      for (name, folder) in solutions {
        note(
          "holds the solution '\(name ?? folder)' in '\(folder)' beside archives: not read",
          of: file)
      }
    } else if !solutions.isEmpty {
      kind = .solutions(solutions)
    }
    for (_, folder) in solutions where !listing.isPackage {
      // Another release, packed by mistake, lies beside the manifest.
      for inner in listing.archives where inner.path == folder.appending(part: inner.path.lastPart)
      {
        note(
          """
          holds the archive '\(inner.path)' beside the files of its solution: \
          that one is not read
          """, of: file)
      }
    }
    caches.archives[file.file.content] = kind
    return kind
  }

  /// The solution in a folder of an archive.
  private mutating func archived(
    _ file: PlacedFile, _ archive: ArchiveTree, below folder: String
  ) -> [Instance] {
    let listed: ArchiveTree
    if let root = caches.archiveRoots[file.file.content] {
      listed = archive.with(root: root)
    } else {
      do throws(Unreadable) {
        var pool = caches.pool
        listed = try archive.listed(in: &pool)
      } catch {
        problems.append(Problem(error, in: file))
        return []
      }
      caches.archiveRoots[file.file.content] = listed.root
    }
    guard let root = listed.root else { return [] }
    var placed = PlacedFolder(path: file.path, folder: root)
    for part in folder.split(separator: "/") {
      guard let child = placed.children.first(where: { $0.path.lastPart == part }) else {
        return []
      }
      placed = child
    }
    let whole = inside(listed) { $0.subtree(of: placed, unlike: nil, isClaimed: false) }
    problems += whole.problems
    return whole.archivedInstances
  }

  private mutating func note(_ message: String, of file: PlacedFile) {
    problems.append(Problem(path: file.path, message: message, hidesContent: false))
  }
}

/// The solutions in folders beside archives, by which it is known whether an archive is a build of one.
struct ArchiveSurroundings {
  private let instances: [Instance]
  private let builds: Set<String>
  /// By unique name in lower case.
  let folders: [String: String]

  init(_ instances: [Instance], _ builds: Set<String>) {
    self.instances = instances
    self.builds = builds
    folders = Dictionary(
      instances.filter(\.isBuilt).map { ($0.uniqueName.lowercased(), $0.folder) },
      uniquingKeysWith: { first, _ in first }
    ).filter { !builds.contains($0.key) }
  }

  /// True where the same solutions are in the same folders.
  func isOf(_ others: [Instance], _ builds: Set<String>) -> Bool {
    guard others.count == instances.count, builds == self.builds else { return false }
    return others.indices.allSatisfy { position in
      let (one, other) = (instances[position], others[position])
      return one === other
        || one.uniqueName == other.uniqueName && one.folder == other.folder
          && one.isBuilt == other.isBuilt
    }
  }
}

extension Instance {
  /// True for one in a folder of which archives may be builds.
  fileprivate var isBuilt: Bool { form != .clone && declarations == .read }
}

/// The contents of an archive at its last reading: one object, since each revision hands it on
/// to the next.
final class KnownArchive: Sendable {
  fileprivate let file: PlacedFile
  fileprivate let instances: [Instance]
  fileprivate let problems: [Problem]
  /// False where another reading may find more.
  fileprivate let isLasting: Bool

  fileprivate init(
    file: PlacedFile, instances: [Instance], problems: [Problem], isLasting: Bool
  ) {
    self.file = file
    self.instances = instances
    self.problems = problems
    self.isLasting = isLasting
  }

  fileprivate func isOf(_ other: PlacedFile) -> Bool {
    file.file === other.file && file.path == other.path
  }
}

/// The kind of an archive by its content, at any path.
enum ArchiveKind {
  /// `folder`: of the archive, in which the files of a solution lie; empty for the root.
  case solutions([(uniqueName: String?, folder: String)])
  /// With the archives in it.
  case package([ArchiveListing.Entry])
  case other
  case unopened(Unopened)
}
