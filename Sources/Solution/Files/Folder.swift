/// A folder of a revision, reduced to the files that may concern a solution. Immutable, and shared:
/// a `FolderPool` hands out one object for equal content, so `===` compares whole subtrees.
package final class Folder: Sendable {
  /// A value; one object, since it occurs in thousands of folders of a history: lists of files that differ
  /// in little are copied and compared at little cost.
  package final class File: Hashable, Sendable {
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

    package static func == (left: File, right: File) -> Bool {
      left === right
        || left.content == right.content && left.name == right.name && left.kind == right.kind
          && left.role == right.role
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(name)
      hasher.combine(content)
    }
  }

  package enum Kind: UInt8, Hashable, Sendable {
    case regular
    /// Never followed; reported where it replaces a file that would have been read.
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
  /// Files in it and in all folders below. A few objects can make any number of paths, so this
  /// is what a walk would cost.
  package let fileCount: Int
  /// The roles of its own files: most searches are for roles that none of its files has.
  private let roles: UInt64

  /// True where one of its own files is a submodule.
  let holdsSubmodule: Bool

  /// For a `FolderPool` alone.
  init(files: [File], children: [Child]) {
    self.files = files
    self.children = children
    var roles: UInt64 = 0
    var holdsSubmodule = false
    for file in files {
      roles |= 1 << UInt64(file.role.rawValue)
      if file.kind == .submodule { holdsSubmodule = true }
    }
    self.roles = roles
    self.holdsSubmodule = holdsSubmodule
    fileCount = children.reduce(files.count) {
      let (sum, isTooLarge) = $0.addingReportingOverflow($1.folder.fileCount)
      return isTooLarge ? Int.max : sum
    }
  }

  /// True where one of its own files has one of `wanted`.
  func holds(_ wanted: FileRole...) -> Bool {
    wanted.contains { roles & 1 << UInt64($0.rawValue) != 0 }
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
  ///
  /// - Parameter name: in lower case, in ASCII.
  package func children(named name: String) -> [Child] {
    // A search may visit a hundred solutions side by side: only names as long are compared.
    var named: [Child] = []
    for index in children.indices
    where children[index].name.utf8.count == name.utf8.count
      && children[index].name.lowercased() == name
    {
      named.append(children[index])
    }
    return named
  }
}
