import Platform

extension Repository {
  /// True where what is staged is known to differ from a commit in nothing that `keeping` answers true
  /// for. False also where this is not known at once: from an index that is split, sparse, damaged
  /// or without cached trees.
  ///
  /// As git does, it skips folders whose cached tree is the commit's; only the others are listed.
  package func stagesNothing(
    besides commit: ObjectID, keeping: (_ path: Span<UInt8>, _ kind: TreeEntry.Kind) -> Bool
  ) throws(GitError) -> Bool {
    // The reader of the index's content reports its faults.
    guard let file = DiskFile.read(indexPath), let cached = Self.cachedTree(in: file) else {
      return false
    }
    let tree = try self.commit(commit).tree
    if cached.id(of: cached.root) == tree { return true }
    var committed = CommittedFiles()
    try list(tree, cached.root, of: cached, at: [], into: &committed, keeping: keeping)
    let end = file.withUnsafeBufferPointer { bytes in
      try? IndexScan(UnsafeRawBufferPointer(bytes)).visit { entry in
        committed.take(entry, keeping: keeping)
      }
    }
    return end != nil && committed.isEqual
  }

  /// Nil where git has cached no trees, or in a form that is malformed, and for an index that is split.
  private static func cachedTree(in file: [UInt8]) -> CachedTree? {
    do throws(IndexFile.Malformed) {
      let end = try file.withUnsafeBufferPointer { (bytes) throws(IndexFile.Malformed) in
        try IndexScan(UnsafeRawBufferPointer(bytes)).visit { (_) throws(IndexFile.Malformed) in true
        }
      }
      var extensions = try IndexFile.Extensions(of: file, from: end)
      var tree: CachedTree?
      while let (name, content) = try extensions.next() {
        if name.elementsEqual("link".utf8) { return nil }
        if name.elementsEqual("TREE".utf8) { tree = try CachedTree(Array(content)) }
        guard IndexFile.isKnown(name) else { return nil }
      }
      return tree
    } catch {
      return nil
    }
  }

  /// The files of a commit that an index may have otherwise.
  private struct CommittedFiles {
    var files: [[UInt8]: ObjectID] = [:]
    /// Folders whose tree is the cached one.
    var equalFolders: Set<[UInt8]> = []
    private var differs = false
    /// The equal folder that the last entry was in, with a slash behind it: entries are ordered by
    /// folder.
    private var current: [UInt8] = []

    /// True where every file was taken, and nothing else.
    var isEqual: Bool { !differs && files.isEmpty }

    /// Compares the next entry of the index; false where it is another than the commit's.
    mutating func take(
      _ entry: IndexScan.Entry, keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
    ) -> Bool {
      let path = entry.path
      if !current.isEmpty, path.count > current.count, let start = path.baseAddress,
        memcmp(start, current, current.count) == 0
      {
        return true
      }
      for index in path.indices where path[index] == UInt8(ascii: "/") {
        let folder = Array(path[..<index])
        if equalFolders.contains(folder) {
          current = folder + [UInt8(ascii: "/")]
          return true
        }
      }
      // A folder represents the files of a sparse index, an empty path an entry of a split one.
      let kind = TreeEntry.Kind(mode: entry.mode)
      guard kind == .folder || path.isEmpty || keeping(path.span, kind) else { return true }
      differs =
        kind == .folder || entry.stage > 0 || entry.isIntentToAdd
        || files.removeValue(forKey: Array(path)) != entry.id
      return !differs
    }
  }

  private func list(
    _ tree: ObjectID, _ folder: CachedTree.Folder?, of cached: CachedTree, at path: [UInt8],
    into committed: inout CommittedFiles, keeping: (Span<UInt8>, TreeEntry.Kind) -> Bool
  ) throws(GitError) {
    guard folder.flatMap(cached.id) != tree else {
      committed.equalFolders.insert(path)
      return
    }
    let prefix = path.isEmpty ? [] : path + [UInt8(ascii: "/")]
    let subfolders = folder.map(cached.subfolders) ?? [:]
    for entry in try self.tree(tree) {
      let name = Array(entry.name.utf8)
      let whole = prefix + name
      if entry.kind != .folder {
        if keeping(whole.span, entry.kind) { committed.files[whole] = entry.id }
      } else {
        // Longer than any path on disk: folders within folders without end.
        guard whole.count < 4_096 else {
          throw GitError(.damagedObject, "could not read tree '\(tree)': its path is too long")
        }
        try list(
          entry.id, subfolders[name[...]], of: cached, at: whole, into: &committed, keeping: keeping
        )
      }
    }
  }
}
