package import Detection
package import Git

/// Finds a finding again by its id, by computing: nothing is stored.
package struct FindingSearch {
  private let repository: Repository

  package init(_ repository: Repository) {
    self.repository = repository
  }

  /// Looks at what is staged, at the disk, at the last commit and at the branch, in this order; nil
  /// where the finding is in none of them.
  package func finding(_ id: String) throws -> (Finding, CheckOutcome)? {
    let check = Check(repository)
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
      let outcome = try check.outcome(of: subject)
      if let finding = outcome.findings.first(where: { $0.id == id }) { return (finding, outcome) }
    }
    return nil
  }
}
