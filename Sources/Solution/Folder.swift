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

  fileprivate init(files: [File], children: [Child]) {
    self.files = files
    self.children = children
  }

  /// The children whose name is `name` without regard to case; more than one where a case-sensitive
  /// file system made the export.
  package func children(named name: String) -> [Child] {
    children.filter { $0.name.lowercased() == name }
  }
}

/// Makes folders, and hands out the one that exists for equal content.
package struct FolderPool: ~Copyable {
  private struct Key: Hashable {
    let files: [Folder.File]
    let names: [String]
    let folders: [ObjectIdentifier]
  }

  /// Keeps every folder alive, so an `ObjectIdentifier` in a key never comes to mean another one.
  private var folders: [Key: Folder] = [:]

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
    let key = Key(
      files: files, names: children.map(\.name),
      folders: children.map { ObjectIdentifier($0.folder) })
    if let known = folders[key] { return known }
    let folder = Folder(
      files: files, children: children.map { Folder.Child(name: $0.name, folder: $0.folder) })
    folders[key] = folder
    return folder
  }
}
