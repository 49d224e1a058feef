import Detection
import Git
import Solution

/// Whether a repository has a solution anywhere, or had one.
///
/// Where it has, a revision without any is no pass: the wrong place was searched.
struct SolutionPresence {
  let repository: Repository
  /// How many commits are looked at: a repository that never had one must not be walked for minutes.
  private static let limit = 20_000

  /// - Parameter configuration: one that says where solutions are expects one.
  func isKnown(to configuration: Configuration) throws(GitError) -> Bool {
    if !configuration.solutions.isEmpty { return true }
    var loader = SnapshotLoader(repository)
    var starts = try repository.references().compactMap(\.commit)
    if let head = try repository.head().commit { starts.append(head) }
    var walk = Ancestors(of: starts, in: repository)
    // Keeps the folders, so that no other one gets the same address.
    var seen: [ObjectIdentifier: Folder] = [:]
    for _ in 0..<Self.limit {
      let next: Commit?
      // An unreadable commit holds no solution that could be shown.
      do throws(GitError) { next = try walk.next() } catch { continue }
      guard let commit = next else { break }
      guard let tree = try? loader.tree(commit.tree), let root = tree.root,
        seen.updateValue(root, forKey: ObjectIdentifier(root)) == nil,
        !root.paths(where: \.mayBeginSolution).isEmpty
      else { continue }
      if !loader.snapshot(of: tree).0.instances.isEmpty { return true }
    }
    return false
  }
}

extension FileRole {
  /// True for a file that by itself makes its folder a solution, if it holds what its name says.
  fileprivate var mayBeginSolution: Bool {
    [.customizations, .manifest, .yamlManifest, .clone, .export, .archive].contains(self)
  }
}
