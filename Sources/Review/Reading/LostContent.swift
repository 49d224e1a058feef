import Detection
import Solution

extension InstancePair {
  /// The file that declared the references, where it was removed and other files of the solution were
  /// not. It matters where one of these uses a reference that it declared, and the manifest is still there: a web
  /// page deletes a solution folder after folder, a commit each.
  var lostDeclarations: (problem: Problem, matters: Bool)? {
    guard losesDeclarations, let before, let after, let path = before.references.first?.place.path
    else { return nil }
    guard !before.form.hasManifest || after.form.hasManifest else {
      let message =
        "was removed with the manifest of '\(before.uniqueName)': other files of the solution are "
        + "still there, and not checked"
      return (Problem(path: path, message: message, hidesContent: false), false)
    }
    let used = after.consumers.contains { consumer in
      before.references.contains { consumer.names($0.name) }
    }
    let message =
      "was removed, and other files of its solution were not: what it declares is not known"
    return (
      Problem(
        path: path,
        message: used ? message + "\nhint: put it back, or remove the solution whole" : message,
        hidesContent: false), used
    )
  }

  /// The file that a change restored after such a loss.
  var restoredDeclarations: String? {
    guard before?.declarations == .absent, let lost = reversed.lostDeclarations, lost.matters
    else { return nil }
    return lost.problem.path
  }
}

extension Comparison {
  /// The files that declared what is still used, as losses of the change.
  func lostDeclarations(besides content: LostContent) -> [Problem] {
    instances.compactMap(\.lostDeclarations).filter {
      $0.matters && !content.isHidden($0.problem.path)
    }.map { Problem(path: $0.problem.path, message: $0.problem.message) }
  }
}

/// Finds files of a change that held a part of a solution before, are there after it, and hold nothing
/// that can be read as one any more: what they say now is not known.
struct LostContent {
  let before: Snapshot
  let after: Snapshot
  let difference: TreeDifference
  let tree: RevisionTree
  /// Of folders that only the side before has.
  private let barriers: [Barrier]

  /// - Parameters:
  ///   - before: with its settings files, where any changed.
  ///   - tree: the side `after`.
  init(before: Snapshot, after: Snapshot, difference: TreeDifference, tree: RevisionTree) {
    self.init(
      before: before, after: after, difference: difference, tree: tree,
      barriers: tree.barriers(inPlaceOf: difference.removedFolders))
  }

  private init(
    before: Snapshot, after: Snapshot, difference: TreeDifference, tree: RevisionTree,
    barriers: [Barrier]
  ) {
    self.before = before
    self.after = after
    self.difference = difference
    self.tree = tree
    self.barriers = barriers
  }

  /// In no order; without those of files that `known` has a problem of.
  func problems(besides known: [Problem]) -> [Problem] {
    (lostConsumers + lostArchives + lostLists + lostManifests + hiddenFolders).filter { lost in
      !known.contains { ($0.hidesContent || $0.mayHideContent) && $0.isOf(file: lost.path) }
    }
  }

  /// True for a file that was not removed: a link or a submodule is in the place of its folder.
  func isHidden(_ path: String) -> Bool { barriers.contains { $0.isAround(path) } }

  /// Of solutions with a changed file: in a large repository most have none.
  private var lostConsumers: [Problem] {
    let (former, now) = (
      before.instances.reading(otherFilesThan: after.instances),
      after.instances.reading(otherFilesThan: before.instances)
    )
    guard !former.isEmpty else { return [] }
    let present = Set(now.flatMap { $0.consumers.map(\.path) })
    return former.flatMap(\.consumers).compactMap { consumer -> Problem? in
      guard difference.paths.contains(consumer.path), !present.contains(consumer.path),
        let file = tree.root?.file(at: consumer.path), file.kind == .regular,
        isLost(consumer, in: file)
      else { return nil }
      return Problem(
        path: consumer.path,
        message: "held '\(consumer.name)', and cannot be read as \(word(consumer)) any more")
    }
  }

