package import Detection
package import Git
package import Solution

/// One revision, read whole, settings files included.
package struct RevisionReading {
  package let snapshot: Snapshot
  /// Ordered by path.
  package let problems: [Problem]

  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  package init(
    _ repository: Repository, at revision: String?, covering configuration: Configuration
  ) throws(GitError) {
    var loader = SnapshotLoader(repository, covering: configuration)
    let tree = try loader.tree(at: revision)
    let (solutions, readingProblems) = loader.snapshot(of: tree)
    let (settings, settingsProblems) = loader.settings(of: tree)
    snapshot = Snapshot(
      instances: solutions.instances, settings: settings, exports: solutions.exports)
    problems = readingProblems + settingsProblems
  }
}
