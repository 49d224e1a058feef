import Detection
import Git

/// Which side of a check is trusted to say by which rules it is judged.
struct PolicySides {
  let trusted: PolicySide
  let after: PolicySide
  /// As the user knows it: `main`.
  let trustedName: String

  init(trusted: PolicySide, after: PolicySide, trustedName: String) {
    self.trusted = trusted
    self.after = after
    self.trustedName = trustedName
  }

  /// What is about to be committed speaks for itself; two revisions are judged by the former, a branch
  /// by what it is to be merged into.
  init(_ subject: Check.Subject, in repository: Repository) throws(GitError) {
    switch subject {
    case .staged: self.init(trusted: .index, after: .index, trustedName: "HEAD")
    case .worktree: self.init(trusted: .worktree, after: .worktree, trustedName: "HEAD")
    case .commit(let revision):
      let id = try repository.commitID(of: revision)
      self.init(trusted: .commit(id), after: .commit(id), trustedName: revision)
    case .commits(let before, let after), .branch(let before, let after):
      self.init(
        trusted: .commit(try repository.commitID(of: before)),
        after: .commit(try repository.commitID(of: after)), trustedName: before)
    }
  }
}

/// A policy in force, and what the change under judgment would add to it.
struct PolicySeat {
  private(set) var policy: TeamPolicy
  private let today: Day
  /// Approvals that stand in the change alone: they count once they have arrived by themselves.
  private let pending: Approvals
  private let trustedName: String

  init(_ sides: PolicySides, _ options: Check.Options, in repository: Repository) throws {
    let files = PolicyFiles(repository, given: options.configuration)
    let trusted = options.policySide ?? sides.trusted
    policy = try files.policy(of: trusted)
    policy.configuration.conventions.isRelease = options.isRelease
    today = options.today
    trustedName = sides.trustedName
    // A change whose own policy cannot be read adds nothing to the one that counts.
    pending =
      trusted == sides.after
      ? Approvals() : (try? files.policy(of: sides.after).approvals) ?? Approvals()
  }

  /// The same outcome by the team's own measure.
  func judged(_ outcome: CheckOutcome) -> CheckOutcome {
    var outcome = outcome
    let (standing, accepted) = policy.judged(outcome.findings, on: today)
    outcome.findings = standing.map { finding in
      guard pending.approval(of: finding, on: today) != nil else { return finding }
      var finding = finding
      finding.remarks.append(
        "this change holds an approval of it, which counts once it has reached '\(trustedName)' by itself"
      )
      return finding
    }
    outcome.accepted = accepted
    return outcome
  }
}
