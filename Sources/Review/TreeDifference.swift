import Solution

/// The files that differ between two roots; equal folders are the same object and never entered.
struct TreeDifference {
  private(set) var paths: Set<String> = []
  private(set) var flows: Set<ContentID> = []
  /// True when a file changed that may declare references, or say what a solution is.
  private(set) var touchesDeclarations = false
  /// True when a file changed that may bind references.
  private(set) var touchesSettings = false

  /// False where no more than settings changed, or files that only look like them: without a
  /// reference that went or came, no rule speaks of those.
  var touchesSolutions: Bool { touchesDeclarations || !flows.isEmpty }

  init(before: Folder?, after: Folder?) {
    compare(before, after, path: "")
  }

  private mutating func compare(_ before: Folder?, _ after: Folder?, path: String) {
    guard before !== after else { return }
    let left = Dictionary(uniqueKeysWithValues: (before?.files ?? []).map { ($0.name, $0) })
    let right = Dictionary(uniqueKeysWithValues: (after?.files ?? []).map { ($0.name, $0) })
    for name in Set(left.keys).union(right.keys) where left[name] != right[name] {
      paths.insert(path + name)
      for file in [left[name], right[name]].compactMap({ $0 }) { note(file) }
    }
    let leftFolders = Dictionary(
      uniqueKeysWithValues: (before?.children ?? []).map { ($0.name, $0.folder) })
    let rightFolders = Dictionary(
      uniqueKeysWithValues: (after?.children ?? []).map { ($0.name, $0.folder) })
    for name in Set(leftFolders.keys).union(rightFolders.keys) {
      compare(leftFolders[name], rightFolders[name], path: "\(path)\(name)/")
    }
  }

  private mutating func note(_ file: Folder.File) {
    switch file.role {
    case .flow: flows.insert(file.content)
    case .settingsCandidate: touchesSettings = true
    case .customizations, .manifest, .flowMetadata, .yamlReference, .yamlManifest, .yamlComponents,
      .yamlMissingDependencies, .yamlPublisher:
      touchesDeclarations = true
    }
  }
}

/// How many solutions and flows a tree lists; counted without reading any file.
struct FileCount {
  private(set) var solutions = 0
  private(set) var flows = 0

  init(_ root: Folder?) {
    if let root { count(root) }
  }

  private mutating func count(_ folder: Folder) {
    for file in folder.files {
      switch file.role {
      case .flow: flows += 1
      case .manifest, .yamlManifest: solutions += 1
      default: break
      }
    }
    for child in folder.children { count(child.folder) }
  }
}
