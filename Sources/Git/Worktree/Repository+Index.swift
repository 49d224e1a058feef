extension Repository {
  /// Where this worktree's index is, or the one that `GIT_INDEX_FILE` names for the commit under
  /// way. Absolute; the file need not exist.
  package var indexPath: String {
    guard let named = environment.indexFile else { return gitDirectory + "/index" }
    // git goes to the top of the worktree first, so a relative name counts from there.
    let start = workTree.flatMap { Path.isInside(folder, $0) ? $0 : nil } ?? folder
    return Path.absolute(named, from: start)
  }

  /// True for the index of one commit under way, which is removed with it: of `git commit -a` or
  /// `git commit FILE`. Its content is on the disk, and perhaps not staged.
  package var isIndexOfOneCommit: Bool {
    environment.indexFile?.hasSuffix(".lock") ?? false
  }

  /// The staged files that `keeping` answers true for, in the order of the index; none when there
  /// is no index. A rejected entry costs no allocation.
  ///
  /// Throws `.indexUnreadable`, and `.missingObject` where the index is sparse and one of its
  /// folders is not in the repository.
  package func index(
    keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(GitError) -> [IndexEntry] {
    try stagedFiles(keeping: keeping).entries
  }

  /// An index with what its entries are to be trusted for.
  struct StagedFiles {
    var entries: [IndexEntry] = []
    /// When it was written, in seconds.
    var written: UInt32?
    /// Most of it is in a file that was written earlier.
    var isSplit = false
  }

  /// The same with the stamps that show whether files on the disk are the staged ones.
  func stagedFiles(
    keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(GitError) -> StagedFiles {
    let path = indexPath
    // Asked first: of an index that is replaced meanwhile an earlier time is the safe one.
    let written = DiskFile.modified(path)
    guard let bytes = DiskFile.read(path) else {
      guard !DiskFile.exists(path) else {
        throw GitError(.indexUnreadable, "could not read index '\(path)'")
      }
      return StagedFiles()
    }
    let stored: [IndexFile.Entry]
    let isSplit: Bool
    do throws(IndexFile.Malformed) {
      (stored, isSplit) = try entries(bytes, keeping: keeping)
    } catch {
      throw GitError(.indexUnreadable, "could not read index '\(path)': \(error.reason)")
    }
    var entries: [IndexEntry] = []
    entries.reserveCapacity(stored.count)
    for entry in stored {
      let kind = TreeEntry.Kind(mode: entry.mode)
      if kind == .folder {
        try appendFiles(of: entry.id, at: entry.path, to: &entries, keeping: keeping)
      } else {
        let name = String.repaired(entry.path)
        entries.append(
          IndexEntry(
            path: name.text, pathIsExact: name.isExact, id: entry.id, kind: kind,
            stage: entry.stage, isIntentToAdd: entry.isIntentToAdd,
            skipsWorkTree: entry.skipsWorkTree, stamp: entry.stamp))
      }
    }
    return StagedFiles(entries: entries, written: written, isSplit: isSplit)
  }

  private func entries(
    _ bytes: [UInt8], keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
  ) throws(IndexFile.Malformed) -> (entries: [IndexFile.Entry], isSplit: Bool) {
    let file = try IndexFile(bytes, keeping: keeping)
    guard let link = file.link else { return (file.entries, false) }
    let split = try SplitIndex(link: link)
    guard let id = split.sharedID else { return (file.entries, false) }
    guard let shared = DiskFile.read(gitDirectory + "/sharedindex.\(id)") else {
      throw IndexFile.Malformed("its shared index '\(id)' is missing")
    }
    // The bitmaps count every entry of the shared file, so none of them may be left out yet.
    let base = try IndexFile(shared) { _, _ in true }
    let merged = try split.merged(file.entries, into: base.entries).filter { entry in
      let kind = TreeEntry.Kind(mode: entry.mode)
      return kind == .folder || keeping(entry.path.span, kind)
    }
    return (merged, true)
  }

  /// The files of a folder that a sparse index gives in one entry; `path` ends with a slash.
  private func appendFiles(
    of tree: ObjectID, at path: [UInt8], to entries: inout [IndexEntry],
    keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
  ) throws(GitError) {
    for entry in try self.tree(tree) {
      let whole = path + Array(entry.name.utf8)
      // Longer than any path on disk: folders within folders without end.
      guard whole.count < 4_096 else {
        throw GitError(.damagedObject, "could not read tree '\(tree)': its path is too long")
      }
      if entry.kind == .folder {
        try appendFiles(
          of: entry.id, at: whole + [UInt8(ascii: "/")], to: &entries, keeping: keeping)
      } else if keeping(whole.span, entry.kind) {
        let name = String.repaired(whole)
        entries.append(
          IndexEntry(
            path: name.text, pathIsExact: name.isExact && entry.nameIsExact, id: entry.id,
            kind: entry.kind, stage: 0, isIntentToAdd: false, skipsWorkTree: true,
            stamp: nil))
      }
    }
  }
}
