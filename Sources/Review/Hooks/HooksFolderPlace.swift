import Git
package import Platform

/// The folder where git looks for hooks.
package enum HooksFolderPlace: Equatable, Sendable {
  /// In the repository's own folder: hooks there concern this clone alone.
  case gitFolder
  /// In the worktree, by `core.hooksPath`: hooks there are files of the project.
  case worktree
  /// Elsewhere, by `core.hooksPath`: hooks there may run in every repository of the user.
  case outside

  /// Symbolic links are resolved first, so a `.git/hooks` that links elsewhere is `outside`.
  ///
  /// - Parameters:
  ///   - gitFolders: the git folder and, for a linked worktree, the common one.
  ///   - worktree: nil in a bare repository.
  package init(of folder: URL, gitFolders: [URL], worktree: URL?) {
    if gitFolders.contains(where: { Self.contains($0, folder) }) {
      self = .gitFolder
    } else if let worktree, Self.contains(worktree, folder) {
      self = .worktree
    } else {
      self = .outside
    }
  }

  /// False where something that is no folder is in its place: no hook can be there.
  package static func mayBeFolder(_ folder: URL) -> Bool {
    let path = folder.path(percentEncoded: false)
    let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    return DiskFile.kind(of: plain) == nil || DiskFile.isFolder(plain)
  }

  private static func contains(_ outer: URL, _ inner: URL) -> Bool {
    inner.resolvingSymlinksInPath().standardizedFileURL.pathComponents
      .starts(with: outer.resolvingSymlinksInPath().standardizedFileURL.pathComponents)
  }
}
