import Detection
package import Git

/// The main branch of a shared repository that receives pushes.
///
/// It is the branch that `HEAD` names, else `main`, else `master`, else the only branch, unless the
/// configuration there names another that exists.
package struct ServerMainBranch {
  package enum Choice: Hashable, Sendable {
    /// In full: `refs/heads/main`.
    case branch(name: String, commit: ObjectID)
    /// There is no branch so far.
    case noBranch
    /// There are several, and nothing says which one it is.
    case unclear
  }

  package let choice: Choice
  /// The branch that `HEAD` names, where it does not exist; nil where it exists, or where `HEAD` names
  /// none.
  package let missingHead: String?

  package init(_ repository: Repository) throws(GitError) {
    try self.init(repository, creating: [])
  }

  /// - Parameter moves: of a push. A branch that it creates is the main one only where there is no other.
  init(_ repository: Repository, creating moves: [ReferenceMove]) throws(GitError) {
    var created: [String: ObjectID] = [:]
    for move in moves where move.before == .zero && move.name.hasPrefix("refs/heads/") {
      created[move.name] = move.after
    }
    var branches: [String: ObjectID] = [:]
    for reference in try repository.references() where reference.name.hasPrefix("refs/heads/") {
      if let commit = reference.commit, created[reference.name] == nil {
        branches[reference.name] = commit
      }
    }
    var head: String?
    switch try repository.head() {
    case .branch(let branch, _), .unborn(let branch): head = "refs/heads/\(branch)"
    case .detached: break
    }
    missingHead = branches.isEmpty || head.map { branches[$0] != nil } ?? true ? nil : head
    let isFirstPush = branches.isEmpty
    if isFirstPush { branches = created }
    let usual = [head, "refs/heads/main", "refs/heads/master"].compactMap { $0 }
    let seed =
      usual.first { branches[$0] != nil } ?? (branches.count == 1 ? branches.keys.first : nil)
    guard let name = seed ?? Self.named(by: branches, in: repository) else {
      choice = branches.isEmpty || isFirstPush ? .noBranch : .unclear
      return
    }
    let configured = branches[name].flatMap { Self.configured(at: $0, in: repository) }
    let chosen = configured.flatMap { branches[$0] == nil ? nil : $0 } ?? name
    choice = branches[chosen].map { .branch(name: chosen, commit: $0) } ?? .noBranch
  }

  /// The branch that says of itself that it is the main one; nil where several do, or none does.
  private static func named(
    by branches: [String: ObjectID], in repository: Repository
  ) -> String? {
    let named = Set(branches.compactMap { configured(at: $0.value, in: repository) })
      .filter { branches[$0] != nil }
    return named.count == 1 ? named.first : nil
  }

  /// The main branch in the configuration of a commit, in full.
  private static func configured(at commit: ObjectID, in repository: Repository) -> String? {
    // One that cannot be read names no branch; the check of a push reports what is wrong with it.
    guard let policy = try? PolicyFiles(repository).policy(of: .commit(commit)),
      let main = policy.configuration.mainBranch
    else { return nil }
    return main.hasPrefix("refs/heads/") ? main : "refs/heads/\(main)"
  }
}

extension ServerMainBranch {
  /// A line for who sets up a server, in git's style.
  package var message: String {
    let head = missingHead.map {
      "HEAD names '\($0.trimmingPrefix("refs/heads/"))', which does not exist"
    }
    switch choice {
    case .branch(let name, _):
      let compared = "new branches are compared with '\(name.trimmingPrefix("refs/heads/"))'"
      return head.map { "\($0): \(compared)" } ?? compared
    case .noBranch: return "there is no branch yet: the first push is compared with nothing"
    case .unclear:
      return "\(head ?? "HEAD names no branch"), and none of the others looks like the main one: "
        + "a push of a new branch is refused"
    }
  }

  /// The command that corrects it, to be pasted; nil where nothing is wrong.
  package var hint: String? {
    switch choice {
    case .branch(let name, _) where missingHead != nil: "git symbolic-ref HEAD \(name)"
    case .unclear: "git symbolic-ref HEAD refs/heads/BRANCH, with the name of the main branch"
    case .branch, .noBranch: nil
    }
  }
}
