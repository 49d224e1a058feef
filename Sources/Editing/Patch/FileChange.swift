/// The change of one file.
package struct FileChange: Hashable, Sendable {
  /// From the root of the repository, with `/` between parts.
  package let path: String
  /// Nil for a file that is new.
  package let before: [UInt8]?
  /// Nil for a file that is removed.
  package let after: [UInt8]?

  package init(path: String, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }

  /// Changes that follow one another as one change a file, ordered by path. Without those that
  /// cancel out.
  package static func joined(_ steps: [[FileChange]]) -> [FileChange] {
    var files: [String: FileChange] = [:]
    for change in steps.joined() {
      files[change.path] = FileChange(
        path: change.path, before: (files[change.path] ?? change).before, after: change.after)
    }
    return files.values.filter { $0.before != $0.after }.sorted { $0.path < $1.path }
  }
}