  private func word(_ consumer: Consumer) -> String {
    switch consumer.kind {
    case .flow, .desktopFlow: "a flow"
    case .codeApp: "the configuration of a code app"
    case .agent: "a part of an agent"
    case .app: "an app"
    case .component: "a component"
    }
  }

  /// False for a file that may well hold no consumer any more: a code app without data sources, an agent's part
  /// without a connection.
  private func isLost(_ consumer: Consumer, in file: Folder.File) -> Bool {
    guard consumer.kind != .flow else { return true }
    guard consumer.kind == .codeApp || consumer.kind == .agent,
      case .bytes(let bytes) = tree.contents(of: file.content, limit: 1 << 20)
    else { return false }
    return consumer.kind == .agent
      ? !AgentPart.isWellFormed(bytes)
      : bytes.first { $0 > UInt8(ascii: " ") } != UInt8(ascii: "{")
  }

  /// A solution that is elsewhere now was moved.
  private var lostArchives: [Problem] {
    guard before.instances.contains(where: { $0.form == .archive }) else { return [] }
    let present = Set(after.instances.map(SolutionLine.init))
    let archives = Set(
      after.instances.filter { $0.form == .archive }.compactMap { archive(of: $0) })
    return before.instances.compactMap { instance -> Problem? in
      guard instance.form == .archive, !present.contains(SolutionLine(instance)),
        let path = archive(of: instance), !archives.contains(path),
        let file = tree.root?.file(at: path), file.kind != .submodule
      else { return nil }
      guard file.kind == .regular else {
        return Problem(
          path: path,
          message: "\(Unreadable.symbolicLink.message); it held the solution "
            + "'\(instance.uniqueName)'\nhint: put the file back, or remove it")
      }
      return Problem(
        path: path,
        message:
          "held the solution '\(instance.uniqueName)', and holds none that can be read any more")
    }
  }

  /// Lists of members that were removed or emptied, while what they named is still there.
  private var lostLists: [Problem] {
    before.instances.compactMap { former -> Problem? in
      guard let list = former.memberList, difference.paths.contains(list),
        let now = after.instances.first(where: {
          $0.folder == former.folder && $0.form == former.form
            && $0.uniqueName == former.uniqueName
        }), now.memberList == nil, !now.references.isEmpty || !now.consumers.isEmpty
      else { return nil }
      let isRemoved = tree.root?.file(at: list) == nil
      return Problem(
        path: list,
        message: (isRemoved ? "was removed" : "lists nothing any more")
          + ", while the files of its solution are still there: what it holds is not known"
          + "\nhint: put the list back, or remove the solution whole")
    }
  }

  /// Manifests that were removed, while the list of members beside each is still there.
  private var lostManifests: [Problem] {
    before.instances.compactMap { former -> Problem? in
      guard let list = former.memberList, tree.root?.file(at: list) != nil,
        let end = list.lastIndex(of: "/")
      else { return nil }
      let manifest = String(list[...end]) + "solution.yml"
      guard difference.paths.contains(manifest), tree.root?.file(at: manifest) == nil else {
        return nil
      }
      return Problem(
        path: manifest,
        message:
          "was removed, while the files of '\(former.uniqueName)' are still there: which solution "
          + "they are of is not known\nhint: put it back, or remove the solution whole")
    }
  }

  /// The paths of files that hold a part of a solution again, and did not on the side before.
  func restored(from former: RevisionTree, known: [Problem]) -> [String] {
    LostContent(
      before: after, after: before, difference: difference, tree: former,
      barriers: former.barriers(inPlaceOf: difference.addedFolders)
    ).problems(besides: known).map(\.path)
  }

  /// The changed file that an instance was read from.
  private func archive(of instance: Instance) -> String? {
    difference.paths.first { instance.folder == $0 || instance.folder.hasPrefix($0 + "/") }
  }

