import Synchronization

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

  /// Shared with the folders that differ from this one in anything but the names of children.
  let layout: ChildLayout

  /// The children that have a part in a solution by their names: of a hundred solutions side by side none.
  final class ChildLayout: Sendable {
    static let empty = ChildLayout()

    private let found = AtomicLazyReference<Positions>()

    private final class Positions: Sendable {
      let positions: [Int]

      init(_ positions: [Int]) { self.positions = positions }
    }

    fileprivate func positions(in children: [Child]) -> [Int] {
      let positions =
        found.load()
        ?? found.storeIfNil(
          Positions(children.indices.filter { Layout.isKnown(children[$0].name.lowercased()) }))
      return positions.positions
    }
  }

  /// For a `FolderPool` alone.
  ///
  /// - Parameter layout: of a folder whose children have the same names.
  init(files: [File], children: [Child], layout: ChildLayout? = nil) {
    self.files = files
    self.children = children
    self.layout = layout ?? (children.isEmpty ? .empty : ChildLayout())
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

  /// - Parameter path: from this folder, with `/` between parts.
  package func file(at path: String) -> File? {
    let parts = path.split(separator: "/").map(String.init)
    var folder: Folder? = self
    for part in parts.dropLast() { folder = folder?.child(part) }
    return folder?.files.first { $0.name == parts.last }
  }

  /// The children whose names a `Layout` knows.
  var knownChildren: [Child] {
    children.isEmpty ? [] : layout.positions(in: children).map { children[$0] }
  }

  /// The children whose name is `name` without regard to case; more than one where a case-sensitive
  /// file system made the export.
  ///
  /// - Parameter name: one that a `Layout` knows, in lower case.
  func children(named name: String) -> [Child] {
    knownChildren.filter { $0.name.lowercased() == name }
  }
}
