package import Detection
package import Editing
package import Git
internal import Solution

/// Works out the repair of a finding, and proves it: the check is made again with the files as they
/// would be, before the patch is given out.
package struct RepairReview: ~Copyable {
  /// The files that are repaired, and that the patch applies to.
  package enum Target: Hashable, Sendable {
    case staged
    case worktree
    /// The last commit: of a bare repository, or where what is staged has the finding no more.
    case head
  }

  package struct Outcome: Sendable {
    package let finding: Finding
    package let target: Target
    package let repair: Repair
    /// For `git apply`.
    package let patch: [UInt8]
    /// The remaining findings of the check after the repair, which it had before too.
    package let remaining: [Finding]
    /// Other findings that the repair fixes too.
    package let fixedToo: [Finding]
    /// Changed files that are not on the disk as they are staged: `git apply --index` refuses them.
    package let unstaged: [String]
  }

  private let repository: Repository
  private let direction: Repair.Direction
  private let lookBack: Int
  private var loader: SnapshotLoader

  /// Throws where the policy in force cannot be read.
  package init(
    _ repository: Repository, _ direction: Repair.Direction, options: Check.Options
  ) throws {
    self.repository = repository
    self.direction = direction
    let policy = try PolicyFiles(repository, given: options.configuration).current()
    lookBack = options.lookBack ?? policy.configuration.lookBack
    loader = SnapshotLoader(repository, covering: policy.configuration)
  }

  /// Throws `Unrepairable` where a patch cannot repair it.
  ///
  /// - Parameter onDisk: repairs the files on the disk, wherever the finding is from.
  package mutating func outcome(
    of found: FindingSearch.Found, onDisk: Bool = false
  ) throws -> Outcome {
    let before: ObjectID?
    var targets: [Target] = repository.isBare ? [.head] : [.staged, .head]
    switch found.subject {
    case .staged: (before, targets) = (try repository.head().commit, [.staged])
    case .worktree: (before, targets) = (try repository.head().commit, [.worktree])
    case .commits(let revision, _), .merged(let revision, _):
      before = try repository.commitID(of: revision)
    case .branch(let base, let tip):
      before = try repository.mergeBases(
        try repository.commitID(of: base), try repository.commitID(of: tip)
      ).first
    case .commit(let revision):
      before = try repository.commit(try repository.commitID(of: revision)).parents.first
    }
    do {
      return try outcome(
        of: found.finding.id, mentions: found.finding.mentions, since: before,
        in: onDisk ? [.worktree] : targets)
    } catch is NothingLeft {
      throw Unrepairable(nothingLeft(of: found), hint: "connref check shows what is left")
    }
  }

  /// The findings about the same references that another repair fixed too.
  private func nothingLeft(of found: FindingSearch.Found) -> String {
    let whole = found.outcome.findings.first { other in
      other.id != found.finding.id && other.repair != nil
        && !other.subjects.isDisjoint(with: found.finding.subjects)
    }
    return "nothing left to repair of '\(found.finding.id)'"
      + (whole.map { ": it was part of \($0.id) (\($0.rule.rawValue))" } ?? "")
  }

  /// The same for a change of the past, as far as it is still there to be repaired.
  package mutating func outcome(
    of id: String, since before: String?, onDisk: Bool = false
  ) throws -> Outcome {
    let start = try before.map { try repository.commitID(of: $0) }
    let targets: [Target] = repository.isBare ? [.head] : [.staged, .head]
    do {
      return try outcome(of: id, since: start, in: onDisk ? [.worktree] : targets)
    } catch is NothingLeft {
      throw Unrepairable(
        "nothing left to repair: '\(id)' was fixed, or its references were removed since",
        hint: "connref history shows what became of it")
    }
  }

  private struct NothingLeft: Error {}

  private mutating func outcome(
    of id: String, mentions: [Place] = [], since before: ObjectID?, in targets: [Target]
  ) throws -> Outcome {
    let tree =
      try before.map { id throws(GitError) in try loader.tree(of: id) } ?? loader.emptyTree()
    for target in targets {
      let after = try self.tree(of: target)
      let findings = self.findings(from: tree, of: before, to: after)
      if var finding = findings.first(where: { $0.id == id }) {
        finding.mentions = mentions
        return try outcome(
          of: finding, among: findings, from: tree, of: before, to: after, target)
      }
    }
    throw NothingLeft()
  }

  private mutating func outcome(
    of finding: Finding, among findings: [Finding], from before: RevisionTree,
    of commit: ObjectID?, to after: RevisionTree, _ target: Target
  ) throws -> Outcome {
    let repair = try RepairCase(
      finding, among: findings, before: revision(before), after: revision(after),
      past: try finding.deletedIn.flatMap { try revisionBefore($0, declaring: finding.before) }
    ).repaired(direction)
    let edited = after.edited(repair.changes, pool: &loader.pool)
    let left = self.findings(from: before, of: commit, to: edited)
    try prove(finding, repair, left, given: findings)
    let patch = Patch(repair.changes) { Repository.blobID(of: $0).hex }
    return Outcome(
      finding: finding, target: target, repair: repair, patch: patch.bytes,
      remaining: left.filter { $0.severity > .note },
      fixedToo: findings.filter { other in
        other.id != finding.id && other.severity > .note && !left.contains { $0.id == other.id }
      },
      unstaged: target == .worktree ? [] : unstaged(repair.changes))
  }

  /// Nothing of the finding may be left, and nothing may break that was whole.
  private func prove(
    _ finding: Finding, _ repair: Repair, _ left: [Finding], given known: [Finding]
  ) throws(Unrepairable) {
    let ids = Set(known.map(\.id))
    // Other removed names are reported by another rule once this one is restored.
    let removed = Set(known.flatMap { $0.before.map(\.name) }).subtracting(
      finding.before.map(\.name))
    let still = left.first { other in
      if other.id != finding.id {
        let isOld = !other.before.isEmpty && other.before.allSatisfy { removed.contains($0.name) }
        return other.severity == .error && !ids.contains(other.id) && !isOld
      }
      // After a move forward the old one is still removed. No consumer may be left behind.
      return !repair.leavesFinding(finding) || !other.isFollowed
    }
    guard let still else { return }
    throw Unrepairable(
      "could not repair all of it: the check would still say '\(still.summary)'"
        + (still.place.map { " (\($0.path):\($0.line))" } ?? ""))
  }

  private mutating func findings(
    from before: RevisionTree, of commit: ObjectID?, to after: RevisionTree
  ) -> [Finding] {
    PairReview(
      before: before, after: after, ancestors: commit.map { [$0] } ?? [], lookBack: lookBack
    ).outcome(before: .revision("before"), after: .revision("after"), with: &loader).findings
  }

  private mutating func tree(of target: Target) throws -> RevisionTree {
    switch target {
    case .staged: return try loader.indexTree()
    case .worktree: return try loader.worktreeTree()
    case .head: return try loader.tree(of: try repository.commitID(of: "HEAD"))
    }
  }

  private mutating func revision(_ tree: RevisionTree) -> RepairCase.Revision {
    RepairCase.Revision(snapshot: loader.snapshot(of: tree).0, files: RevisionFiles(tree))
  }

  /// The revision before the commit that removed `declarations`; nil where none of its parents has
  /// them.
  private mutating func revisionBefore(
    _ commit: String, declaring declarations: [Declaration]
  ) throws -> RepairCase.Revision? {
    let names = Set(declarations.map(\.name))
    for parent in try repository.commit(try repository.commitID(of: commit)).parents {
      let revision = self.revision(try loader.tree(of: parent))
      if revision.declares(oneOf: names) { return revision }
    }
    return nil
  }

  private func unstaged(_ changes: [FileChange]) -> [String] {
    guard let workTree = repository.workTree else { return [] }
    return changes.filter { change in
      let path = "\(workTree)/\(change.path)"
      guard let before = change.before else { return DiskFile.kind(of: path) != nil }
      guard case .bytes(let bytes) = DiskFiles.contents(of: path, limit: SnapshotReader.byteLimit)
      else { return true }
      // With core.autocrlf the disk has other line ends than git.
      return bytes != before && bytes.withoutCarriageReturns != before.withoutCarriageReturns
    }.map(\.path)
  }
}

extension Repair {
  /// True where the finding stays true when all have moved to the added reference.
  fileprivate func leavesFinding(_ finding: Finding) -> Bool {
    direction == .forward && RuleBook.repair(of: finding.rule)?.remainsAfterMove == true
  }
}

extension [UInt8] {
  fileprivate var withoutCarriageReturns: [UInt8] { filter { $0 != UInt8(ascii: "\r") } }
}

extension Finding {
  /// True when neither a consumer nor a row was left behind.
  fileprivate var isFollowed: Bool {
    rows.isEmpty && consumers.allSatisfy { $0.state == .moved }
  }
}
