import Git
import Solution

/// The merge of two revisions, as far as files concern solutions. Nothing is written.
///
/// Conflicts are resolved in favour of our side. Renames are not detected: a file that one side renamed and the
/// other changed is a conflict.
struct TreeMerge {
  private let base: RevisionTree
  private let ours: RevisionTree
  private let theirs: RevisionTree
  private var pool: FolderPool
  /// Of files that both sides changed.
  private var merged: [ContentID: [UInt8]] = [:]
  /// True where a person has to merge a file.
  private(set) var hasConflicts = false

  init(
    _ theirs: RevisionTree, into ours: RevisionTree, since base: RevisionTree, _ pool: FolderPool
  ) {
    (self.base, self.ours, self.theirs, self.pool) = (base, ours, theirs, pool)
  }

  /// The merged revision.
  mutating func tree() -> RevisionTree {
    ours.replacing(root: folder(base.root, ours.root, theirs.root), unwritten: merged)
  }

  private mutating func folder(_ base: Folder?, _ ours: Folder?, _ theirs: Folder?) -> Folder? {
    if base === theirs || ours === theirs { return ours }
    if base === ours { return theirs }
    let files = Self.versions(base?.files, ours?.files, theirs?.files, by: \.name).compactMap {
      file($0.base, $0.ours, $0.theirs)
    }
    let children = Self.versions(base?.children, ours?.children, theirs?.children, by: \.name)
      .compactMap { child in
        folder(child.base?.folder, child.ours?.folder, child.theirs?.folder).map { folder in
          (name: (child.ours ?? child.theirs)?.name ?? "", folder: folder)
        }
      }
    return pool.folder(files: files, children: children)
  }

  private mutating func file(
    _ base: Folder.File?, _ ours: Folder.File?, _ theirs: Folder.File?
  ) -> Folder.File? {
    if base == theirs || ours == theirs { return ours }
    if base == ours { return theirs }
    guard let base, let ours, let theirs, ours.kind == .regular, theirs.kind == .regular,
      let bytes = merge(base.content, ours.content, theirs.content)
    else {
      hasConflicts = true
      return ours
    }
    let content = ContentID(Repository.blobID(of: bytes))
    merged[content] = bytes
    return Folder.File(name: ours.name, content: content, kind: .regular, role: ours.role)
  }

  /// Nil where our file is to be taken as it is.
  private mutating func merge(
    _ base: ContentID, _ ours: ContentID, _ theirs: ContentID
  ) -> [UInt8]? {
    func bytes(_ id: ContentID, _ tree: RevisionTree) -> [UInt8]? {
      guard case .bytes(let bytes) = tree.contents(of: id, limit: SnapshotReader.byteLimit) else {
        return nil
      }
      return bytes
    }
    guard let base = bytes(base, self.base), let ours = bytes(ours, self.ours),
      let theirs = bytes(theirs, self.theirs)
    else { return nil }
    if let clean = FileMerge.merged(base: base, ours: ours, theirs: theirs) { return clean }
    hasConflicts = true
    return FileMerge.merged(base: base, ours: ours, theirs: theirs, favoringOurs: true)
  }

  private typealias Versions<Item> = (base: Item?, ours: Item?, theirs: Item?)

  /// What each side has of each name, in any order.
  private static func versions<Item>(
    _ base: [Item]?, _ ours: [Item]?, _ theirs: [Item]?, by name: (Item) -> String
  ) -> [Versions<Item>] {
    var versions: [String: Versions<Item>] = [:]
    for item in base ?? [] { versions[name(item), default: (nil, nil, nil)].base = item }
    for item in ours ?? [] { versions[name(item), default: (nil, nil, nil)].ours = item }
    for item in theirs ?? [] { versions[name(item), default: (nil, nil, nil)].theirs = item }
    return Array(versions.values)
  }
}
