package import Detection
package import Git
package import Solution

/// Compares the patterns of a configuration with the files of revisions.
package struct DeadPatterns {
  private let repository: Repository

  package init(_ repository: Repository) {
    self.repository = repository
  }

  /// Patterns that match no file that may concern a solution.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  package func patterns(
    of configuration: Configuration, at revision: String?
  ) throws -> [Configuration.PlacedPattern] {
    guard !configuration.patterns.isEmpty else { return [] }
    var loader = SnapshotLoader(repository)
    let tree = try loader.tree(at: revision)
    return configuration.deadPatterns(among: tree.root?.paths ?? [])
  }

  /// The same problems as `problems(of:on:)`, for a report that leaves out those solutions.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  package func remarks(
    on configuration: Configuration, at revision: String?
  ) throws -> [Problem] {
    try remarks(on: configuration, [PolicyFiles(repository).side(of: revision)])
  }

  /// The same where none of these commits has a file for the pattern.
  package func remarks(
    on configuration: Configuration, at commits: [ObjectID]
  ) throws -> [Problem] {
    try remarks(on: configuration, Set(commits).sorted().map { .commit($0) })
  }

  private func remarks(
    on configuration: Configuration, _ sides: [PolicySide]
  ) throws -> [Problem] {
    try problems(of: configuration, on: sides).map { problem in
      Problem(
        path: problem.path, line: problem.line, message: problem.message, hidesContent: false)
    }
  }

  /// Patterns that hide existing solutions: `solutions` patterns that match nothing on any side, or no
  /// solution, and `ignore` patterns that leave none. Empty where no side has a solution at all, since a
  /// configuration may be older than the first export.
  func problems(of configuration: Configuration, on sides: [PolicySide]) throws -> [Problem] {
    let narrowing = configuration.patterns.filter { $0.key == "solutions" || $0.key == "ignore" }
    guard !narrowing.isEmpty else { return [] }
    var loader = SnapshotLoader(repository)
    var trees: [RevisionTree] = []
    for side in sides { trees.append(try loader.tree(of: side)) }
    let dead = configuration.deadPatterns(among: trees.flatMap { $0.root?.paths ?? [] })
      .filter { $0.key == "solutions" }
    if dead.isEmpty {
      // Most often no file has to be read to know it.
      let declaring = trees.flatMap { $0.root?.paths(where: \.isOfOneSolution) ?? [] }
      let folders = declaring.flatMap(Self.foldersOfSolution)
      if folders.contains(where: { configuration.covers(folder: $0) }) { return [] }
    }
    let folders = trees.flatMap { loader.snapshot(of: $0).0.instances.map(\.folder) }
    guard !folders.isEmpty else { return [] }
    if !dead.isEmpty {
      return dead.map { Problem($0, "matches no file") }
    }
    guard !folders.contains(where: { configuration.covers(folder: $0) }) else { return [] }
    let isNamed = folders.contains { folder in
      configuration.solutions.isEmpty
        || configuration.solutions.contains { $0.matches(folder) }
    }
    return narrowing.filter { $0.key == (isNamed ? "ignore" : "solutions") }.map {
      Problem(
        $0,
        isNamed
          ? "leaves no solution"
          : "matches files, and none of them is the folder of a solution")
    }
  }

  /// The folders that may be the solution's that a file is of.
  private static func foldersOfSolution(of path: String) -> [String] {
    let parts = path.split(separator: "/").dropLast()
    // An unpacked solution has its declarations and its manifest in a folder of its own.
    if parts.last?.lowercased() == "other" { return [parts.dropLast().joined(separator: "/")] }
    return (0...parts.count).map { parts.prefix($0).joined(separator: "/") }
  }

  /// Patterns of environments that match no settings file after a change, since it removed the last one.
  /// Empty where no solution is left that needs one.
  func lostSettings(
    of configuration: Configuration, by outcome: CheckOutcome, on side: PolicySide
  ) throws -> [Problem] {
    guard !outcome.removedSettings.isEmpty, outcome.scope.solutions > 0 else { return [] }
    let lost = configuration.patterns.compactMap { placed in
      placed.key.hasPrefix("environments.")
        ? outcome.removedSettings.first(where: placed.pattern.matches).map { (placed, $0) } : nil
    }
    guard !lost.isEmpty else { return [] }
    var loader = SnapshotLoader(repository)
    let dead = configuration.deadPatterns(among: try loader.tree(of: side).root?.paths ?? [])
    return lost.filter { dead.contains($0.0) }.map { placed, path in
      Problem(
        placed,
        "matches no file any more: '\(path)' was removed\n"
          + "hint: correct the pattern in the same commit, or keep the file",
        hidesContent: false)
    }
  }
}

extension SnapshotLoader {
  fileprivate mutating func tree(of side: PolicySide) throws(GitError) -> RevisionTree {
    switch side {
    case .nowhere: emptyTree()
    case .index: try indexTree()
    case .worktree: try worktreeTree()
    case .commit(let id): try tree(of: id)
    }
  }
}

extension Folder {
  /// Of every file, in order, from this folder on.
  var paths: [String] { paths { _ in true } }

  /// Of the files with such a role.
  func paths(where isWanted: (FileRole) -> Bool) -> [String] {
    files.filter { isWanted($0.role) }.map(\.name)
      + children.flatMap { child in
        child.folder.paths(where: isWanted).map { "\(child.name)/\($0)" }
      }
  }
}

extension FileRole {
  /// True for a file that only a solution has.
  fileprivate var isOfOneSolution: Bool {
    [.customizations, .manifest, .yamlManifest].contains(self)
  }
}

extension Problem {
  /// What is wrong with a pattern of the configuration.
  init(
    _ placed: Configuration.PlacedPattern, _ fault: String, hidesContent: Bool = true
  ) {
    self.init(
      path: placed.place.path, line: placed.place.line,
      message: "'\(placed.pattern)' of '\(placed.key)' \(fault)", hidesContent: hidesContent)
  }
}
