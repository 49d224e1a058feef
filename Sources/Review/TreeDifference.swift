import Solution

/// The files that differ between two roots; equal folders are the same object and never entered.
struct TreeDifference {
  private(set) var paths: Set<String> = []
  private(set) var flows: Set<ContentID> = []
  /// True when a file changed that may declare references, or say what a solution is.
  private(set) var touchesDeclarations = false
  /// True when a file changed that may bind references.
  private(set) var touchesSettings = false

  var isEmpty: Bool { paths.isEmpty }

  /// Where no declaration changed, a flow that did not change either cannot be hurt.
  var flowsAtRisk: FlowSelection { touchesDeclarations ? .all : .only(flows) }

  init(before: Folder?, after: Folder?) {
    compare(before, after, path: "")
  }

  private mutating func compare(_ before: Folder?, _ after: Folder?, path: String) {
    guard before !== after else { return }
    Self.pair(before?.files ?? [], after?.files ?? [], by: \.name) { left, right in
      guard left != right, let name = left?.name ?? right?.name else { return }
      paths.insert(path + name)
      for file in [left, right].compactMap({ $0 }) { note(file) }
    }
    Self.pair(before?.children ?? [], after?.children ?? [], by: \.name) { left, right in
      guard left?.folder !== right?.folder, let name = left?.name ?? right?.name else { return }
      compare(left?.folder, right?.folder, path: "\(path)\(name)/")
    }
  }

  /// Calls `body` for each name of two lists that are ordered by name.
  private static func pair<Entry>(
    _ before: [Entry], _ after: [Entry], by name: (Entry) -> String,
    _ body: (Entry?, Entry?) -> Void
  ) {
    var left = before[...]
    var right = after[...]
    while true {
      let one = left.first.map(name)
      let other = right.first.map(name)
      let isLeft = one.map { one in other.map { one <= $0 } ?? true } ?? false
      let isRight = other.map { other in one.map { other <= $0 } ?? true } ?? false
      guard isLeft || isRight else { return }
      body(isLeft ? left.removeFirst() : nil, isRight ? right.removeFirst() : nil)
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
