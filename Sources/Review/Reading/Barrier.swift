import Git
import Solution

/// A folder that one side of a comparison alone has.
struct LoneFolder {
  /// From the root of the repository.
  let path: String
  let folder: Folder
}

/// A symbolic link or a submodule in the place of a folder that another revision has. Listings leave out links
/// whose names have no role, so they are looked up where a folder is missing.
struct Barrier {
  let path: String
  let isSubmodule: Bool
  /// What the folder held.
  let folder: Folder

  /// Its files and those of all folders below, by their paths.
  var files: [String: Folder.File] {
    var files: [String: Folder.File] = [:]
    func add(_ folder: Folder, _ path: String) {
      for file in folder.files { files["\(path)/\(file.name)"] = file }
      for child in folder.children { add(child.folder, "\(path)/\(child.name)") }
    }
    add(folder, path)
    return files
  }

  func isAround(_ path: String) -> Bool { path == self.path || path.hasPrefix(self.path + "/") }
}

extension RevisionTree {
  /// The links and submodules that are where another revision has `folders`, or where folders inside of these
  /// were.
  func barriers(inPlaceOf folders: [LoneFolder]) -> [Barrier] {
    guard !folders.isEmpty, let revision else { return [] }
    var places = Places(revision, in: repository)
    var found: [Barrier] = []
    func search(_ path: String, _ folder: Folder) {
      switch places.kind(at: path) {
      case .symbolicLink, .submodule:
        let isSubmodule = places.kind(at: path) == .submodule
        found.append(Barrier(path: path, isSubmodule: isSubmodule, folder: folder))
      case .folder:
        for child in folder.children { search("\(path)/\(child.name)", child.folder) }
      case .file, nil: return
      }
    }
    for lone in folders { search(lone.path, lone.folder) }
    return found
  }

  /// Looks up entries of a revision by path; each folder is read once.
  private struct Places {
    private let revision: NamedElsewhere.Revision
    private let repository: Repository
    private var known: [String: TreeEntry] = [:]
    /// Of a commit.
    private var root: ObjectID?
    /// Of the index, and of all its folders.
    private var staged: [String: TreeEntry.Kind] = [:]

    init(_ revision: NamedElsewhere.Revision, in repository: Repository) {
      self.revision = revision
      self.repository = repository
      // What cannot be read is a problem of the listing.
      switch revision {
      case .commit(let id): root = try? repository.commit(id).tree
      case .tree(let id): root = id
      case .index, .worktree:
        let links = try? repository.index { _, kind in kind == .symbolicLink || kind == .submodule }
        for link in links ?? [] {
          staged[link.path] = link.kind
          var parts = link.path.split(separator: "/").dropLast()
          while !parts.isEmpty {
            staged[parts.joined(separator: "/")] = .folder
            parts = parts.dropLast()
          }
        }
      }
    }

    mutating func kind(at path: String) -> TreeEntry.Kind? {
      switch revision {
      case .commit, .tree: return entry(at: path)?.kind
      case .index: return staged[path]
      case .worktree:
        if staged[path] == .submodule { return .submodule }
        guard let workTree = repository.workTree else { return nil }
        switch DiskFile.kind(of: "\(workTree)/\(path)") {
        case .symbolicLink: return .symbolicLink
        case .other: return .folder
        case .regular, .hidden, nil: return nil
        }
      }
    }

    private mutating func entry(at path: String) -> TreeEntry? {
      if let entry = known[path] { return entry }
      let (name, folder): (Substring, ObjectID?)
      if let end = path.lastIndex(of: "/") {
        name = path[path.index(after: end)...]
        let parent = entry(at: String(path[..<end]))
        folder = parent?.kind == .folder ? parent?.id : nil
      } else {
        (name, folder) = (path[...], root)
      }
      guard let folder else { return nil }
      let wanted = Array(name.utf8)
      let entry = try? repository.tree(folder) { name, _, _ in
        name.count == wanted.count && wanted.indices.allSatisfy { name[$0] == wanted[$0] }
      }.first
      known[path] = entry
      return entry
    }
  }
}
