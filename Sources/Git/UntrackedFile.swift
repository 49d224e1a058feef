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

/// What a look at the worktree found.
package struct UntrackedFiles: Sendable {
  /// Ordered by folder.
  package internal(set) var files: [UntrackedFile] = []
  /// From the top of the worktree; repaired where no UTF-8.
  package internal(set) var unreadableFolders: [String] = []
}

extension Repository {
  /// The files of the worktree that are neither staged nor ignored, as far as `keeping` answers
  /// true for them; ordered by folder. Repositories inside of this one are passed over. Empty for
  /// a bare repository.
  ///
  /// Throws `.indexUnreadable`.
  package func untrackedFiles(
    keeping: (_ path: Span<UInt8>) -> Bool
  ) throws(GitError) -> UntrackedFiles {
    guard let workTree else { return UntrackedFiles() }
    var found: [(path: [UInt8], kind: TreeEntry.Kind)] = []
    var untracked = UntrackedFiles()
    findFiles(
      below: [], of: workTree, keeping: keeping, &found, unreadable: &untracked.unreadableFolders)
    guard !found.isEmpty else { return untracked }
    let tracked = Set(try index { path, _ in keeping(path) }.map(\.path))
    untracked.files = found.compactMap { path, kind in
      let name = String.repaired(path)
      guard !tracked.contains(name.text) else { return nil }
      return UntrackedFile(path: name.text, pathIsExact: name.isExact, kind: kind)
    }
    return untracked
  }

  private func findFiles(
    below folder: [UInt8], of workTree: String, keeping: (Span<UInt8>) -> Bool,
    _ found: inout [(path: [UInt8], kind: TreeEntry.Kind)], unreadable: inout [String]
  ) {
    let path = Array(workTree.utf8) + [UInt8(ascii: "/")] + folder
    if !folder.isEmpty, DiskFile.isForbidden(path) {
      unreadable.append(String.repaired(folder.dropLast()).text)
      return
    }
    for entry in DiskFile.entries(of: path) {
      if entry.name.elementsEqual(".git".utf8) {
        // At the top, this repository; below, another one, none of whose files are ours.
        if folder.isEmpty { continue } else { return }
      }
      let path = folder + entry.name
      switch entry.kind {
      case .folder:
        let inside = path + [UInt8(ascii: "/")]
        if !isIgnored(inside) {
          findFiles(
            below: inside, of: workTree, keeping: keeping, &found, unreadable: &unreadable)
        }
      case .file, .symbolicLink:
        if keeping(path.span) && !isIgnored(path) { found.append((path, entry.kind)) }
      case .submodule: continue
      }
    }
  }

  /// Whether git ignores a path, which counts from the top of the worktree; the path of a folder
  /// ends with a slash.
  package func isIgnored(_ path: String) -> Bool { isIgnored(Array(path.utf8)) }

  private func isIgnored(_ path: [UInt8]) -> Bool {
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
