package import Detection
package import Git
import Platform
package import Solution

/// Finds findings again by computing: nothing is stored.
package struct FindingSearch {
  private let repository: Repository
  package let options: Check.Options

  package init(_ repository: Repository, options: Check.Options) {
    self.repository = repository
    self.options = options
  }

  /// True for an id, and for its first digits: four or more.
  package static func isID(_ text: String) -> Bool {
    (4...12).contains(text.count) && text.utf8.count == text.count
      && text.allSatisfy(\.isHexDigit)
  }

  /// The finding whose id begins with these digits; nil for none.
  ///
  /// Throws `AmbiguousFinding` where several begin so.
  private static func only(_ findings: [Finding], beginning id: String) throws -> Finding? {
    let found = findings.filter { $0.id.hasPrefix(id) }
    let ids = Set(found.map(\.id))
    guard ids.count < 2 else { throw AmbiguousFinding(id: id, findings: found) }
    return found.first
  }

  /// An id that was found, and was perhaps meant by `id`. The past is not searched for it.
  package func nearest(to id: String) throws -> String? {
    var found = try state().all
    for subject in try subjects() { found += try outcome(of: subject)?.all ?? [] }
    let count = id.count
    let match = Spelling.nearest(to: id, in: found.map { String($0.id.prefix(count)) })
    return match.flatMap { match in found.first { $0.id.hasPrefix(match) }?.id }
  }

  /// Looks at what is staged, at the disk, at the last commit, at the branch, at the files as they are,
  /// at the history of all branches and at what they break once they are merged, in this order; nil where
  /// the finding is in none of them.
  ///
  /// - Parameter id: or its first digits, which have to be unambiguous where the finding is found.
  package func finding(_ id: String) throws -> (Finding, CheckOutcome)? {
    if let found = try found(id) { return (found.finding, found.outcome) }
    for outcome in [state, { try past { $0.isStillBroken || $0.outcome == .completed } }, branches]
    {
      let outcome = try outcome()
      if let finding = try Self.only(outcome.all, beginning: id) { return (finding, outcome) }
    }
    return nil
  }

  /// A finding of a check, where it was found.
  package struct Found {
    package let finding: Finding
    package let outcome: CheckOutcome
    package let subject: Check.Subject
  }

  /// The findings that a patch can fix, and where they were found.
  package struct Repairable {
    /// Never empty.
    package let findings: [Finding]
    package let outcome: CheckOutcome
    package let subject: Check.Subject
  }

  /// The findings that a patch can fix, from the first place that has any: what is staged, the
  /// disk, the last commit, the branch. Nil for none.
  ///
  /// - Parameter onDisk: leaves out what is staged.
  package func repairable(onDisk: Bool = false) throws -> Repairable? {
    for subject in try subjects() where !(onDisk && subject == .staged) {
      guard let outcome = try outcome(of: subject) else { continue }
      let findings = outcome.repairable
      if !findings.isEmpty {
        return Repairable(findings: findings, outcome: outcome, subject: subject)
      }
    }
    return nil
  }

  /// The ids of what is found in what is staged, on the disk, in the last commit and on the branch.
  package func recentIDs() throws -> [String] {
    try subjects().flatMap { try outcome(of: $0)?.all ?? [] }.map(\.id).uniqued()
  }

  /// The same in what is staged, on the disk, in the last commit and on the branch alone.
  package func found(_ id: String) throws -> Found? {
    for subject in try subjects() {
      guard let outcome = try outcome(of: subject) else { continue }
      if let finding = try Self.only(outcome.all, beginning: id) {
        return Found(finding: finding, outcome: outcome, subject: subject)
      }
    }
    return nil
  }

  /// The change that introduced a finding, among those that led to `HEAD`: its commit and the one
  /// before, of the latest where several have it. Nil where it is in none.
  ///
  /// - Parameter proceed: see `HistoryScan.outcome`.
  package func change(
    bringing id: String, workers: Int, proceed: (HistoryScan.Progress) -> Bool
  ) throws -> (id: String, before: String?, after: String)? {
    var scan = HistoryScan(
      repository,
      options: HistoryOptions(
        revisions: ["HEAD"], includesNotes: true, workers: workers, today: options.today))
    let incidents = try scan.outcome(proceed: proceed).history.incidents
    guard let finding = try Self.only(incidents.map(\.finding), beginning: id),
      let incident = incidents.first(where: { $0.finding.id == finding.id })
    else { return nil }
    let moment = incident.places.last ?? incident.moment
    return (finding.id, moment.parent, moment.commit)
  }

  /// The finding with this id in an audit of the files at hand.
  package func findingAtRest(_ id: String) throws -> Finding? {
    try Self.only(try state().findings, beginning: id)
  }

  /// Warnings that an event caused in addition to its own finding, and those that it leaves in the
  /// files at hand: an approval of the event accepts them. Nothing else belongs to a finding of one
  /// revision by itself. Missing settings rows are not among them: a deployment still fails for
  /// them.
  package func warnings(ofEventOf finding: Finding, in outcome: CheckOutcome) throws -> [Finding] {
    guard RuleBook.follows(finding) else { return [] }
    let names = Set((finding.before + finding.after).map(\.name))
    let brought = outcome.before == outcome.after ? [] : outcome.findings
    var seen: Set<String> = [finding.id]
    return (brought + (try state().findings)).filter { other in
      let own = Set((other.before + other.after).map(\.name))
      return other.severity == .warning && other.solution == finding.solution && !own.isEmpty
        && own.isSubset(of: names)
        && !SettingsCheck.rules.subtracting([.settingsUnused]).contains(other.rule)
        && seen.insert(other.id).inserted
    }
  }

  /// All findings, accepted or not, each once; of the past, those that are not fixed yet.
  package struct Survey: Sendable {
    package fileprivate(set) var findings: [String: Finding] = [:]
    /// What could not be read, each file once: a finding that is missing may still exist.
    package fileprivate(set) var problems: [Problem] = []
    package var isComplete: Bool { problems.isEmpty }
  }

  package func survey() throws -> Survey {
    var survey = Survey()
    for subject in try subjects() {
      guard let outcome = try outcome(of: subject) else { continue }
      survey.add(outcome)
    }
    survey.add(try state())
    survey.add(try past(where: \.isStillBroken))
    return survey
  }

  private func subjects() throws -> [Check.Subject] {
    var subjects: [Check.Subject] = []
    if !repository.isBare { subjects += [.staged, .worktree] }
    if let head = try repository.head().commit {
      if let parent = try repository.commit(head).parents.first {
        subjects.append(.commits(before: parent.hex, after: "HEAD"))
      }
      for main in try MainBranchTips(repository).tips {
        subjects.append(.branch(base: main.shortName, tip: "HEAD"))
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

  /// The findings of an audit of the files at hand; none where there is no commit yet.
  private func state() throws -> CheckOutcome {
    guard try !repository.isBare || repository.head().commit != nil else {
      return CheckOutcome(found: [], side: .revision("HEAD"), problems: [])
    }
    return try Audit(repository, options: options).outcome(at: nil)
  }

  /// What each branch but the main one breaks, by itself and once it is merged.
  private func branches() throws -> CheckOutcome {
    var review = try BranchReview(
      repository, options: .init(configuration: options.configuration, today: options.today))
    var findings: [Finding] = []
    for branch in try BranchReview.branches(of: repository) {
      let verdict = review.verdict(on: branch)
      if !verdict.isMain { findings += verdict.findings.map(\.finding) }
    }
    return CheckOutcome(
      found: findings.uniqued(on: \.id), side: .revision("the branches"), problems: [])
  }

  /// Incidents of all branches.
  private func past(where isWanted: (Incident) -> Bool) throws -> CheckOutcome {
    var scan = HistoryScan(
      repository, options: HistoryOptions(includesNotes: true, today: options.today))
    let outcome = try scan.outcome()
    let wanted = outcome.history.incidents.filter(isWanted)
    return CheckOutcome(
      found: wanted.map(\.finding), side: .revision("the branches"),
      problems: outcome.problems.map(\.problem))
  }
}

extension FindingSearch.Survey {
  fileprivate mutating func add(_ outcome: CheckOutcome) {
    for finding in outcome.all where findings[finding.id] == nil {
      findings[finding.id] = finding
    }
    for problem in outcome.problems.lazy.filter(\.matters).map(\.problem)
    where !problems.contains(where: { $0.path == problem.path }) {
      problems.append(problem)
    }
  }
}

extension CheckOutcome {
  /// Accepted findings included.
  fileprivate var all: [Finding] { findings + accepted.map(\.finding) }

  /// Of no comparison.
  fileprivate init(found findings: [Finding], side: Side, problems: [Problem]) {
    self.init(
      before: side, after: side, findings: findings,
      problems: problems.map { JudgedProblem($0) }, isChanged: true,
      scope: Scope(extent: .revisions(1), solutions: 0, references: 0, consumers: 0))
  }
}

/// Several findings have ids that begin with the user's digits.
package struct AmbiguousFinding: Error {
  let id: String
  let findings: [Finding]

  package var message: String { "'\(id)' is the beginning of several ids" }

  package var hint: String {
    "it may be "
      + findings.uniqued(on: \.id).map { "\($0.id) (\($0.rule.rawValue))" }
      .joined(separator: " or ")
  }
}
