import Detection
package import Git

/// The branch that others start from and are merged into.
package struct MainBranch {
  /// As git resolves it; nil where nothing looks like one.
  package let name: String?

  /// The branch of the current configuration, with or without its remote; else of a remote's HEAD,
  /// `origin` first unless another is given; else the usual names, remote before local.
  package init(_ repository: Repository, remote: String = "origin") throws(GitError) {
    let references = try repository.references().filter { $0.commit != nil }
    let names = Set(references.map(\.name))
    // The run that applies the policy reports its faults.
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

/// The main branch as a clone has it: the local branch, and the remote-tracking one.
package struct MainBranchTips {
  package struct Tip: Hashable {
    /// As people write it: `main`, `origin/main`.
    let shortName: String
    let commit: ObjectID
  }

  /// The remote-tracking branch last; empty where nothing looks like a main branch.
  let tips: [Tip]
  /// `main`, without `refs/heads/` or a remote; nil where nothing looks like a main branch.
  package let branch: String?
  /// The branch that was found, as people write it: `main`, `origin/main`; nil for none.
  package let title: String?
  private let repository: Repository

  package init(_ repository: Repository) throws(GitError) {
    self.repository = repository
    let references = try repository.references()
    let byName = Dictionary(references.map { ($0.name, $0) }) { first, _ in first }
    var main = try MainBranch(repository).name.flatMap { byName[$0] }
    // `origin/HEAD` is only another name of it.
    main = main?.target.flatMap { byName[$0] } ?? main
    title = main?.shortName
    guard let main else {
      branch = nil
      tips = []
      return
    }
    let branch = Self.branch(main.name)
    var names = ["refs/heads/\(branch)"]
    if let remote = repository.configuration("branch.\(branch).remote"),
      let merged = repository.configuration("branch.\(branch).merge")
    {
      names.append(
        remote == "." ? merged : "refs/remotes/\(remote)/\(merged.trimmingPrefix("refs/heads/"))")
    }
    names.append(main.name)
    self.branch = branch
    var seen: Set<String> = []
    tips = names.filter { seen.insert($0).inserted }.compactMap { name in
      guard let reference = byName[name], let commit = reference.commit else { return nil }
      return Tip(shortName: reference.shortName, commit: commit)
    }
  }

  /// True for the main branch itself, local or remote-tracking.
  func isMain(_ name: String) -> Bool { branch == Self.branch(name) }

  /// Whether the main branch is checked out.
  package func isCheckedOut() throws(GitError) -> Bool {
    guard case .branch(let name, _) = try repository.head() else { return false }
    return name == branch
  }

  /// Where a branch left the main one: of the local and the remote-tracking main branch the one that
  /// it has more of. Nil where they have nothing in common.
  func fork(of tip: ObjectID) throws(GitError) -> (base: ObjectID, main: Tip)? {
    var nearest: (base: ObjectID, main: Tip)?
    for main in tips {
      guard let base = try repository.mergeBases(main.commit, tip).first else { continue }
      if let known = nearest?.base, try repository.isAncestor(base, of: known) { continue }
      nearest = (base, main)
    }
    return nearest
  }

  /// Where the local main branch left the one that it follows; nil where it follows none.
  func forkFromUpstream(of tip: ObjectID) throws(GitError) -> (base: ObjectID, main: Tip)? {
    for main in tips where main.shortName != branch {
      if let base = try repository.mergeBases(main.commit, tip).first { return (base, main) }
    }
    return nil
  }

  /// `main` of `refs/heads/main` and of `refs/remotes/origin/main`.
  private static func branch(_ name: String) -> String {
    let remote = "refs/remotes/"
    guard name.hasPrefix(remote) else { return String(name.trimmingPrefix("refs/heads/")) }
    return String(name.dropFirst(remote.count).drop { $0 != "/" }.dropFirst())
  }
}
