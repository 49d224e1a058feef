package import Detection
package import Git

/// Finds a finding again by its id, by computing: nothing is stored.
package struct FindingSearch {
  private let repository: Repository

  package init(_ repository: Repository) {
    self.repository = repository
  }

  /// Looks at what is staged, at the disk, at the last commit, at the branch, and at what is wrong
  /// today, in this order; nil where the finding is in none of them.
  package func finding(_ id: String) throws -> (Finding, CheckOutcome)? {
    var subjects: [Check.Subject] = []
    if !repository.isBare { subjects += [.staged, .worktree] }
    if let head = try repository.head().commit {
      if let parent = try repository.commit(head).parents.first {
        subjects.append(.commits(before: parent.hex, after: "HEAD"))
      }
      if let main = try MainBranch(repository).name {
        subjects.append(.branch(base: main, tip: "HEAD"))
      }
    }
    for subject in subjects {
      guard let outcome = try outcome(of: subject) else { continue }
      if let finding = outcome.findings.first(where: { $0.id == id }) { return (finding, outcome) }
    }
    guard try !repository.isBare || repository.head().commit != nil else { return nil }
    let audit = try Audit(repository).outcome(at: nil)
    return audit.findings.first { $0.id == id }.map { ($0, audit) }
  }

  /// Nil where one of its revisions is not there: a shallow clone, a branch without merge base.
  private func outcome(of subject: Check.Subject) throws -> CheckOutcome? {
    do {
      return try Check(repository).outcome(of: subject)
    } catch let error as GitError where [.revisionNotFound, .missingObject].contains(error.kind) {
      return nil
    }
  }
}