  /// Folders that are links or submodules now, and held what was read.
  private var hiddenFolders: [Problem] {
    guard !barriers.isEmpty else { return [] }
    let held = HeldParts(before, besides: after)
    return barriers.compactMap { barrier -> Problem? in
      guard let parts = held.parts(behind: barrier) else { return nil }
      let kind =
        barrier.isSubmodule
        ? "is a submodule, which is not looked into" : Unreadable.symbolicLink.message
      return Problem(
        path: barrier.path,
        message: "\(kind); it held \(parts)\nhint: put the folder back, or remove it whole")
    }
  }
}

/// What was read of one side of a comparison, and is nowhere on the other.
private struct HeldParts {
  private let former: Snapshot
  private let other: Snapshot
  /// The solutions that the other side declares, in any folder.
  private let declared: Set<SolutionLine>

  init(_ former: Snapshot, besides other: Snapshot) {
    self.former = former
    self.other = other
    declared = Set(other.instances.filter { $0.declarations == .read }.map(SolutionLine.init))
  }

  /// What a folder held of it, in words; nil for nothing.
  func parts(behind barrier: Barrier) -> String? {
    let files = barrier.files
    var solutions: [String] = []
    var lost: Set<String> = []
    for instance in former.instances {
      let isAround = barrier.isAround(instance.folder)
      guard isAround || instance.folder.isEmpty || barrier.path.hasPrefix(instance.folder + "/")
      else { continue }
      // A file that is at another path was moved.
      let isDeclared = declared.contains(SolutionLine(instance))
      if isAround, !isDeclared, instance.form.hasManifest {
        solutions.append("'\(instance.uniqueName)'")
        continue
      }
      let lines = other.instances.filter { SolutionLine($0) == SolutionLine(instance) }
      let consumers = Set(lines.flatMap { $0.consumers.map(\.id) })
      var parts = Set(instance.consumers.filter { !consumers.contains($0.id) }.map(\.path))
      if !isDeclared {
        parts.formUnion((instance.references + instance.unlisted).map(\.place.path))
      }
      if instance.form.hasManifest {
        parts.formUnion(
          files.filter { $1.role == .connector || !isDeclared && $1.role.describesSolution }.keys)
      }
      let present = Set(lines.flatMap { $0.source.everyFile })
      lost.formUnion(
        parts.filter { path in files[path].map { !present.contains($0) } ?? false })
    }
    if let first = solutions.first {
      return "the solution \(first)"
        + (solutions.count > 1 ? " and \(solutions.count - 1) more" : "")
    }
    let rest = Set(other.settings.map(\.path.fileName) + other.exports.map(\.path.fileName))
    lost.formUnion(
      (former.settings.map(\.path) + former.exports.map(\.path))
        .filter { files[$0] != nil && !rest.contains($0.fileName) })
    guard let first = lost.min() else { return nil }
    let others = lost.count - 1
    return "'\(first.fileName)'"
      + (others > 0 ? " and \(others) more file\(others == 1 ? "" : "s")" : "")
  }
}

extension Folder {
  fileprivate var everyFile: [File] { files + children.flatMap(\.folder.everyFile) }
}

extension String {
  /// Without the folders of a path.
  fileprivate var fileName: Substring {
    lastIndex(of: "/").map { self[index(after: $0)...] } ?? self[...]
  }
}

extension FileRole {
  /// True for a file that says what a solution is, and has that meaning nowhere else.
  fileprivate var describesSolution: Bool {
    switch self {
    case .customizations, .manifest, .yamlManifest, .yamlComponents, .yamlMissingDependencies: true
    default: false
    }
  }
}

extension [Instance] {
  /// The instances that were read from files of which `others` have none.
  fileprivate func reading(otherFilesThan others: [Instance]) -> [Instance] {
    // Nearly all are equal and in the same order: only the others are looked up.
    let start = zip(self, others).prefix { $0 === $1 }.reduce(0) { count, _ in count + 1 }
    var rest = self[start...]
    var end = others.endIndex
    while let last = rest.last, end > start, last === others[end - 1] {
      rest = rest.dropLast()
      end -= 1
    }
    guard !rest.isEmpty else { return [] }
    let known = Set(others.map { ObjectIdentifier($0.source) })
    return rest.filter { !known.contains(ObjectIdentifier($0.source)) }
  }
}
