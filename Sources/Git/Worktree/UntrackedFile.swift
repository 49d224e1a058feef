import Clibgit2

/// A file in the worktree that `git add` would stage.
package struct UntrackedFile: Hashable, Sendable {
  /// From the top of the worktree.
  package let path: String
  /// False when the path is no UTF-8, and `path` a repaired one.
  package let pathIsExact: Bool
  /// `.file` or `.symbolicLink`.
  package let kind: TreeEntry.Kind
}

extension Repository {
  /// The files of the worktree that are neither staged nor ignored, as far as `keeping` answers
  /// true for them; ordered by path. Repositories inside of this one are passed over. Empty for
  /// a bare repository.
  ///
  /// Throws `.indexUnreadable`.
  package func untrackedFiles(
    keeping: (_ path: Span<UInt8>) -> Bool
  ) throws(GitError) -> [UntrackedFile] {
    try worktreeFiles { path, _ in keeping(path) }.files.filter { !$0.isTracked }
      .map { UntrackedFile(path: $0.path, pathIsExact: $0.pathIsExact, kind: $0.kind) }
      .sorted { $0.path < $1.path }
  }

  /// Whether git ignores a path, which counts from the top of the worktree; the path of a folder
  /// ends with a slash.
  package func isIgnored(_ path: String) -> Bool { isIgnored(Array(path.utf8)) }

  func isIgnored(_ path: [UInt8]) -> Bool {
    var answer: Int32 = 0
    let code = (path + [0]).withUnsafeBytes { bytes in
      bytes.baseAddress.map {
        git_ignore_path_is_ignored(
          &answer, handle.pointer, $0.assumingMemoryBound(to: CChar.self))
      }
    }
    // A path that cannot be judged is looked at rather than lost.
    if code != 0 { git_error_clear() }
    return code == 0 && answer != 0
  }
}
