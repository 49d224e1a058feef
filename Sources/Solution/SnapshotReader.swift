/// Reads file trees into snapshots, and keeps what it has read by content: nothing is parsed twice,
/// in whatever revision it stands again.
package struct SnapshotReader: ~Copyable {
  package init() {}

  /// Never gives up on a file: what could not be read is a problem, and the rest goes on.
  /// Problems are ordered by path.
  package mutating func read(_ tree: some FileTree) -> (Snapshot, [Problem]) {
    (.empty, [])
  }

  /// `snapshot` with the settings files of the same tree, found by shape.
  package mutating func addSettings(
    to snapshot: Snapshot, from tree: some FileTree
  ) -> (Snapshot, [Problem]) {
    (snapshot, [])
  }
}
