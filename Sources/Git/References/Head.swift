import Clibgit2
import Platform

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
      if let place = DiskFile.forbidden(among: ["\(commonDirectory)/\(name)"]) {
        throw GitError(.forbidden, "could not read '\(place)': permission denied")
      }
      throw error.error("could not read branch '\(branch)'")
    }
    return .branch(branch, ObjectID(id))
  }

  /// The commits that a merge under way brings in, in order; none when there is no merge.
  package func mergeHeads() -> [ObjectID] {
    DiskFile.lines(gitDirectory + "/MERGE_HEAD").compactMap { ObjectID(hex: $0.prefix(40)) }
  }

  /// True where the reflog shows that `HEAD` is the commit of a squash: `git merge --squash` sets ORIG_HEAD as
  /// every merge does, and the reflog names a cherry-pick as such.
  package func isCommitOfSquash(on parent: ObjectID) -> Bool {
    guard let original = DiskFile.lines(gitDirectory + "/ORIG_HEAD").first,
      ObjectID(hex: original.prefix(40)) == parent
    else { return false }
    let last = DiskFile.lines(gitDirectory + "/logs/HEAD").last ?? ""
    let move = last.split(separator: "\t", maxSplits: 1).dropFirst().first ?? ""
    return move.isEmpty || move.hasPrefix("commit:")
  }

  /// The commit that a revision names, in git's notation: a branch, `HEAD~2`, `v1.0`, an
  /// abbreviated id. Tags are followed.
  ///
  /// Throws `.revisionNotFound`: with the branch or tag that may have been meant, in a shallow clone with
  /// the fetch that may bring it.
  package func commitID(of revision: String) throws(GitError) -> ObjectID {
    let notFound = "could not find revision '\(revision)'"
    let spelled = try spelledOut(revision)
    var other: String?
    do throws(Libgit2Failure) {
      let object = try Owned<ParsedObjectKind> {
        git_revparse_single(&$0, handle.pointer, spelled)
      }
      switch git_object_type(object.pointer) {
      case GIT_OBJECT_TREE: other = "a folder"
      case GIT_OBJECT_BLOB: other = "a file"
      case GIT_OBJECT_TAG: other = "a tag of something else"
      default: break
      }
      let commit = try Owned<ParsedObjectKind> {
        git_object_peel(&$0, object.pointer, GIT_OBJECT_COMMIT)
      }
      guard let id = git_object_id(commit.pointer) else {
        throw Libgit2Failure(code: -1)
      }
      return ObjectID(id.pointee)
    } catch {
      // libgit2 refuses commits whose author or committer is not as it should be; git reads them.
      if let id = try? commitID(along: spelled) { return id }
      if let other {
        throw GitError(.revisionNotFound, "'\(revision)' names \(other), not a commit")
      }
      // `@{upstream}`
      let unset = "config value 'branch."
      if error.message.hasPrefix(unset) {
        let rest = error.message.dropFirst(unset.count).prefix { $0 != "'" }
        let branch = rest.lastIndex(of: ".").map { rest[..<$0] } ?? rest
        throw GitError(
          .revisionNotFound, "branch '\(branch)' has no upstream",
          hint: "git branch --set-upstream-to=origin/\(branch) \(branch)")
      }
      let hint =
        meant(by: revision).map { "did you mean '\($0)'?" }
        ?? (isShallow ? "git fetch --unshallow" : nil)
      // "revspec 'nope' not found" says nothing more; what is called a prefix that is too short is a word
      // like 'c9', which may be the beginning of an id.
      let isNoPrefix = error.message.hasSuffix("prefix is too short")
      guard !error.message.hasPrefix("revspec "), !isNoPrefix else {
        throw GitError(.revisionNotFound, notFound, hint: hint)
      }
      throw error.error(notFound, .revisionNotFound, hint: hint)
    }
  }

  /// The commit that a name, or an id, and a path of parents lead to: `main`, `HEAD~2^2`. Nil for other
  /// notations.
  private func commitID(along revision: String) throws(GitError) -> ObjectID? {
    let end = revision.firstIndex { "~^@:".contains($0) } ?? revision.endIndex
    guard let start = target(of: String(revision[..<end])) else { return nil }
    var id = try commit(peeling: start)
    var rest = revision[end...]
    while let step = rest.popFirst() {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = digits.isEmpty ? 1 : Int(digits), number <= 1_000_000 else { return nil }
      switch step {
      case "^":
        guard number > 0, let from = id else { continue }
        id = try commit(from).parents.dropFirst(number - 1).first
      case "~":
        for _ in 0..<number {
          id = try id.flatMap { from throws(GitError) in try commit(from).parents.first }
        }
      default: return nil
      }
    }
    return id
  }

  /// What a reference, or an id in full, names.
  private func target(of name: String) -> ObjectID? {
    if name.count == 40, let id = ObjectID(hex: name) { return id }
    var id: ObjectID?
    // A name that is none: the caller says what was not found.
    if let named = try? Owned<ReferenceKind>({ git_reference_dwim(&$0, handle.pointer, name) }),
      let direct = try? Owned<ReferenceKind>({ git_reference_resolve(&$0, named.pointer) })
    {
      id = git_reference_target(direct.pointer).map { ObjectID($0.pointee) }
    }
    return id
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
    var id = id
    // git follows any number; one that was made by hand may be longer than is worth following.
    for _ in 0..<64 {
      switch try type(of: id) {
      case GIT_OBJECT_COMMIT: return try commit(id).id
      case GIT_OBJECT_TAG: id = try taggedObject(id)
      default: return nil
      }
    }
    return nil
  }

  private func type(of id: ObjectID) throws(GitError) -> git_object_t {
    var (size, type) = (0, GIT_OBJECT_INVALID)
    do throws(Libgit2Failure) {
      try Libgit2.check(
        id.withLibgit2 { git_odb_read_header(&size, &type, objects.pointer, $0) })
    } catch {
      throw objectError(id, .commit, error)
    }
    return type
  }

  /// The object that a tag is for.
  private func taggedObject(_ id: ObjectID) throws(GitError) -> ObjectID {
    try rawObject(id, .tag).withBytes { bytes throws(GitError) in
      let line = "object ".utf8.count
      guard bytes.count >= line + 40, bytes.prefix(line).elementsEqual("object ".utf8),
        let target = ObjectID(hex: String(decoding: bytes[line..<line + 40], as: UTF8.self))
      else {
        throw GitError(.damagedObject, "could not read tag '\(id)'", hint: "git fsck --full")
      }
      return target
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
