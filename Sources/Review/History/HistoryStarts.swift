import Git

/// Where a scan begins and what it leaves out.
struct HistoryStarts {
  struct Branch {
    /// As people write it.
    let name: String
    let tip: ObjectID
  }

  private(set) var commits: [ObjectID] = []
  private(set) var hidden: [ObjectID] = []
  /// The branches that the scan covers: where an incident may still be open.
  private(set) var branches: [Branch] = []
  /// Branches and tags that should lead to a commit and do not.
  private(set) var broken: [Reference] = []

  /// The tips of the branches; without branches, the requested commits. Sorted, each once.
  var tips: [ObjectID] {
    Set(branches.isEmpty ? commits : branches.map(\.tip)).sorted()
  }

  init(_ repository: Repository, _ options: HistoryOptions) throws(GitError) {
    let references = try repository.references()
    for revision in options.revisions + options.branches {
      if let dots = revision.firstRange(of: "..") {
        let left = revision[..<dots.lowerBound]
        let right = revision[dots.upperBound...]
        hidden.append(try repository.commitID(of: left.isEmpty ? "HEAD" : String(left)))
        commits.append(try repository.commitID(of: right.isEmpty ? "HEAD" : String(right)))
      } else {
        commits.append(try repository.commitID(of: revision))
      }
    }
    if commits.isEmpty {
      commits = references.filter { !$0.name.hasPrefix("refs/notes/") }.compactMap(\.commit)
      if let head = try repository.head().commit { commits.append(head) }
      broken = references.filter { $0.failure != nil && !$0.name.hasPrefix("refs/notes/") }
    }
    let covered = options.revisions.isEmpty && options.branches.isEmpty ? nil : Set(commits)
    for reference in references where reference.isBranch {
      guard let tip = reference.commit, covered?.contains(tip) ?? true else { continue }
      branches.append(Branch(name: reference.shortName, tip: tip))
    }
    if case .detached(let id) = try repository.head(), covered?.contains(id) ?? true {
      branches.append(Branch(name: "HEAD", tip: id))
    }
    // A range may end where no branch does: its end has the name that was given.
    for (name, tip) in zip(options.revisions + options.branches, commits)
    where !branches.contains(where: { $0.tip == tip }) {
      let end = name.firstRange(of: "..").map { String(name[$0.upperBound...]) } ?? name
      branches.append(Branch(name: end.isEmpty ? "HEAD" : end, tip: tip))
    }
  }
}

extension Reference {
  /// A local or a remote branch; a remote's `HEAD` only repeats one of them.
  fileprivate var isBranch: Bool {
    name.hasPrefix("refs/heads/")
      || (name.hasPrefix("refs/remotes/") && !name.hasSuffix("/HEAD"))
  }
}
