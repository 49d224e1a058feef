extension Repository {
  /// True where what is staged is known to differ from a commit in nothing that `keeping` answers true
  /// for. False also where this cannot be told at a glance: from an index that is split, sparse, damaged
  /// or without cached trees.
  ///
  /// As git does, it skips folders whose cached tree is the commit's; only the others are listed.
  package func stagesNothing(
    besides commit: ObjectID, keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(GitError) -> Bool {
    // Whoever reads the index for what is in it says what is wrong with it.
    guard let bytes = DiskFile.read(indexPath), let file = try? IndexFile(bytes, keeping: keeping),
      file.link == nil, let root = file.cachedTree
    else { return false }
    var committed = CommittedFiles()
    try list(try self.commit(commit).tree, root, at: [], into: &committed, keeping: keeping)
    for entry in file.entries where !committed.isInEqualFolder(entry.path) {
      // A folder stands for the files of a sparse index, an empty path for an entry of a split one.
      guard entry.stage == 0, !entry.isIntentToAdd, TreeEntry.Kind(mode: entry.mode) != .folder,
        committed.files.removeValue(forKey: entry.path) == entry.id
      else { return false }
    }
    return committed.files.isEmpty
  }

  /// The files of a commit that an index may have otherwise.
  private struct CommittedFiles {
    var files: [[UInt8]: ObjectID] = [:]
    /// Folders whose tree is the cached one; the root is an empty path.
    var equalFolders: Set<[UInt8]> = []

    func isInEqualFolder(_ path: [UInt8]) -> Bool {
      if equalFolders.contains([]) { return true }
      return path.indices.contains { index in
        path[index] == UInt8(ascii: "/") && equalFolders.contains(Array(path[..<index]))
      }
    }
  }

  /// - Parameter cached: nil where the index has nothing cached for this folder.
  private func list(
    _ tree: ObjectID, _ cached: CachedTree?, at path: [UInt8], into committed: inout CommittedFiles,
    keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
  ) throws(GitError) {
    guard cached?.id != tree else {
      committed.equalFolders.insert(path)
      return
    }
    let prefix = path.isEmpty ? [] : path + [UInt8(ascii: "/")]
    for entry in try self.tree(tree) {
      let whole = prefix + Array(entry.name.utf8)
      if entry.kind != .folder {
        if keeping(whole.span, entry.kind) { committed.files[whole] = entry.id }
      } else {
        // Longer than any path on disk: folders within folders without end.
        guard whole.count < 4_096 else {
          throw GitError(.damagedObject, "could not read tree '\(tree)': its path is too long")
        }
        let child = cached?.children.first { $0.name == Array(entry.name.utf8) }
        try list(entry.id, child, at: whole, into: &committed, keeping: keeping)
      }
    }
  }
}
