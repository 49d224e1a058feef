import Clibgit2

/// The object store of a repository: packs as libgit2 reads them, loose objects as `LooseBackend` does.
enum ObjectStore {
  /// An alternate of an alternate and so on; git goes as far.
  private static let depthLimit = 5
  /// libgit2's own: it looks into packs first.
  private static let priorities: (loose: Int32, packs: Int32) = (1, 2)

  /// - Parameter folders: Of objects, absolute; the first is the repository's own.
  static func open(_ folders: [String]) throws(Libgit2Failure) -> Owned<ObjectStoreKind> {
    let store: Owned<ObjectStoreKind> = try Owned { git_odb_new(&$0) }
    for (number, folder) in folders.enumerated() {
      try add(folder, to: store, isAlternate: number > 0)
    }
    return store
  }

  /// A repository's folders of objects: its own, then those that others lend it.
  ///
  /// - Parameters:
  ///   - folder: `objects`, absolute.
  ///   - alternates: More of them, beside those that `info/alternates` names.
  static func folders(_ folder: String, alternates: [String]) -> [String] {
    var folders = [folder]
    var waiting = (named(in: folder) + alternates).map { (folder: $0, depth: 1) }
    while let next = waiting.popLast() {
      // git passes over an alternate that does not exist.
      guard !folders.contains(next.folder), DiskFile.isFolder(next.folder) else { continue }
      folders.append(next.folder)
      if next.depth < depthLimit {
        waiting += named(in: next.folder).map { ($0, next.depth + 1) }
      }
    }
    return folders
  }

  private static func add(
    _ folder: String, to store: borrowing Owned<ObjectStoreKind>, isAlternate: Bool
  ) throws(Libgit2Failure) {
    func add(
      _ backend: UnsafeMutablePointer<git_odb_backend>, _ priority: Int32
    ) throws(Libgit2Failure) {
      let code =
        isAlternate
        ? git_odb_add_alternate(store.pointer, backend, priority)
        : git_odb_add_backend(store.pointer, backend, priority)
      if code < 0 { backend.pointee.free?(backend) }
      try Libgit2.check(code)
    }
    let loose = try LooseBackend.make(in: folder)
    try add(loose, priorities.loose)
    LooseBackend.belongs(loose, to: store.pointer)
    var packs: UnsafeMutablePointer<git_odb_backend>?
    try Libgit2.check(git_odb_backend_pack(&packs, folder))
    if let packs { try add(packs, priorities.packs) }
  }

  /// `info/alternates`: a folder a line, from `objects` on where it is relative; `#` begins a comment.
  private static func named(in folder: String) -> [String] {
    DiskFile.lines(folder + "/info/alternates").filter { !$0.hasPrefix("#") }
      .map { Path.absolute($0, from: folder) }
  }
}
