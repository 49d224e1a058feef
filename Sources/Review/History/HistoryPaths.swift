import Detection
package import Git
import Platform
import Solution

/// The folders and files that a history is narrowed to, as the repository calls them.
package struct HistoryPaths {
  /// Empty where the whole repository is meant.
  package let paths: [String]

  /// - Parameters:
  ///   - given: as git takes them: from `folder`, or absolute; perhaps with `*`.
  ///   - folder: the absolute path of the current folder.
  ///
  /// Throws for a path outside of the repository, and for one that no commit ever had.
  package init(_ given: [String], from folder: String, in repository: Repository) throws(GitError) {
    var paths: [String] = []
    let resolver = PathResolver(folder: folder, repository)
    for path in given {
      let resolved = try resolver.resolve(path)
      // The top is the whole of it.
      guard !resolved.isEmpty else {
        self.paths = []
        return
      }
      var search = PathSearch(repository, resolved)
      guard try search.isKnown() else {
        let typed = given.contains(resolved) ? "" : " ('\(path)')"
        throw GitError(
          .other, "no commit has '\(resolved)'\(typed)",
          hint: search.meant().map { "did you mean '\($0)'?" })
      }
      paths.append(resolved)
    }
    self.paths = paths
  }
}

extension String {
  fileprivate var parts: [Substring] { split(separator: "/") }
}

/// Turns what the user typed into a path from the top of the repository.
private struct PathResolver {
  private let folder: String
  private let workTree: String?

  init(folder: String, _ repository: Repository) {
    self.folder = folder
    workTree = repository.workTree
  }

  func resolve(_ path: String) throws(GitError) -> String {
    guard !path.isEmpty else {
      throw GitError(.other, "'' is not a path", hint: "give '.' for the whole repository")
    }
    var resolved: [Substring] = []
    var rest = path.parts
    if path.hasPrefix("/") {
      guard let below = below(workTree, path) else { throw outside(path) }
      rest = below
    } else if let below = below(workTree, folder) {
      resolved = below
    }
    for part in rest where part != "." {
      guard part == ".." else {
        resolved.append(part)
        continue
      }
      guard resolved.popLast() != nil else { throw outside(path) }
    }
    return resolved.joined(separator: "/")
  }

  /// The parts of an absolute path below a folder, whichever links are on the way to both; nil where it is
  /// not below.
  private func below(_ top: String?, _ path: String) -> [Substring]? {
    guard let top else { return nil }
    let tops = [top, DiskFile.resolved(top)].compactMap { $0?.parts }
    let parts = path.parts.filter { $0 != "." }
    for length in stride(from: parts.count, through: 0, by: -1) {
      let start = "/" + parts.prefix(length).joined(separator: "/")
      for known in [start, DiskFile.resolved(start)].compactMap({ $0?.parts }) {
        for top in tops where known.starts(with: top) {
          return (known.dropFirst(top.count) + parts.dropFirst(length)).map { Substring($0) }
        }
      }
    }
    return nil
  }

  private func outside(_ path: String) -> GitError {
    GitError(.other, "'\(path)' is outside of the repository")
  }
}

/// Whether a path is in any commit.
private struct PathSearch: ~Copyable {
  private let repository: Repository
  private let path: String
  private let pattern: PathPattern?
  private var loader: SnapshotLoader
  private var seen: Set<ObjectID> = []

  init(_ repository: Repository, _ path: String) {
    self.repository = repository
    self.path = path
    pattern = path.contains { "*?".contains($0) } ? PathPattern(path) : nil
    loader = SnapshotLoader(repository)
  }

  /// Looks at what is checked out and at the newest commits first; a path that was never there costs a walk
  /// over all of them.
  mutating func isKnown() throws(GitError) -> Bool {
    if let workTree = repository.workTree, DiskFile.kind(of: "\(workTree)/\(path)") != nil {
      return true
    }
    var starts = try repository.references().compactMap(\.commit)
    if let head = try repository.head().commit { starts.append(head) }
    var walk = Ancestors(of: starts, in: repository)
    while true {
      let next: Commit?
      // The scan reports what it cannot read.
      do throws(GitError) { next = try walk.next() } catch { continue }
      guard let commit = next else { return false }
      if seen.insert(commit.tree).inserted, isIn(commit.tree) { return true }
    }
  }

  private mutating func isIn(_ tree: ObjectID) -> Bool {
    if isEntry(of: tree) { return true }
    guard let pattern, let root = (try? loader.tree(tree))?.root else { return false }
    return root.paths { _ in true }.contains { pattern.matches($0) }
  }

  private func isEntry(of tree: ObjectID) -> Bool {
    var folder = tree
    let parts = path.parts
    for (position, part) in parts.enumerated() {
      let wanted = Array(part.utf8)
      let entry = try? repository.tree(folder) { name, _, _ in
        name.count == wanted.count && wanted.indices.allSatisfy { name[$0] == wanted[$0] }
      }.first
      guard let entry else { return false }
      if position == parts.count - 1 { return true }
      guard entry.kind == .folder else { return false }
      folder = entry.id
    }
    return false
  }

  /// A folder or a file of what is checked out that ends so, or is spelled nearly so.
  mutating func meant() -> String? {
    guard let head = try? repository.head().commit,
      let root = (try? loader.tree(of: head))?.root
    else { return nil }
    var known: Set<String> = []
    for path in root.paths(where: { _ in true }) {
      var parts = path.parts
      while !parts.isEmpty, known.insert(parts.joined(separator: "/")).inserted {
        parts.removeLast()
      }
    }
    let names = known.sorted()
    return names.first { $0.lowercased().hasSuffix("/" + path.lowercased()) }
      ?? Spelling.nearest(to: path, in: names)
  }
}
