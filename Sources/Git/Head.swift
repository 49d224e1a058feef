import Clibgit2

/// The commit or branch that is checked out.
package enum Head: Hashable, Sendable {
  /// A branch without a commit so far.
  case unborn(branch: String)
  case branch(String, ObjectID)
  case detached(ObjectID)

  /// Nil as long as there is no commit.
  package var commit: ObjectID? {
    switch self {
    case .unborn: nil
    case .branch(_, let id), .detached(let id): id
    }
  }
}

extension Repository {
  /// The target of `HEAD` of this worktree.
  package func head() throws(GitError) -> Head {
    let path = gitDirectory + "/HEAD"
    guard let line = DiskFile.lines(path).first else {
      throw GitError(.other, "could not read '\(path)'")
    }
    guard line.hasPrefix("ref:") else {
      guard let id = ObjectID(hex: line.prefix(40)) else {
        throw GitError(.other, "could not read '\(path)': neither a branch nor a commit")
      }
      return .detached(id)
    }
    let name = line.dropFirst("ref:".count).drop { $0 == " " }
    let branch = name.hasPrefix("refs/heads/") ? String(name.dropFirst(11)) : String(name)
    var id = git_oid()
    do throws(Libgit2Failure) {
      try Libgit2.check(git_reference_name_to_id(&id, handle.pointer, String(name)))
    } catch {
      if error.isNotFound { return .unborn(branch: branch) }
      throw error.error("could not read branch '\(branch)'")
    }
    return .branch(branch, ObjectID(id))
  }

  /// The commits that a merge under way brings in, in order; none when there is no merge.
  package func mergeHeads() -> [ObjectID] {
    DiskFile.lines(gitDirectory + "/MERGE_HEAD").compactMap { ObjectID(hex: $0.prefix(40)) }
  }

  /// The commit that a revision names, in git's notation: a branch, `HEAD~2`, `v1.0`, an
  /// abbreviated id. Tags are followed.
  ///
  /// Throws `.revisionNotFound`: with the branch or tag that may have been meant, in a shallow clone with
  /// the fetch that may bring it.
  package func commitID(of revision: String) throws(GitError) -> ObjectID {
    let notFound = "could not find revision '\(revision)'"
    let spelled = try spelledOut(revision)
    do throws(Libgit2Failure) {
      let object = try Owned<ParsedObjectKind> {
        git_revparse_single(&$0, handle.pointer, spelled)
      }
      let commit = try Owned<ParsedObjectKind> {
        git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
      }
      guard let id = git_object_id(commit.pointer) else {
        throw Libgit2Failure(code: -1)
      }
      return ObjectID(id.pointee)
    } catch {
      let hint =
        meant(by: revision).map { "did you mean '\($0)'?" }
        ?? (isShallow ? "git fetch --unshallow" : nil)
      // "revspec 'nope' not found" says nothing more.
      guard !error.message.hasPrefix("revspec ") else {
        throw GitError(.revisionNotFound, notFound, hint: hint)
      }
      throw error.error(notFound, .revisionNotFound, hint: hint)
    }
  }

  /// The branch or tag whose name is nearest to a revision that was not found.
  private func meant(by revision: String) -> String? {
    let end = revision.firstIndex { "~^@:".contains($0) } ?? revision.endIndex
    let name = String(revision[..<end])
    // Without a list there is no suggestion; that the revision was not found is said in any case.
    let names = (try? references())?.filter { $0.commit != nil }.map(\.shortName) ?? []
    let known = names + ["HEAD"]
    // An existing name is spelt right: its ancestors are missing.
    guard !known.contains(name) else { return nil }
    return Spelling.nearest(to: name, in: known).map { $0 + revision[end...] }
  }

  /// The commit that an object is, or that a tag leads to; nil for what leads to none: a tag of a
  /// file.
  ///
  /// Throws `.missingObject` and `.damagedObject`.
  package func commit(peeling id: ObjectID) throws(GitError) -> ObjectID? {
    do throws(Libgit2Failure) {
      let object = try Owned<ParsedObjectKind> { made in
        id.withLibgit2 { git_object_lookup(&made, handle.pointer, $0, GIT_OBJECT_ANY) }
      }
      let commit = try Owned<ParsedObjectKind> {
        git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
      }
      return git_object_id(commit.pointer).map { ObjectID($0.pointee) }
    } catch {
      let isNoCommit = [GIT_EPEEL.rawValue, GIT_EINVALIDSPEC.rawValue].contains(error.code)
      if isNoCommit { return nil }
      throw objectError(id, .commit, error)
    }
  }

  /// The revision as libgit2 understands it: it does not know `@~1`, nor, where GIT_COMMON_DIR splits the
  /// repository, this worktree's HEAD.
  private func spelledOut(_ revision: String) throws(GitError) -> String {
    for name in ["HEAD", "@"] where revision.hasPrefix(name) {
      let rest = revision.dropFirst(name.count)
      guard rest.isEmpty || "~^:".contains(rest.first ?? " ") else { continue }
      guard location.isSplitByEnvironment(environment) else { return "HEAD" + rest }
      guard let id = try head().commit else { continue }
      return id.hex + rest
    }
    return revision
  }
}
