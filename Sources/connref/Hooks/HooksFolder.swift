import Git
import Platform
import Review

/// Where git looks for the hooks of a repository, as long as connref may write there.
struct HooksFolder {
  let url: URL
  let place: HooksFolderPlace
  /// Nil for a bare repository.
  let worktree: URL?
  /// The hooks to install by default.
  let usualHooks: [HookName]

  /// - Parameter isRemoval: true to take hooks out of it.
  init(_ repository: Repository, sharedToo: Bool, isRemoval: Bool = false) throws {
    url = URL(filePath: repository.hooksDirectory, directoryHint: .isDirectory)
    worktree = repository.workTree.map { URL(filePath: $0, directoryHint: .isDirectory) }
    place = HooksFolderPlace(
      of: url,
      gitFolders: [repository.gitDirectory, repository.commonDirectory].map {
        URL(filePath: $0, directoryHint: .isDirectory)
      },
      worktree: worktree)
    usualHooks = repository.isBare ? HookName.ofServers : HookName.ofClones
    let key = "core.hooksPath"
    let isSet = repository.configuration(key) != nil
    // The usual way to do without hooks is `/dev/null`.
    if isSet, !HooksFolderPlace.mayBeFolder(url) {
      throw Failure(
        message: "hooks are switched off (\(key) is \(repository.hooksDirectory))",
        hint: repository.origin(ofConfiguration: key)?.removal(of: key))
    }
    guard place == .outside, !sharedToo else { return }
    throw Failure(
      message: "git looks for hooks in '\(repository.hooksDirectory)', "
        + (isSet
          ? "outside of this repository (core.hooksPath)"
          : "a symbolic link out of this repository"),
      hint: isRemoval
        ? "connref uninstall --shared removes them there, for every repository that uses them"
        : "connref install --shared installs there, for every repository that uses it; "
          + (isSet
            ? "git config core.hooksPath .git/hooks gives this one its own"
            : "a folder in place of the link gives this one its own"))
  }
}
