import Detection
package import Git

/// The branch that others start from.
package struct MainBranch {
  /// As git resolves it; nil where nothing looks like one.
  package let name: String?

  /// What the `HEAD` of a shared repository names; nil as long as nobody has pushed that branch.
  package init(ofServer repository: Repository) throws(GitError) {
    switch try repository.head() {
    case .branch(let branch, _): name = "refs/heads/\(branch)"
    case .unborn, .detached: name = nil
    }
  }

  /// What the configuration at hand names, with or without its remote; else what a remote's HEAD says, `origin` first unless another is
  /// named; else the usual names, remote before local.
  ///
  package init(_ repository: Repository, remote: String = "origin") throws(GitError) {
    let references = try repository.references().filter { $0.commit != nil }
    let names = Set(references.map(\.name))
    // Whoever reads the policy to judge by it says what is wrong with it.
    if let configured = try? PolicyFiles(repository).current().configuration.mainBranch {
      name = [
        configured, "refs/remotes/\(remote)/\(configured)", "refs/heads/\(configured)",
        "refs/remotes/\(configured)", "refs/tags/\(configured)",
      ].first { names.contains($0) }
      return
    }
    var candidates: [String] = []
    // In a clone, HEAD is where its owner happens to work.
    if repository.isBare, case .branch(let branch, _) = try repository.head() {
      candidates = ["refs/heads/\(branch)"]
    }
    candidates +=
      ["refs/remotes/\(remote)/HEAD"]
      + ["main", "master"].map { "refs/remotes/\(remote)/\($0)" }
      + [repository.configuration("init.defaultBranch"), "main", "master"].compactMap { $0 }
      .map { "refs/heads/\($0)" }
    name = candidates.first { names.contains($0) }
  }
}
