/// A folder of a revision, reduced to the files that may concern a solution. Immutable, and shared:
/// a `FolderPool` hands out one object for equal content, so `===` compares whole subtrees.
package final class Folder: Sendable {
  package struct File: Hashable, Sendable {
    package let name: String
    package let content: ContentID
    package let kind: Kind
    package let role: FileRole

    package init(name: String, content: ContentID, kind: Kind, role: FileRole) {
      self.name = name
      self.content = content
      self.kind = kind
      self.role = role
    }
  }

  package enum Kind: UInt8, Hashable, Sendable {
    case regular
    /// Never followed; said so where it stands for a file that would have been read.
    case symbolicLink
    /// A submodule, which is not looked into.
    case submodule
  }

  package struct Child: Sendable {
    package let name: String
    package let folder: Folder
  }

  /// Ordered by name.
  package let files: [File]
  /// Ordered by name; none of them is empty.
  package let children: [Child]
  /// Files in it and in all folders below. A few objects can stand for any number of paths, so this
  /// is what a walk would cost.
  package let fileCount: Int

  fileprivate init(files: [File], children: [Child]) {
    self.files = files
    self.children = children
    fileCount = children.reduce(files.count) {
      let (sum, isTooLarge) = $0.addingReportingOverflow($1.folder.fileCount)
      return isTooLarge ? Int.max : sum
    }
  }

  /// The child of exactly this name.
  package func child(_ name: String) -> Folder? {
    var low = 0
    var high = children.count
    while low < high {
      let middle = (low + high) / 2
      if children[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < children.count && children[low].name == name ? children[low].folder : nil
  }

  /// The children whose name is `name` without regard to case; more than one where a case-sensitive
  /// file system made the export.
  package func children(named name: String) -> [Child] {
    children.filter { $0.name.lowercased() == name }
  }
}

/// Makes folders, and hands out the one that exists for equal content. Copies are one pool: give one to
/// each worker.
package struct FolderPool: Sendable {
  /// By a hash of what is in them. Keeps every folder alive, so that no two are ever told apart, or
  /// taken for one another, by where they lie in memory.
  private let folders = SharedTable<Int, [Folder]>()

  package init() {}

  /// A folder with nothing in it.
  static let empty = Folder(files: [], children: [])

  /// The folder with these files and children, in any order; nil when there is nothing in it.
  package mutating func folder(
    files: [Folder.File], children: [(name: String, folder: Folder)]
  ) -> Folder? {
    guard !files.isEmpty || !children.isEmpty else { return nil }
    let files = files.sorted { $0.name < $1.name }
    let children = children.sorted { $0.name < $1.name }
    return folders.change(Self.hash(files, children)) { alike in
      let known = alike?.first { folder in
        folder.files == files && folder.children.count == children.count
          && zip(folder.children, children).allSatisfy {
            $0.folder === $1.folder && $0.name == $1.name
          }
      }
      if let known { return known }
      let folder = Folder(
        files: files, children: children.map { Folder.Child(name: $0.name, folder: $0.folder) })
      alike = (alike ?? []) + [folder]
      return folder
    }
  }

  /// Without the names: folders whose files have equal contents are mostly equal.
  private static func hash(
    _ files: [Folder.File], _ children: [(name: String, folder: Folder)]
  ) -> Int {
    var hasher = Hasher()
    for file in files { hasher.combine(file.content) }
    for child in children { hasher.combine(ObjectIdentifier(child.folder)) }
    return hasher.finalize()
  }
}
