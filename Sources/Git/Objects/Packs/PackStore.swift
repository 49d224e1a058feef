import Synchronization

/// The packs of a repository, found and mapped when the first object is read. All that open the
/// repository share them.
final class PackStore: Sendable {
  private let folders: [String]
  private let found = Mutex<[PackFile]?>(nil)

  /// - Parameter folders: of objects.
  init(_ folders: [String]) { self.folders = folders }

  /// The largest first: it holds most of the requested objects.
  ///
  /// A pack added later is read by libgit2, which searches again for missing objects.
  var packs: [PackFile] {
    found.withLock { found in
      if let found { return found }
      let packs = folders.flatMap { folder -> [PackFile] in
        DiskFile.entries(of: Array("\(folder)/pack".utf8)).compactMap { entry in
          let name = String(decoding: entry.name, as: UTF8.self)
          guard name.hasSuffix(".idx") else { return nil }
          return PackFile("\(folder)/pack/\(name.dropLast(".idx".count))")
        }
      }.sorted { $0.objects.bytes.count > $1.objects.bytes.count }
      found = packs
      return packs
    }
  }
}
