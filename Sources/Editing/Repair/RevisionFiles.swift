package import Solution

/// The files of a revision by their paths, as far as they may concern a solution. Files in archives
/// are not among them.
package struct RevisionFiles {
  private let tree: any FileTree
  private let files: [String: Folder.File]

  package init(_ tree: any FileTree) {
    self.tree = tree
    var files: [String: Folder.File] = [:]
    func list(_ folder: Folder, _ path: String) {
      for file in folder.files where file.kind == .regular { files[path + file.name] = file }
      for child in folder.children { list(child.folder, "\(path)\(child.name)/") }
    }
    if let root = tree.root { list(root, "") }
    self.files = files
  }

  /// Nil where there is no such file.
  func role(of path: String) -> FileRole? { files[path]?.role }

  func holds(_ path: String) -> Bool { files[path] != nil }

  /// In order.
  func paths(of role: FileRole) -> [String] {
    files.filter { $0.value.role == role }.keys.sorted()
  }

  /// Files that can say one of these, in order.
  func paths(saying content: FileRole.Content) -> [String] {
    files.filter { !$0.value.role.content.isDisjoint(with: content) }.keys.sorted()
  }

  /// Files that are settings files if their shape says so, in order.
  var settingsPaths: [String] {
    paths(saying: .bindings).filter { path in
      path.hasSuffix(".json")
        && path.split(separator: "/").dropLast().allSatisfy {
          FileRole.mayHoldSettings(String($0))
        }
    }
  }

  func bytes(of path: String) throws(Unrepairable) -> [UInt8] {
    guard let file = files[path] else {
      throw Unrepairable("could not find '\(path)' in the revision")
    }
    switch tree.contents(of: file.content, limit: SnapshotReader.byteLimit) {
    case .bytes(let bytes): return bytes
    case .tooLarge(let size):
      throw Unrepairable("could not read '\(path)': it has \(size) bytes, more than connref reads")
    case .unavailable(let reason), .damaged(let reason):
      throw Unrepairable("could not read '\(path)': \(reason)")
    }
  }
}
