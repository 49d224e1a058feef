import Clibgit2
import Platform

/// The change of the note on one object.
package struct NoteChange: Sendable {
  package let object: ObjectID
  /// Nil takes the note away.
  package let text: String?

  package init(_ object: ObjectID, text: String?) {
    self.object = object
    self.text = text
  }
}

/// Notes are all that this program ever writes into a repository.
extension Repository {
  /// The note on an object; nil where there is none.
  package func note(on object: ObjectID, in reference: String) throws(GitError) -> String? {
    do throws(Libgit2Failure) {
      guard let tip = try notesTip(reference) else { return nil }
      return try note(on: object, at: try notesCommit(tip))
    } catch {
      throw error.error("could not read the notes in '\(reference)'")
    }
  }

  /// Whether any note is there. Reads one reference; an unreadable one counts as missing.
  package func hasNotes(in reference: String) -> Bool { (try? notesTip(reference)) ?? nil != nil }

  /// Makes all changes, or none. Other writers at the same time lose nothing: the reference
  /// moves only from where it was read, and all is done again where it has moved on (`git notes`
  /// itself does not look).
  ///
  /// - Parameter mayReplace: called for each note that is there already; where the answer is no, it
  ///   stays as it is.
  package func changeNotes(
    in reference: String, _ changes: [NoteChange], mayReplace: (String) -> Bool
  ) throws(GitError) {
    var failure = Libgit2Failure(code: GIT_ELOCKED.rawValue)
    for attempt in 0..<Self.attempts {
      do throws(Libgit2Failure) {
        return try changeNotesOnce(in: reference, changes, mayReplace: mayReplace)
      } catch {
        let isRace = [GIT_EMODIFIED, GIT_ELOCKED, GIT_EEXISTS, GIT_ENOTFOUND].contains {
          $0.rawValue == error.code
        }
        failure = error
        guard isRace else { break }
        // The lock of a killed writer would stop every later one.
        if attempt == 0, removeStaleLock(of: reference) { continue }
        // Writers that failed together must not meet again: a random pause, longer each time.
        usleep(UInt32.random(in: 500...2_000) * UInt32(min(attempt + 1, 20)))
      }
    }
    let lock = "\(commonDirectory)/\(reference).lock"
    guard DiskFile.kind(of: lock) == nil else {
      throw GitError(
        .other, "could not write notes into '\(reference)': '\(lock)' is there",
        hint: "another writer has it; one that a killed run left is removed after a minute")
    }
    throw failure.error("could not write notes into '\(reference)'")
  }

  private static var attempts: Int { 100 }

  /// The age at which a lock is certainly abandoned: writing a reference takes milliseconds.
  private static var staleAge: Int { 60 }

  /// Takes away the lock of a writer that was killed. True where there was one.
  private func removeStaleLock(of reference: String) -> Bool {
    let lock = "\(commonDirectory)/\(reference).lock"
    var found = stat()
    guard lstat(lock, &found) == 0, found.st_mode & S_IFMT == S_IFREG,
      time(nil) - Self.modified(found) > Self.staleAge
    else { return false }
    // Moved first: of two that found it, one alone gets it, and sees which file it has.
    let taken = "\(lock).\(getpid())"
    guard rename(lock, taken) == 0 else { return true }
    var held = stat()
    if lstat(taken, &held) == 0, held.st_ino != found.st_ino {
      // A new writer's: it goes back, unless a third one has begun meanwhile.
      _ = link(taken, lock)
    }
    unlink(taken)
    return true
  }

  /// In seconds since 1970.
  private static func modified(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  private func changeNotesOnce(
    in reference: String, _ changes: [NoteChange], mayReplace: (String) -> Bool
  ) throws(Libgit2Failure) {
    let start = try notesTip(reference)
    var tip = start
    for change in changes {
      let parent = try tip.map { id throws(Libgit2Failure) in try notesCommit(id) }
      let present = try tip.flatMap { id throws(Libgit2Failure) in
        try note(on: change.object, at: try notesCommit(id))
      }
      if present == change.text { continue }
      if let present, !mayReplace(present) { continue }
      tip = try changed(change, on: parent)
    }
    guard let tip, tip != start else { return }
    // The program is the author: the user has written nothing.
    let made = try Owned<ReferenceKind> { made in
      tip.withLibgit2 { new in
        guard let start else {
          return git_reference_create(&made, handle.pointer, reference, new, 0, "connref")
        }
        return start.withLibgit2 { old in
          git_reference_create_matching(
            &made, handle.pointer, reference, new, 1, old, "connref")
        }
      }
    }
    _ = made.pointer
  }

  private func changed(
    _ change: NoteChange, on parent: consuming Owned<ParsedObjectKind>?
  ) throws(Libgit2Failure) -> ObjectID {
    var author: UnsafeMutablePointer<git_signature>?
    try Libgit2.check(git_signature_now(&author, "connref", "connref@localhost"))
    defer { git_signature_free(author) }
    let base = parent?.pointer
    var commit = git_oid()
    let code = change.object.withLibgit2 { object in
      guard let text = change.text else {
        return git_note_commit_remove(&commit, handle.pointer, base, author, author, object)
      }
      return git_note_commit_create(
        &commit, nil, handle.pointer, base, author, author, object, text, 1)
    }
    try Libgit2.check(code)
    return ObjectID(commit)
  }

  /// Nil as long as there is no note.
  private func notesTip(_ reference: String) throws(Libgit2Failure) -> ObjectID? {
    var id = git_oid()
    let code = git_reference_name_to_id(&id, handle.pointer, reference)
    if code == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try Libgit2.check(code)
    return ObjectID(id)
  }

  private func notesCommit(_ id: ObjectID) throws(Libgit2Failure) -> Owned<ParsedObjectKind> {
    try Owned { commit in
      id.withLibgit2 { git_object_lookup(&commit, handle.pointer, $0, GIT_OBJECT_COMMIT) }
    }
  }

  private func note(
    on object: ObjectID, at commit: borrowing Owned<ParsedObjectKind>
  ) throws(Libgit2Failure) -> String? {
    var made: OpaquePointer?
    let code = object.withLibgit2 {
      git_note_commit_read(&made, handle.pointer, commit.pointer, $0)
    }
    if code == GIT_ENOTFOUND.rawValue {
      git_error_clear()
      return nil
    }
    try Libgit2.check(code)
    let note = try Owned<NoteKind> { pointer in
      pointer = made
      return 0
    }
    return git_note_message(note.pointer).map { String(cString: $0) }
  }
}
