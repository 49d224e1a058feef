package import Detection
package import Git
import Solution

/// Compares branches with the main one: each from where it left it to its tip. Nothing is stored, and
/// notes play no part.
package struct BranchReview: ~Copyable {
  private let repository: Repository
  private let main: Git.Reference?
  private var loader: SnapshotLoader
  /// Of the main branch: a branch does not say by which rules it is judged.
  private let policy: Result<TeamPolicy, any Error>
  private let options: Options
  /// How far back along a branch a finding is followed.
  private static let limit = 500

  package struct Options: Sendable {
    /// A revision; nil for the branch that others start from.
    package var main: String?
    /// Stands for the repository's own configuration.
    package var configuration: Configuration?
    /// Approvals end with a day.
    package var today: Day

    package init(
      main: String? = nil, configuration: Configuration? = nil, today: Day
    ) {
      self.main = main
      self.configuration = configuration
      self.today = today
    }
  }

  package init(_ repository: Repository, options: Options) throws(GitError) {
    self.repository = repository
    self.options = options
    let references = try repository.references()
    if let main = options.main {
      let id = try repository.commitID(of: main)
      let named = references.first {
        $0.commit != nil && ($0.shortName == main || $0.name == main)
      }
      self.main = Git.Reference(name: named?.name ?? main, shortName: main, commit: id)
    } else {
      let name = try MainBranch(repository).name
      let main = references.first { $0.name == name }
      // `origin/HEAD` is only another name of it.
      self.main = references.first { $0.name == main?.target } ?? main
    }
    let side = self.main?.commit.map { PolicySide.commit($0) } ?? .nowhere
    let files = PolicyFiles(repository, given: options.configuration)
    let policy = Result { try files.policy(of: side) }
    self.policy = policy
    // Where it cannot be read every verdict says so, and nothing is read.
    loader = SnapshotLoader(
      repository, covering: (try? policy.get().configuration) ?? .standard)
  }

  /// As people write it; nil where nothing looks like a main branch.
  package var mainName: String? { main?.shortName }

  /// Every local and remote-tracking branch, ordered by name. `origin/HEAD` is only another name.
  package static func branches(of repository: Repository) throws(GitError) -> [Git.Reference] {
    try repository.references().filter { reference in
      reference.name.hasPrefix("refs/heads/")
        || reference.name.hasPrefix("refs/remotes/") && !reference.name.hasSuffix("/HEAD")
    }
  }

  /// What cannot be read makes the verdict unknown, and never the run stop.
  package mutating func verdict(on branch: Git.Reference) -> BranchVerdict {
    guard let tip = branch.commit else {
      return verdict(branch, .zero, .unknown("it leads to no commit"))
    }
    guard let main, let mainTip = main.commit else {
      return verdict(branch, tip, .unknown("there is no main branch to compare it with"))
    }
    if branch.name == main.name { return verdict(branch, tip, .main) }
    do {
      guard let base = try repository.mergeBases(mainTip, tip).first else {
        return verdict(
          branch, tip, .unknown("it has no commit in common with '\(main.shortName)'"))
      }
      return try verdict(on: branch, tip, since: base)
    } catch let error as GitError {
      return verdict(branch, tip, .unknown(error.message))
    } catch {
      return verdict(branch, tip, .unknown("\(error)"))
    }
  }

  private func verdict(
    _ branch: Git.Reference, _ tip: ObjectID, _ state: BranchVerdict.State
  ) -> BranchVerdict {
    BranchVerdict(name: branch.name, shortName: branch.shortName, tip: tip.hex, state: state)
  }

  /// From a commit that is taken for good, to the tip; unknown where that cannot be read.
  mutating func judged(
    _ branch: Git.Reference, _ tip: ObjectID, since base: ObjectID
  ) -> BranchVerdict {
    do {
      return try verdict(on: branch, tip, since: base)
    } catch {
      return verdict(branch, tip, .unknown("\(error)"))
    }
  }

  /// From a commit that is taken for good, to the tip.
  package mutating func verdict(
    on branch: Git.Reference, _ tip: ObjectID, since base: ObjectID
  ) throws -> BranchVerdict {
    let outcome = try outcome(from: base, to: tip)
    let findings = outcome.findings.filter { $0.severity > .note }
    let problem = outcome.problems.first(where: \.matters)?.problem
    let state: BranchVerdict.State =
      if findings.contains(where: { $0.severity == .error }) {
        .flagged
      } else if let problem {
        .unknown("\(problem.path): \(problem.message.prefix { $0 != "\n" })")
      } else {
        findings.isEmpty ? .clean : .warned
      }
    return BranchVerdict(
      name: branch.name, shortName: branch.shortName, tip: tip.hex, state: state,
      mergeBase: Moment(try repository.commit(base), parent: nil),
      standing: try standing(findings, from: base, to: tip))
  }

  private mutating func outcome(from base: ObjectID, to tip: ObjectID) throws -> CheckOutcome {
    let policy = try policy.get()
    let pair = PairReview(
      before: try loader.tree(of: base), after: try loader.tree(of: tip), ancestors: [base],
      lookBack: policy.configuration.lookBack)
    var outcome = pair.outcome(
      before: .revision("the merge base"), after: .revision("the branch"), with: &loader)
    (outcome.findings, outcome.accepted) = policy.judged(outcome.findings, on: options.today)
    return outcome
  }

  /// Goes back along first parents for as long as a finding stands.
  private mutating func standing(
    _ findings: [Finding], from base: ObjectID, to tip: ObjectID
  ) throws -> [BranchVerdict.Standing] {
    guard !findings.isEmpty else { return [] }
    var since: [String: ObjectID] = [:]
    var open = Set(findings.map(\.id))
    var commit = try repository.commit(tip)
    var tree = try loader.tree(commit.tree)
    for _ in 0..<Self.limit {
      for id in open { since[id] = commit.id }
      guard let parent = commit.parents.first, parent != base else { break }
      commit = try repository.commit(parent)
      let earlier = try loader.tree(commit.tree)
      // Equal files make equal findings.
      if earlier.root !== tree.root {
        open.formIntersection(try outcome(from: base, to: parent).findings.map(\.id))
      }
      tree = earlier
      if open.isEmpty { break }
    }
    return try findings.map { finding in
      let commit = try since[finding.id].map { id throws(GitError) in try repository.commit(id) }
      return BranchVerdict.Standing(
        finding: finding, since: commit.map { Moment($0, parent: $0.parents.first) })
    }
  }
}
