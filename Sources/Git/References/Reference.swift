import Clibgit2

/// A branch, a tag, a remote branch, or anything else below `refs/`.
package struct Reference: Hashable, Sendable {
  /// In full: `refs/heads/main`.
  package let name: String
  /// As people write it: `main`, `origin/main`, `v1.0`.
  package let shortName: String
  /// Tags are followed; nil when it leads to no commit.
  package let commit: ObjectID?
  /// The reference that this one is another name of; nil for most.
  package let target: String?
  /// Why it leads to no commit: the object is missing or damaged, or the reference itself cannot be
  /// read. Nil where it leads to one, and where it is meant to lead to none, as a tag of a file.
  package let failure: GitError?

  package init(
    name: String, shortName: String, commit: ObjectID?, target: String? = nil,
    failure: GitError? = nil
  ) {
    self.name = name
    self.shortName = shortName
    self.commit = commit
    self.target = target
    self.failure = failure
  }

  /// The command that repairs a broken reference, to be pasted.
  package var correction: String {
    // What is there must not be dropped because it cannot be read.
    guard failure?.kind != .forbidden else { return "run as a user who may read it" }
    let remote = name.split(separator: "/").dropFirst(2).first.map(String.init)
    let fetch =
      name.hasPrefix("refs/remotes/") ? "git fetch \(remote ?? "")" : "git fetch, or push it again"
    let kind = name.hasPrefix("refs/tags/") ? "tag" : "branch"
    return "\(fetch); to drop the \(kind): git update-ref -d \(name)"
  }
}

extension Repository {
  /// Every reference, remote branches and notes included, ordered by name.
  ///
  /// Throws `.forbidden` where a folder of them may not be read: what is in it would look deleted.
  package func references() throws(GitError) -> [Reference] {
    var references: [Reference] = []
    let failure: Libgit2Failure?
    do throws(Libgit2Failure) {
      let iterator = try Owned<ReferenceIteratorKind> {
        git_reference_iterator_new(&$0, handle.pointer)
      }
      while let reference = try nextReference(iterator) {
        references.append(reference)
      }
      failure = nil
    } catch {
      failure = error
    }
    let unreadable = try unreadableReferences(besides: Set(references.map(\.name)))
    if let failure { throw failure.error("could not list the references") }
    return (references + unreadable).sorted { $0.name < $1.name }
  }

  private func nextReference(
    _ iterator: borrowing Owned<ReferenceIteratorKind>
  ) throws(Libgit2Failure) -> Reference? {
    var made: OpaquePointer?
    let code = git_reference_next(&made, iterator.pointer)
    // The end of a walk is no failure, and every other negative answer is one.
    if code == GIT_ITEROVER.rawValue { return nil }
    try Libgit2.check(code)
    let reference = try Owned<ReferenceKind> { pointer in
      pointer = made
      return 0
    }
    let commit = commit(of: reference)
    return Reference(
      name: String(cString: git_reference_name(reference.pointer)),
      shortName: String(cString: git_reference_shorthand(reference.pointer)),
      commit: commit,
      target: git_reference_symbolic_target(reference.pointer).map { String(cString: $0) },
      failure: commit == nil ? failure(of: reference) : nil)
  }

  /// Nil for what leads to an object that is no commit, and for another name of nothing.
  private func failure(of reference: borrowing Owned<ReferenceKind>) -> GitError? {
    guard let id = git_reference_target(reference.pointer) else { return nil }
    do throws(GitError) {
      _ = try commit(peeling: ObjectID(id.pointee))
      return nil
    } catch {
      return error
    }
  }

  /// References in files of their own that hold no id, as a machine leaves them that lost its power, or that
  /// may not be read: libgit2 skips them.
  private func unreadableReferences(
    besides known: Set<String>
  ) throws(GitError) -> [Reference] {
    var found: [Reference] = []
    var waiting = ["refs"]
    while let folder = waiting.popLast() {
      guard !DiskFile.isForbidden(Array("\(commonDirectory)/\(folder)".utf8)) else {
        throw GitError(
          .forbidden,
          "could not list the references: '\(commonDirectory)/\(folder)': permission denied",
          hint: "run as a user who may read them")
      }
      for entry in DiskFile.entries(of: Array("\(commonDirectory)/\(folder)".utf8)) {
        let name = String.repaired(entry.name)
        // No name of a reference begins so, and git passes over such files.
        if name.text.hasPrefix(".") { continue }
        let path = "\(folder)/\(name.text)"
        switch entry.kind {
        case .folder: waiting.append(path)
        case .file where name.isExact && !known.contains(path) && !path.hasSuffix(".lock"):
          var short = path[...]
          for prefix in ["refs/heads/", "refs/remotes/", "refs/tags/", "refs/"]
          where short.hasPrefix(prefix) {
            short = short.dropFirst(prefix.count)
            break
          }
          let isForbidden = DiskFile.forbidden(among: ["\(commonDirectory)/\(path)"]) != nil
          found.append(
            Reference(
              name: path, shortName: String(short), commit: nil,
              failure: isForbidden
                ? GitError(.forbidden, "could not read '\(path)': permission denied")
                : GitError(.damagedObject, "could not read '\(path)': it holds no commit id")))
        case .file, .symbolicLink, .submodule: continue
        }
      }
    }
    return found
  }

  /// Nil also for a broken reference, for any reason.
  private func commit(of reference: borrowing Owned<ReferenceKind>) -> ObjectID? {
    // A tag of a blob, or a reference to nothing: there is no commit, for any reason.
    guard
      let direct = try? Owned<ReferenceKind>({ git_reference_resolve(&$0, reference.pointer) }),
      let id = git_reference_target(direct.pointer)
    else { return nil }
    return try? commit(peeling: ObjectID(id.pointee))
  }
}
