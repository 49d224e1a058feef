package import Solution

extension Snapshot {
  /// Older releases that are kept beside a newer one of their line: what they declare is not deployed
  /// any more. One that differs from the `other` side of a comparison is no older release, in any
  /// version. A folder precedes a zip: a build of a later version leaves it current.
  func olderReleases(besides other: Snapshot = .empty) -> Set<ObjectIdentifier> {
    // Most repositories hold each solution once.
    let releases = overtakenReleases
    guard !releases.isEmpty else { return [] }
    return Set(
      releases.filter { instance in
        other.instances.isEmpty
          || other.instances.contains {
            $0.source === instance.source && $0.isAtSamePlace(as: instance)
          }
      }.map { ObjectIdentifier($0) })
  }

  /// The same snapshot without older releases that are kept beside a newer one: what an audit and the
  /// settings commands judge.
  package var withoutOlderReleases: Snapshot {
    let older = olderReleases()
    guard !older.isEmpty else { return self }
    return Snapshot(
      instances: instances.filter { !older.contains(ObjectIdentifier($0)) }, settings: settings,
      exports: exports)
  }

  /// Remarks about releases that are kept side by side: which were left out as older
  /// ones, and where versions do not show the order. None of it hides content.
  package var releaseRemarks: [Problem] {
    let lines = Dictionary(grouping: instances.filter(\.form.hasManifest)) { SolutionLine($0) }
    guard lines.count < instances.count else { return [] }
    let older = olderReleases()
    return lines.values.filter { $0.count > 1 }.flatMap { releases -> [Problem] in
      let current = releases.filter { !older.contains(ObjectIdentifier($0)) }
      let remarks = [
        Self.leftOut(releases.filter { older.contains(ObjectIdentifier($0)) }, besides: current),
        Self.withoutVersion(releases), Self.alike(current),
      ]
      return remarks.compactMap { $0 }
    }.sorted { ($0.path, $0.message) < ($1.path, $1.message) }
  }

  private static func leftOut(_ older: [Instance], besides current: [Instance]) -> Problem? {
    guard let first = older.first,
      let newest = current.max(by: { ($0.version ?? .zero) < ($1.version ?? .zero) })
    else { return nil }
    let count = older.count == 1 ? "1 older release" : "\(older.count) older releases"
    let verb = older.count == 1 ? "was" : "were"
    return Problem(
      path: newest.folder.isEmpty ? "." : newest.folder,
      message:
        "\(count) of '\(first.uniqueName)' beside \(newest.version ?? .zero) \(verb) left out: "
        + listed(older), hidesContent: false)
  }

  private static func withoutVersion(_ releases: [Instance]) -> Problem? {
    let unread = releases.filter { $0.version == nil }
    guard let first = unread.first else { return nil }
    return Problem(
      path: first.folder.isEmpty ? "." : first.folder,
      message:
        "the version of '\(first.uniqueName)' in \(listed(unread)) cannot be read: it is checked as a "
        + "current release, and compared with others in the order of their paths",
      hidesContent: false)
  }

  /// Two folders, or two zips without a folder, of one version.
  private static func alike(_ current: [Instance]) -> Problem? {
    let folders = current.filter { $0.form != .archive }
    let kept = folders.isEmpty ? current : folders
    let byVersion = Dictionary(grouping: kept.filter { $0.version != nil }) { $0.version }
    guard let same = byVersion.values.filter({ $0.count > 1 }).max(by: { $0.count < $1.count }),
      let first = same.first
    else { return nil }
    let times = same.count == 2 ? "twice; both" : "\(same.count) times; all"
    return Problem(
      path: first.folder.isEmpty ? "." : first.folder,
      message:
        "'\(first.uniqueName)' \(first.version ?? .zero) is here \(times) copies are checked: "
        + listed(same), hidesContent: false)
  }

  /// The first three, by path: the folders, or the manifests where two are in one folder.
  private static func listed(_ instances: [Instance]) -> String {
    let areApart = Set(instances.map(\.folder)).count == instances.count
    let places = instances.map { instance in
      let path = areApart ? instance.folder : instance.manifestPath
      return path.isEmpty ? "the root" : "'\(path)'"
    }.sorted()
    let rest = places.count > 3 ? " and \(places.count - 3) more" : ""
    return places.prefix(3).joined(separator: ", ") + rest
  }
}

extension Snapshot {
  /// The folders that hold a solution of which a zip is here too, by unique name in lower case. None where
  /// builds were not read.
  var foldersOfBuilds: [String: [Instance]] {
    guard instances.contains(where: { $0.form == .archive }) else { return [:] }
    let names = Set(instances.filter { $0.form == .archive }.map(\.solutionKey))
    return Dictionary(
      grouping: instances.filter { !$0.mayBeCopy && names.contains($0.solutionKey) }
    ) { $0.solutionKey }
  }
}

extension Instance {
  /// True for a zip whose solution is in one of `folders` too.
  func isBuild(of folders: [String: [Instance]]) -> Bool {
    form == .archive && folders[uniqueName.lowercased()] != nil
  }
}

extension Instance {
  /// Where the layout has it; the folder for a layout that has it elsewhere.
  fileprivate var manifestPath: String {
    let prefix = folder.isEmpty ? "" : "\(folder)/"
    return switch form {
    case .unpacked: prefix + "Other/Solution.xml"
    case .plain: prefix + "solution.xml"
    default: folder
    }
  }

  func isAtSamePlace(as other: Instance) -> Bool {
    folder == other.folder && uniqueName == other.uniqueName && form == other.form
  }
}

extension Snapshot {
  /// The solutions that a command counts: each place that holds one, flows without a manifest included.
  /// A zip, the clone of an agent and an older release are not counted where they are kept beside
  /// solutions: they are builds of these, or solutions of others. Where nothing else is there, they are. An
  /// unpacked canvas app that names no reference is no solution.
  package var countedSolutions: [Instance] {
    let solutions = withoutOlderReleases.solutions.filter { instance in
      instance.form != .canvasApp || instance.consumers.contains { !$0.links.isEmpty }
    }
    let folders = solutions.filter { !$0.mayBeCopy }
    return folders.contains { $0.declarations == .read } ? folders : solutions
  }
}
