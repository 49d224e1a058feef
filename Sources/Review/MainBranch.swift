package import Git

/// The branch that others start from.
package struct MainBranch {
  /// As git resolves it; nil where nothing looks like one.
  package let name: String?

  /// What a remote's HEAD says, `origin` first unless another is named; else the usual names, remote
  /// before local.
  package init(_ repository: Repository, remote: String = "origin") throws(GitError) {
    let references = try repository.references().filter { $0.commit != nil }
    let names = Set(references.map(\.name))
    let candidates =
      ["refs/remotes/\(remote)/HEAD"]
      + ["main", "master"].map { "refs/remotes/\(remote)/\($0)" }
      + [repository.configuration("init.defaultBranch"), "main", "master"].compactMap { $0 }
      .map { "refs/heads/\($0)" }
    name = candidates.first { names.contains($0) }
  }
}
