package import Detection
package import Editing
package import Git
internal import Solution

/// Works out the repair of a finding, or of all findings of a check, and proves it: the check is made
/// again with the files as they would be, before the patch is given out.
package struct RepairReview: ~Copyable {
  /// The files that are repaired, and that the patch applies to.
  package enum Target: Hashable, Sendable {
    case staged
    case worktree
    /// The last commit: of a bare repository, or where what is staged has the finding no more.
    case head
  }

  /// A finding, and its repair.
  package struct Step: Sendable {
    package let finding: Finding
    package let repair: Repair
  }

  /// A finding that a patch was to fix, and why it cannot.
  package struct Refusal: Sendable {
    package let finding: Finding
    package let reason: Unrepairable
  }

  package struct Outcome: Sendable {
    /// Each follows the ones before it; one where one finding is repaired.
    package let steps: [Step]
    /// Empty where one finding is repaired: its refusal is thrown.
    package let refusals: [Refusal]
    package let target: Target
    /// For `git apply`; empty without steps.
    package let patch: [UInt8]
    /// The remaining findings of the check after the repair, which it had before too.
    package let remaining: [Finding]
    /// The ids of those that the team accepts.
    package let accepted: Set<String>
    /// Other findings that the repair fixes too.
    package let fixedToo: [Finding]
    /// Changed files that are not on the disk as they are staged: `git apply --index` refuses them.
    package let unstaged: [String]

    /// True where the check still reports an error.
    package var leavesErrors: Bool { remaining.contains { $0.severity == .error } }
  }

  private let repository: Repository
  private let direction: Repair.Direction
  private let lookBack: Int
  private let policy: TeamPolicy
  private let files: PolicyFiles
  private let today: Day
  private var loader: SnapshotLoader

  /// Throws where the policy in force cannot be read.
  package init(
    _ repository: Repository, _ direction: Repair.Direction, options: Check.Options
  ) throws {
    files = PolicyFiles(repository, given: options.configuration)
    let policy = try files.current()
    self.repository = repository
    self.direction = direction
    self.policy = policy
    today = options.today
    lookBack = options.lookBack ?? policy.configuration.lookBack
    loader = SnapshotLoader(repository, covering: policy.configuration)
  }

  /// Throws `Unrepairable` where a patch cannot repair it.
  ///
  /// - Parameter onDisk: repairs the files on the disk, wherever the finding is from.
  package mutating func outcome(
    of found: FindingSearch.Found, onDisk: Bool = false
  ) throws -> Outcome {
    let (before, targets) = try place(of: found.subject, onDisk)
    do {
      return try outcome(
        of: found.finding.id, known: found.finding, since: before, in: targets)
    } catch is NothingLeft {
      if let main = found.finding.onceMerged {
        throw Unrepairable(
          "could not repair '\(found.finding.id)': this branch has it only once it is merged with '\(main)'",
          hint: "merge '\(main)' into this branch, then run the command again")
      }
      throw Unrepairable(nothingLeft(of: found), hint: "connref check shows what is left")
    }
  }

  /// Repairs all findings of a check that a patch can fix, one after the other: declarations first,
  /// then consumers, then settings files. A finding that can only be moved on is moved on.
  ///
  /// Throws `Unrepairable` where none of them is left.
  ///
  /// - Parameter onDisk: repairs the files on the disk, wherever the findings are from.
  package mutating func outcome(
    of found: FindingSearch.Repairable, onDisk: Bool = false
  ) throws -> Outcome {
    let (before, targets) = try place(of: found.subject, onDisk)
    let wanted = Set(found.findings.map(\.id))
    let tree = try self.tree(before: before)
    for target in targets {
      let after = try self.tree(of: target)
      let findings = self.findings(from: tree, of: before, to: after)
      guard findings.contains(where: { wanted.contains($0.id) }) else { continue }
      return try outcome(
        of: found.outcome, among: findings, from: tree, of: before, to: after, target)
    }
    throw Unrepairable(
      "nothing left to repair of \(wanted.count) findings", hint: "connref check shows what is left"
    )
  }

  /// What a check compared with, and the files to repair, those to try first first.
  private func place(
    of subject: Check.Subject, _ onDisk: Bool
  ) throws -> (before: ObjectID?, targets: [Target]) {
    let before: ObjectID?
    var targets: [Target] = repository.isBare ? [.head] : [.staged, .head]
    switch subject {
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
    return (before, onDisk ? [.worktree] : targets)
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
    of id: String, known: Finding? = nil, since before: ObjectID?, in targets: [Target]
  ) throws -> Outcome {
    let tree = try self.tree(before: before)
    for target in targets {
      let after = try self.tree(of: target)
      let findings = self.findings(from: tree, of: before, to: after)
      if var finding = findings.first(where: { $0.id == id }) {
        if let known {
          // The files alone do not say it: what other files mention, what a merge left out.
          finding.mentions = known.mentions
          finding.fix = known.fix
          // Nor that the main branch has it, or that it is planned.
          if known.repair == .forward, finding.repair != .forward, direction == .back {
            throw Unrepairable(
              "could not take it back: the main branch has it already, or the team planned it",
              hint: finding.fix.first?.line,
              hintAtOther: "to finish the move: connref repair \(id) --forward --apply"
            ).knowing(
              otherWorks: works(
                finding, .forward, among: findings, from: tree, of: before, to: after))
          }
        }
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
    let (repair, _, left) = try repaired(
      finding, direction, among: findings, from: before, of: commit, to: after)
    return outcome(
      of: [Step(finding: finding, repair: repair)], among: findings, leaving: left, target)
  }

  private mutating func outcome(
    of check: CheckOutcome, among findings: [Finding], from before: RevisionTree,
    of commit: ObjectID?, to after: RevisionTree, _ target: Target
  ) throws -> Outcome {
    // The team accepts some, and holds others for less than a warning.
    let open = Set((check.findings.filter { $0.severity > .note } + check.repairable).map(\.id))
    let ignored = Set(findings.map(\.id)).subtracting(open)
    // What the main branch has, or the team planned, needs no repair: a repair must not undo it.
    let settled = Set(check.findings.filter { $0.repair == .forward }.map(\.id)).subtracting(
      findings.filter { $0.repair == .forward }.map(\.id))
    func planned(_ finding: Finding) -> (finding: Finding, direction: Repair.Direction) {
      var finding = finding
      finding.mentions = check.findings.first { $0.id == finding.id }?.mentions ?? []
      return (finding, settled.contains(finding.id) ? .forward : direction(for: finding))
    }
    let together = try repairedTogether(
      Self.order(of: findings, besides: ignored).map(planned), among: findings, from: before,
      of: commit, to: after)
    var (steps, tree, left) = together ?? ([], after, findings)
    var refusals: [String: Refusal] = [:]
    var repaired = Set(steps.map(\.finding.id))
    while let next = Self.order(
      of: left, besides: ignored.union(repaired).union(refusals.keys)
    ).first {
      let (finding, direction) = planned(next)
      do {
        let step = try self.repaired(
          finding, direction, among: left, from: before, of: commit, to: tree)
        steps.append(Step(finding: finding, repair: step.repair))
        (tree, left) = (step.tree, step.left)
        repaired.insert(finding.id)
        // What was not possible may be so now.
        refusals = [:]
      } catch let reason as Unrepairable {
        refusals[finding.id] = Refusal(finding: finding, reason: reason)
      }
    }
    return outcome(
      of: steps, refused: left.compactMap { refusals[$0.id] },
      among: findings.filter { !ignored.contains($0.id) },
      leaving: left.filter {
        !ignored.contains($0.id) && !(settled.contains($0.id) && repaired.contains($0.id))
      }, target)
  }

  /// The findings that a patch may fix, in the order in which they are repaired.
  private static func order(of findings: [Finding], besides done: Set<String>) -> [Finding] {
    findings.enumerated().filter { _, finding in
      finding.repair != nil && finding.severity > .note && !done.contains(finding.id)
    }.sorted { one, other in
      (one.element.stage, one.offset) < (other.element.stage, other.offset)
    }.map(\.element)
  }

  /// Repairs the first findings that do not depend on each other, with one check for all of them. Nil
  /// where there are not several, and where that check does not show each of them repaired: then one
  /// after the other shows which can be.
  private mutating func repairedTogether(
    _ wanted: [(finding: Finding, direction: Repair.Direction)], among findings: [Finding],
    from before: RevisionTree, of commit: ObjectID?, to after: RevisionTree
  ) throws -> (steps: [Step], tree: RevisionTree, left: [Finding])? {
    var tree = after
    var steps: [Step] = []
    var names: Set<LogicalName> = []
    for (finding, direction) in wanted {
      let own = Set((finding.before + finding.after).map(\.name))
      guard finding.stage == wanted[0].finding.stage, names.isDisjoint(with: own),
        !finding.addsRows(direction)
      else { break }
      names.formUnion(own)
      // The refusal may be another one once the others are repaired.
      guard let repair = try? plan(finding, direction, from: before, to: tree) else { continue }
      tree = tree.edited(repair.changes, pool: &loader.pool)
      steps.append(Step(finding: finding, repair: repair))
    }
    guard steps.count > 1 else { return nil }
    let left = self.findings(from: before, of: commit, to: tree)
    guard Set(left.map(\.id)).isSubset(of: findings.map(\.id)) else { return nil }
    for step in steps {
      // Which of them is not repaired is known when each is alone.
      guard (try? prove(step.finding, step.repair, left, given: findings)) != nil else {
        return nil
      }
    }
    return (steps, tree, left)
  }

  /// The direction that the user chose, unless a planned move is not to be taken back.
  private func direction(for finding: Finding) -> Repair.Direction {
    finding.repair == .forward ? .forward : direction
  }

  /// True where a patch can repair it in this direction.
  private mutating func works(
    _ finding: Finding, _ direction: Repair.Direction, among findings: [Finding],
    from before: RevisionTree, of commit: ObjectID?, to after: RevisionTree
  ) -> Bool {
    // The reason belongs to the other direction, and would confuse here.
    (try? attempt(finding, direction, among: findings, from: before, of: commit, to: after)) != nil
  }

  /// The same as an attempt; a refusal only hints at the other direction where that works.
  private mutating func repaired(
    _ finding: Finding, _ direction: Repair.Direction, among findings: [Finding],
    from before: RevisionTree, of commit: ObjectID?, to after: RevisionTree
  ) throws -> (repair: Repair, tree: RevisionTree, left: [Finding]) {
    do {
      return try attempt(finding, direction, among: findings, from: before, of: commit, to: after)
    } catch let refusal as Unrepairable where refusal.hintAtOther != nil {
      throw refusal.knowing(
        otherWorks: works(
          finding, direction == .back ? .forward : .back, among: findings, from: before,
          of: commit, to: after))
    }
  }

  /// The repair of one finding, the files as it leaves them, and the findings of the check then.
  private mutating func attempt(
    _ finding: Finding, _ direction: Repair.Direction, among findings: [Finding],
    from before: RevisionTree, of commit: ObjectID?, to after: RevisionTree
  ) throws -> (repair: Repair, tree: RevisionTree, left: [Finding]) {
    let repair = try plan(finding, direction, from: before, to: after)
    let edited = after.edited(repair.changes, pool: &loader.pool)
    let left = self.findings(from: before, of: commit, to: edited)
    try prove(finding, repair, left, given: findings)
    return (repair, edited, left)
  }

  /// The repair of one finding, before a check of it.
  private mutating func plan(
    _ finding: Finding, _ direction: Repair.Direction, from before: RevisionTree,
    to after: RevisionTree
  ) throws -> Repair {
    try RepairCase(
      finding, before: revision(before), after: revision(after),
      past: try finding.deletedIn.flatMap { try revisionBefore($0, declaring: finding.before) },
      conventions: loader.configuration.conventions
    ).repaired(direction)
  }

  private func outcome(
    of steps: [Step], refused: [Refusal] = [], among findings: [Finding],
    leaving left: [Finding], _ target: Target
  ) -> Outcome {
    let changes = FileChange.joined(steps.map(\.repair.changes))
    let repaired = Set(steps.map(\.finding.id))
    return Outcome(
      steps: steps, refusals: refused, target: target,
      patch: Patch(changes) { Repository.blobID(of: $0).hex }.bytes,
      remaining: left.filter { $0.severity > .note },
      accepted: Set(policy.judged(left, on: today).accepted.map(\.finding.id)),
      fixedToo: findings.filter { other in
        !repaired.contains(other.id) && other.severity > .note
          && !left.contains { $0.id == other.id }
      },
      unstaged: target == .worktree ? [] : unstaged(changes))
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
      // The solution has to be built again from the repaired files.
      if finding.archives.isEmpty, !other.archives.isEmpty { return false }
      // The old name is back, and was never more than a note.
      if other.severity == .note, other.evidence.contains(.returned) { return false }
      // After a move forward the old one is still removed. No consumer may be left behind.
      return !repair.leavesFinding(finding) || !other.isFollowed(besides: repair.filesOfOthers)
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

  /// The former tree, read before any other: where its solutions are is in its own configuration.
  private mutating func tree(before commit: ObjectID?) throws -> RevisionTree {
    guard let commit else { return loader.emptyTree() }
    if !policy.configuration.solutions.isEmpty {
      let former = try files.reading(of: .commit(commit)).policy.configuration
      loader = SnapshotLoader(
        repository, covering: policy.configuration.covering(solutionsOf: former))
    }
    return try loader.tree(of: commit)
  }

  private mutating func tree(of target: Target) throws -> RevisionTree {
    switch target {
    case .staged: return try loader.indexTree()
    case .worktree: return try loader.worktreeTree()
    case .head: return try loader.tree(of: try repository.commitID(of: "HEAD"))
    }
  }

  private mutating func revision(_ tree: RevisionTree) -> RepairCase.Revision {
    let snapshot = Snapshot(
      instances: loader.snapshot(of: tree).0.instances, settings: loader.settings(of: tree).0)
    return RepairCase.Revision(snapshot: snapshot, files: RevisionFiles(tree))
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

extension [UInt8] {
  fileprivate var withoutCarriageReturns: [UInt8] { filter { $0 != UInt8(ascii: "\r") } }
}
