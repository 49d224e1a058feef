import Solution

/// The files that differ between two roots; equal folders are the same object and never entered.
struct TreeDifference {
  private(set) var paths: Set<String> = []
  private(set) var flows: Set<ContentID> = []
  /// True when a file changed that may declare references, or say what a solution is.
  private(set) var touchesDeclarations = false
  /// True when more changed than what manifests say that are on both sides: then a reference, a link or a
  /// solution may be another.
  private(set) var touchesMoreThanManifests = false
  /// Files that differ and may bind references, on each side.
  private(set) var candidatesBefore: Set<Folder.File> = []
  private(set) var candidatesAfter: Set<Folder.File> = []
  /// Archives that the side after has and the side before has not, or has with another content; by path.
  private(set) var archives: [String: Folder.File] = [:]
  /// The paths of files that may bind references, and that only the side before has.
  private(set) var removedCandidates: [String] = []
  /// Folders that only the former side has, and those that only the latter has; not those inside of them.
  private(set) var removedFolders: [LoneFolder] = []
  private(set) var addedFolders: [LoneFolder] = []

  /// True where a file that may bind references changed.
  var touchesSettings: Bool { !candidatesBefore.isEmpty || !candidatesAfter.isEmpty }

  /// False where no more than settings changed, or files that only look like them.
  var touchesSolutions: Bool { touchesDeclarations || !flows.isEmpty }

  /// Where no declaration changed, a flow that did not change either cannot be hurt.
  var flowsAtRisk: FlowSelection { touchesDeclarations ? .all : .only(flows) }

  init(before: Folder?, after: Folder?) {
    compare(before, after, path: "")
  }

  private mutating func compare(_ before: Folder?, _ after: Folder?, path: String) {
    guard before !== after else { return }
    let (filesBefore, filesAfter) = (before?.files ?? [], after?.files ?? [])
    func areEqual(_ here: Int, _ there: Int) -> Bool {
      filesBefore[here] === filesAfter[there] || filesBefore[here] == filesAfter[there]
    }
    pair(filesBefore, filesAfter, by: \.name, areSame: areEqual) { left, right in
      guard let name = (left ?? right)?.name else { return }
      paths.insert(path + name)
      if left?.role != .manifest || right?.role != .manifest { noteMore(left, right) }
      if let left {
        note(left)
        if left.role.mayBeSettings {
          candidatesBefore.insert(left)
          if right == nil { removedCandidates.append(path + name) }
        }
      }
      if let right {
        note(right)
        if right.role == .archive { archives[path + name] = right }
        if right.role.mayBeSettings { candidatesAfter.insert(right) }
      }
    }
    let (childrenBefore, childrenAfter) = (before?.children ?? [], after?.children ?? [])
    func areSame(_ here: Int, _ there: Int) -> Bool {
      childrenBefore[here].folder === childrenAfter[there].folder
        && childrenBefore[here].name == childrenAfter[there].name
    }
    pair(childrenBefore, childrenAfter, by: \.name, areSame: areSame) { left, right in
      guard let name = (left ?? right)?.name else { return }
      if let left, right == nil, after != nil || path.isEmpty {
        removedFolders.append(LoneFolder(path: path + name, folder: left.folder))
      } else if let right, left == nil, before != nil || path.isEmpty {
        addedFolders.append(LoneFolder(path: path + name, folder: right.folder))
      }
      compare(left?.folder, right?.folder, path: "\(path)\(name)/")
    }
  }

  /// Calls `body` for each name whose items are not the same on both sides, in order; both lists are
  /// ordered by name.
  ///
  /// - Parameter areSame: compares the items at two positions: to hand over the items would copy each.
  private func pair<Item>(
    _ left: [Item], _ right: [Item], by name: (Item) -> String, areSame: (Int, Int) -> Bool,
    _ body: (Item?, Item?) -> Void
  ) {
    var here = 0
    var there = 0
    while here < left.count, there < right.count {
      if areSame(here, there) {
        here += 1
        there += 1
        continue
      }
      let (first, second) = (name(left[here]), name(right[there]))
      if first == second {
        body(left[here], right[there])
        here += 1
        there += 1
      } else if first < second {
        body(left[here], nil)
        here += 1
      } else {
        body(nil, right[there])
        there += 1
      }
    }
    for item in left[here...] { body(item, nil) }
    for item in right[there...] { body(nil, item) }
  }

  private mutating func noteMore(_ left: Folder.File?, _ right: Folder.File?) {
    let content = (left?.role.content ?? []).union(right?.role.content ?? [])
    if content.contains(.surroundings) || content.contains(.links) {
      touchesMoreThanManifests = true
    }
  }

  private mutating func note(_ file: Folder.File) {
    if file.role.content.contains(.surroundings) {
      touchesDeclarations = true
    } else if file.role.content.contains(.links) {
      flows.insert(file.content)
    }
  }
}

/// The files of flows and apps that a tree lists; no file is read.
enum FlowFiles {
  static func count(in folder: Folder?) -> Int {
    guard let folder else { return 0 }
    return folder.children.reduce(folder.files.count { $0.role == .flow }) {
      $0 + count(in: $1.folder)
    }
  }

  /// The contents of the files that describe apps.
  static func apps(in root: Folder?) -> Set<ContentID> {
    guard let root else { return [] }
    let own = root.files.filter { $0.role == .canvasApp || $0.role == .codeApp }.map(\.content)
    return root.children.reduce(into: Set(own)) { $0.formUnion(apps(in: $1.folder)) }
  }
}
