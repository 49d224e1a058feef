package import Detection
package import Git
import Solution

/// Finds findings again by computing: nothing is stored.
package struct FindingSearch {
  private let repository: Repository
  private let options: Check.Options

  package init(_ repository: Repository, options: Check.Options) {
    self.repository = repository
    self.options = options
  }

  /// Looks at what is staged, at the disk, at the last commit, at the branch, at the files as they are
  /// and at the history, in this order; nil where the finding is in none of them.
  package func finding(_ id: String) throws -> (Finding, CheckOutcome)? {
    if let found = try found(id) { return (found.finding, found.outcome) }
    for place in [state, past] {
      let outcome = try place()
      if let finding = outcome.all.first(where: { $0.id == id }) { return (finding, outcome) }
    }
    return nil
  }

  /// A finding of a check, where it was found.
  package struct Found {
    package let finding: Finding
    package let outcome: CheckOutcome
    package let subject: Check.Subject
  }

  /// The same in what is staged, on the disk, in the last commit and on the branch alone.
  package func found(_ id: String) throws -> Found? {
    for subject in try subjects() {
      guard let outcome = try outcome(of: subject) else { continue }
      if let finding = outcome.all.first(where: { $0.id == id }) {
        return Found(finding: finding, outcome: outcome, subject: subject)
      }
    }
    return nil
  }

  /// The change that brought a finding, among those that led to `HEAD`: its commit and the one before,
  /// of the latest where it stands in several. Nil where it is in none.
  ///
  /// - Parameter proceed: see `HistoryScan.outcome`.
  package func change(
    bringing id: String, workers: Int, proceed: (HistoryScan.Progress) -> Bool
  ) throws -> (before: String?, after: String)? {
    var scan = HistoryScan(
      repository,
      options: HistoryOptions(
        revisions: ["HEAD"], includesNotes: true, workers: workers, today: options.today))
    let incident = try scan.outcome(proceed: proceed).history.incidents.first {
      $0.finding.id == id
    }
    let moment = incident.map { $0.places.last ?? $0.moment }
    return moment.map { ($0.parent, $0.commit) }
  }

  /// What an audit tells of the files at hand under this id.
  package func findingAtRest(_ id: String) throws -> Finding? {
    try state().findings.first { $0.id == id }
  }

  /// What was found anywhere, accepted or not, each finding once; of the past what is not mended yet.
  package struct Survey: Sendable {
    package fileprivate(set) var findings: [String: Finding] = [:]
    /// False where something could not be read: what was not found may be there all the same.
    package fileprivate(set) var isComplete = true
  }

  package func survey() throws -> Survey {
    var survey = Survey()
    for subject in try subjects() {
      guard let outcome = try outcome(of: subject) else { continue }
      survey.add(outcome)
    }
    survey.add(try state())
    survey.add(try past())
    return survey
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

  /// Nil where one of its revisions is not there: a shallow clone, a branch without merge base.
  private func outcome(of subject: Check.Subject) throws -> CheckOutcome? {
    do {
      return try Check(repository, options: options).outcome(of: subject)
    } catch let error as GitError where [.revisionNotFound, .missingObject].contains(error.kind) {
      return nil
    }
  }

  /// What an audit tells of the files at hand; nothing where there is no commit yet.
  private func state() throws -> CheckOutcome {
    guard try !repository.isBare || repository.head().commit != nil else {
      return CheckOutcome(found: [], side: .revision("HEAD"), problems: [])
    }
    return try Audit(repository, options: options).outcome(at: nil)
  }

  /// Incidents that are still broken at the tip of a branch.
  private func past() throws -> CheckOutcome {
    var scan = HistoryScan(
      repository, options: HistoryOptions(includesNotes: true, today: options.today))
    let outcome = try scan.outcome()
    let open = outcome.history.incidents.filter(\.isStillBroken)
    return CheckOutcome(
      found: open.map(\.finding), side: .revision("the branches"),
      problems: outcome.problems.map(\.problem))
  }
}

extension FindingSearch.Survey {
  fileprivate mutating func add(_ outcome: CheckOutcome) {
    for finding in outcome.all where findings[finding.id] == nil {
      findings[finding.id] = finding
    }
    if outcome.problems.contains(where: \.matters) { isComplete = false }
  }
}

extension CheckOutcome {
  /// One that is accepted is one all the same.
  fileprivate var all: [Finding] { findings + accepted.map(\.finding) }

  /// Of no comparison.
  fileprivate init(found findings: [Finding], side: Side, problems: [Problem]) {
    self.init(
      before: side, after: side, findings: findings,
      problems: problems.map { JudgedProblem(problem: $0, matters: $0.hidesContent) },
      isChanged: true, solutions: 0, references: 0, consumers: 0)
  }
}
