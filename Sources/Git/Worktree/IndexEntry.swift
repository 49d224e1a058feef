/// A file that is staged.
package struct IndexEntry: Hashable, Sendable {
  package let path: String
  /// False when the path is no UTF-8, and `path` a repaired one.
  package let pathIsExact: Bool
  package let id: ObjectID
  /// Never `.folder`: the folders of a sparse index are given as their files.
  package let kind: TreeEntry.Kind
  /// 0 for a file; 1 to 3 for the base, our and their side of a conflict.
  package let stage: Int
  /// `git add -N`: the path is there, its content is not; no commit would hold it.
  package let isIntentToAdd: Bool
  /// Not in the worktree, by sparse checkout, but staged.
  package let skipsWorkTree: Bool
  /// Of the file on the disk when it was staged; nil for what only a tree says.
  let stamp: FileStamp?
}
