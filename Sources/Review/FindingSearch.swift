package import Detection
package import Git

/// Finds a finding again by its id, by computing: nothing is stored.
package struct FindingSearch {
  /// A finding where it was found.
  package struct Found {
    package let finding: Finding
    package let outcome: CheckOutcome
    package let subject: Check.Subject
  }

  private let repository: Repository

  package init(_ repository: Repository) {
    self.repository = repository
  }

  /// Looks at what is staged, at the disk, at the last commit and at the branch, in this order; nil
  /// where the finding is in none of them.
  package func finding(_ id: String) throws -> Found? {
    for subject in try subjects() {
      guard let outcome = try outcome(of: subject) else { continue }
      if let finding = outcome.findings.first(where: { $0.id == id }) {
        return Found(finding: finding, outcome: outcome, subject: subject)
      }
    }
    return nil
  }

  private func subjects() throws -> [Check.Subject] {
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
    return subjects
  }

  /// Looks through every commit that led to `HEAD`. Gives the commits of the change that brought it,
  /// the latest where it stands in several; nil where it is in none.
  ///
  /// - Parameter proceed: see `HistoryScan.outcome`.
  package func change(
    of id: String, workers: Int, proceed: (HistoryScan.Progress) -> Bool
  ) throws -> (before: String?, after: String)? {
    var scan = HistoryScan(
      repository,
      options: HistoryOptions(revisions: ["HEAD"], includesNotes: true, workers: workers))
    let incident = try scan.outcome(proceed: proceed).history.incidents.first {
      $0.finding.id == id
    }
    let moment = incident.map { $0.places.last ?? $0.moment }
    return moment.map { ($0.parent, $0.commit) }
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
