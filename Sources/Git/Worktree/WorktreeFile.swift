import Platform

/// A regular file of a worktree that is read, and replaced whole or not at all. Symbolic links are
/// never followed, neither the file's own nor one on the way to it.
package struct WorktreeFile: Sendable {
  /// From the root of the worktree, with `/` between parts.
  package let name: String
  private let folder: String
  private let path: String
  private let limit: Int

  /// - Parameters:
  ///   - name: from the root of the worktree, without `.` and `..`.
  ///   - limit: the most bytes to read.
  package init(_ name: String, in workTree: String, limit: Int) {
    self.name = name
    self.limit = limit
    let parts = name.split(separator: "/")
    folder = ([workTree] + parts.dropLast().map(String.init)).joined(separator: "/")
    path = "\(workTree)/\(name)"
  }

  /// The bytes; nil when nothing of this name is there. Throws where it is not a regular file, is
  /// behind a link, is larger than the limit or cannot be read.
  package func contents() throws(GitError) -> [UInt8]? {
    guard let status = try status() else { return nil }
    guard status.st_size <= limit else {
      throw refusal(
        "could not read", "it is larger than \(limit >> 20) MB: \(status.st_size) bytes")
    }
    guard let bytes = DiskFile.read(path) else { throw refusal("could not read", Self.reason) }
    return bytes
  }

  /// Throws when the file cannot be replaced: what is read-only stays as it is.
  package func ensureReplaceable() throws(GitError) {
    // The superuser may write anything, and would not want to.
    if let status = try status(), status.st_mode & 0o222 == 0 || access(path, W_OK) != 0 {
      throw refusal("could not write", "it is read-only", hint: "chmod u+w '\(path)'")
    }
    guard access(folder, W_OK) == 0 else {
      let isMissing = errno == ENOENT
      throw refusal(
        "could not write", isMissing ? "its folder does not exist" : "its folder is read-only",
        hint: isMissing ? "mkdir -p '\(folder)'" : nil)
    }
    try ensureNoLinkOnTheWay()
  }

  /// Puts `after` in the place of `before`, nil for a file that is not there yet: under another name
  /// first, with the mode and the owner of the file, then renamed. Throws, and changes nothing, when
  /// the file is not what it was.
  package func replace(_ before: [UInt8]?, by after: [UInt8]) throws(GitError) {
    try ensureReplaceable()
    do throws(Unwritable) {
      try WholeFile.write(after, to: path, isNew: before == nil) { () throws(Unwritable) in
        let present: [UInt8]?
        do throws(GitError) { present = try contents() } catch {
          throw Unwritable(reason: error.message)
        }
        guard present == before else {
          throw Unwritable(reason: "it was changed meanwhile: run the command again")
        }
      }
    } catch {
      throw refusal("could not write", error.reason)
    }
  }

  /// Removes the file.
  package func remove() throws(GitError) {
    guard try status() == nil || unlink(path) == 0 else {
      throw refusal("could not remove", Self.reason)
    }
  }

  /// Takes away what a writer that was killed has left beside the file, where there is nothing to write.
  package func removeRemains() { WholeFile.removeRemains(of: path) }

  /// Nil when nothing of this name is there.
  private func status() throws(GitError) -> stat? {
    var status = stat()
    guard lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw refusal("could not look at", Self.reason)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw refusal("could not change", "it is a symbolic link, which is not followed")
    case S_IFDIR: throw refusal("could not read", "it is a folder")
    default: throw refusal("could not read", "it is not a regular file")
    }
    try ensureNoLinkOnTheWay()
    return status
  }

  private func ensureNoLinkOnTheWay() throws(GitError) {
    guard let resolved = DiskFile.resolved(folder), let root = DiskFile.resolved(root) else {
      throw refusal("could not look at", Self.reason)
    }
    guard resolved == root + folder.dropFirst(self.root.count) else {
      throw refusal("could not change", "a folder on its path is a symbolic link")
    }
  }

  private var root: String { String(path.dropLast(name.count + 1)) }

  private static var reason: String { String(cString: strerror(errno)).lowercased() }

  private func refusal(_ what: String, _ reason: String, hint: String? = nil) -> GitError {
    GitError(.other, "\(what) '\(name)': \(reason)", hint: hint)
  }
}

extension Repository {
  /// The user's `path` relative to the root of the worktree; nil where it leads out of it. A
  /// relative path starts in the current folder, or at the root where that lies outside.
  package func pathInWorkTree(_ path: String) -> String? {
    guard let workTree else { return nil }
    let roots = [workTree, DiskFile.resolved(workTree)].compactMap { $0 }
    for start in [folder, workTree] {
      let absolute = Path.absolute(path, from: start)
      for root in roots where absolute != root && Path.isInside(absolute, root) {
        return String(absolute.dropFirst(root.count + 1))
      }
    }
    return nil
  }
}
