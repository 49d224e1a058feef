/// Whether a repository may be read at all. Another user's configuration must not steer what runs
/// here, so git refuses it unless the user names it in `safe.directory`.
///
/// The rules are those of `ensure_valid_ownership` in git's setup.c; a repository that `GIT_DIR`
/// names is not asked for its owner.
struct Ownership {
  let location: RepositoryLocation
  let environment: GitEnvironment

  func check() throws(GitError) {
    guard !location.isNamedByEnvironment else { return }
    let parts = [location.gitFile, location.workTree, location.gitDirectory].compactMap { $0 }
    guard !parts.allSatisfy(isOwned) else { return }
    let subject = location.workTree ?? location.gitDirectory
    let settings: [String]
    do throws(Libgit2Failure) {
      settings = try Configuration(protectedBy: environment.settings).all("safe.directory")
    } catch {
      throw error.error("could not read git's configuration")
    }
    guard !isSafe(subject, settings) else { return }
    throw GitError(
      .notOwned, "could not open '\(subject)': it is owned by another user",
      hint: "git config --global --add safe.directory \(Self.quoted(subject))")
  }

  private func isOwned(_ path: String) -> Bool {
    guard let owner = DiskFile.owner(of: path) else { return true }
    let user = DiskFile.currentUser
    // Root by way of sudo may read files of the user who called sudo.
    return owner == user || (user == 0 && owner == environment.sudoUser)
  }

  /// A later value counts as much as an earlier one, but an empty one forgets those before it.
  private func isSafe(_ path: String, _ settings: [String]) -> Bool {
    let resolved = DiskFile.resolved(path) ?? path
    var isSafe = false
    for setting in settings {
      if setting.isEmpty {
        isSafe = false
      } else if setting == "*" {
        isSafe = true
      } else {
        let expanded = Path.expandingHome(setting, home: environment.home)
        if expanded.hasSuffix("/*") {
          isSafe = isSafe || Path.isInside(resolved, String(expanded.dropLast(2)))
        } else {
          let named = DiskFile.resolved(expanded) ?? expanded
          isSafe = isSafe || named == resolved || expanded == path
        }
      }
    }
    return isSafe
  }

  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      byte > 0x7f || "/._-+,@".utf8.contains(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
    return isPlain
      ? path
      : "'"
        + path.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}
