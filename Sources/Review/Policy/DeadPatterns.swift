package import Detection
package import Git
import Solution

/// Holds the patterns of a configuration against the files of a revision.
package enum DeadPatterns {
  /// Patterns that match no file that may concern a solution.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  package static func patterns(
    of configuration: Configuration, in repository: Repository, at revision: String?
  ) throws -> [Configuration.PlacedPattern] {
    guard !configuration.patterns.isEmpty else { return [] }
    var loader = SnapshotLoader(repository)
    let tree = try loader.tree(at: revision)
    return configuration.deadPatterns(among: tree.root?.paths ?? [])
  }
}

extension Folder {
  /// Of every file, in order, from this folder on.
  var paths: [String] {
    files.map(\.name)
      + children.flatMap { child in child.folder.paths.map { "\(child.name)/\($0)" } }
  }
}
