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

  package init(name: String, shortName: String, commit: ObjectID?, target: String? = nil) {
    self.name = name
    self.shortName = shortName
    self.commit = commit
    self.target = target
  }
}

extension Repository {
  /// Every reference, remote branches and notes included, ordered by name.
  package func references() throws(GitError) -> [Reference] {
    do throws(Libgit2Failure) {
      let iterator = try Owned<ReferenceIteratorKind> {
        git_reference_iterator_new(&$0, handle.pointer)
      }
      var references: [Reference] = []
      while let reference = try nextReference(iterator) {
        references.append(reference)
      }
      return references.sorted { $0.name < $1.name }
    } catch {
      throw error.error("could not list the references")
    }
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
    return Reference(
      name: String(cString: git_reference_name(reference.pointer)),
      shortName: String(cString: git_reference_shorthand(reference.pointer)),
      commit: Self.commit(of: reference),
      target: git_reference_symbolic_target(reference.pointer).map { String(cString: $0) })
  }

  /// Nil also for a reference that is broken: git passes over those as well.
  private static func commit(of reference: borrowing Owned<ReferenceKind>) -> ObjectID? {
    guard
      let commit = try? Owned<ParsedObjectKind>({
        // A tag of a blob, or a reference to nothing: there is no commit, whatever the reason.
        git_reference_peel(&$0, reference.pointer, GIT_OBJECT_COMMIT)
      }), let id = git_object_id(commit.pointer)
    else { return nil }
    return ObjectID(id.pointee)
  }

  /// Whether git would show other objects than this program does, which ignores replacements.
  package func hasReplaceRefs() throws(GitError) -> Bool {
    do throws(Libgit2Failure) {
      let iterator = try Owned<ReferenceIteratorKind> {
        git_reference_iterator_glob_new(&$0, handle.pointer, "refs/replace/*")
      }
      return try nextReference(iterator) != nil
    } catch {
      throw error.error("could not list the references")
    }
  }
}
