package import Detection
package import Git
import Solution

/// Compares every commit with each of its parents, and joins what it finds into incidents.
package struct HistoryScan: ~Copyable {
  /// The progress of a scan.
  package struct Progress: Sendable {
    package let done: Int
    package let total: Int
  }

  let repository: Repository
  let options: HistoryOptions
  var loader: SnapshotLoader
  private(set) var graph = CommitGraph()
  /// Whether older commits than those that are scanned were left out.
  private var isRange = false
  /// The change of each commit that changed a solution.
  private(set) var traces: [Int: CommitTrace] = [:]
  /// The past of some commits, themselves included; by position.
  private var pasts: [Int: PastRecorder] = [:]
  /// Whether a commit may have changed what settings files bind; by position.
  private var mayChangeRows: [Bool] = []
  private(set) var events: [HistoryEvent] = []
  private var problems: Set<HistoryProblem> = []
  /// The commits that made a file readable again, oldest first; by path.
  private(set) var corrections: [String: [Int]] = [:]
  /// Events that are only notes, where notes are left out.
  private var notesLeftOut: Set<Incident.Key> = []

  package init(_ repository: Repository, options: HistoryOptions = HistoryOptions()) {
    self.init(
      repository, options: options,
      loader: SnapshotLoader(repository, covering: options.policy.configuration))
  }

  /// - Parameter loader: reads by the configuration of `options`.
  init(_ repository: Repository, options: HistoryOptions, loader: consuming SnapshotLoader) {
    self.repository = repository
    self.options = options
    self.loader = loader
  }

  /// Scans, oldest commit first.
  ///
  /// - Parameters:
  ///   - reference: the life of this reference is in the result too.
  ///   - found: receives each finding as its commit is read, before its outcome is known.
  ///   - proceed: receives the progress; returns false to end the scan with the findings so far.
  ///
  /// Throws for a revision that cannot be found; a read error on the way is a problem.
  package mutating func outcome(
    reference: String? = nil, found: (Incident) -> Void = { _ in },
    proceed: (Progress) -> Bool = { _ in true }
  ) throws -> HistoryOutcome {
    let starts = try HistoryStarts(repository, options)
    isRange = !starts.hidden.isEmpty
    repository.limitMappedMemory()
    let team = walk(starts)
    defer { team.stop() }
    let isComplete = try scan(team, found, proceed)
    var states = IncidentStates(
      graph: graph, traces: traces, mayChangeRows: mayChangeRows, branches: starts.branches,
      names: Set(
        events.map(\.finding).filter(NamedElsewhere.mayBeOpen).flatMap { $0.before.map(\.name) }))
    let incidents = try incidents(with: &states)
    let tips = tipSnapshots(starts)
    let commits = graph.nodes.count
    let scope = Scope(extent: .commits(commits), anyOf: tips)
    let history = History(
      incidents: incidents, lineages: lineages(of: incidents, tips: tips), commits: commits,
      solutions: scope.solutions, references: scope.references, consumers: scope.consumers,
      isComplete: isComplete, notesLeftOut: notesLeftOut.count)
    let life = try reference.map { try self.life(of: $0, in: history) } ?? []
    return HistoryOutcome(
      history: history,
      problems: weighed(problems, at: starts).sorted {
        ($0.problem.path, $0.commit ?? "", $0.problem.message)
          < ($1.problem.path, $1.commit ?? "", $1.problem.message)
      }, life: life, tips: starts.branches.map { ($0.name, $0.tip) })
  }

  /// For a process that is about to end: what the scan read is not freed.
  package func keepUntilExit() { loader.keepUntilExit() }

  private mutating func walk(_ starts: HistoryStarts) -> SurveyTeam {
    let team = SurveyTeam(
      of: repository, with: loader, workers: options.workers, includesNotes: options.includesNotes)
    var boundaries: [ObjectID] = []
    var failures: [GitError] = []
    var ancestors = Ancestors(of: starts.commits, hiding: starts.hidden, in: repository)
    var isOver = false
    while !isOver {
      do throws(GitError) {
        if let commit = try ancestors.next() {
          team.add(commit, firstParentOnly: options.firstParentOnly)
          if commit.isBoundary { boundaries.append(commit.id) }
        } else {
          isOver = true
        }
      } catch {
        failures.append(error)
      }
    }
    graph = team.finishWalk()
    mayChangeRows = Array(repeating: true, count: graph.nodes.count)
    for failure in failures { note(Problem(path: "", message: failure.description), at: nil) }
    for reference in starts.broken {
      guard let failure = reference.failure else { continue }
      note(
        Problem(
          path: reference.shortName,
          message: "\(failure.message)\nhint: \(reference.correction)"), at: nil)
    }
    for boundary in boundaries {
      note(
        Problem(
          path: "",
          message: "the clone is shallow: nothing before this commit can be seen\n"
            + "hint: git fetch --unshallow"), at: boundary)
    }
    return team
  }

  private mutating func note(_ problem: Problem, at commit: ObjectID?, isLoss: Bool = false) {
    if let since = options.since, let commit, let position = graph.position(of: commit),
      graph.nodes[position].date < since
    {
      return
    }
    problems.insert(HistoryProblem(problem: problem, commit: commit?.hex, isLoss: isLoss))
  }

  /// Answers false where `proceed` ended it.
  private mutating func scan(
    _ team: SurveyTeam, _ found: (Incident) -> Void, _ proceed: (Progress) -> Bool
  ) throws(GitError) -> Bool {
    let unrelated = try unrelatedMerges()
    for (index, positions) in SurveyBatch.ranges(count: graph.nodes.count).enumerated().reversed() {
      let batch =
        team.batch(index)
        ?? SurveyBatch(
          graph.section(positions), includesNotes: options.includesNotes, with: &loader)
      loader.adopt(batch.roots)
      for position in positions.reversed() {
        let progress = Progress(done: graph.nodes.count - position, total: graph.nodes.count)
        guard proceed(progress) else { return false }
        // A merge may have taken the rows of one side.
        mayChangeRows[position] =
          graph.nodes[position].parents.count > 1
          || batch.surveys[position]?.touchesSettings ?? false
        var known = batch.surveys[position]
        if let node = unrelated[position] {
          known = CommitSurvey(
            node, in: graph.section(position..<position + 1),
            includesNotes: options.includesNotes, with: &loader)
        }
        guard let survey = known else { continue }
        let count = events.count
        finish(survey, at: position)
        for event in events[count...] {
          found(
            try incident(
              of: [event], IncidentStates.State()))
        }
      }
    }
    return true
  }

  /// Merges that join histories without a commit in common, each without the parents that it adds: no commit on
  /// their side changed anything of what the first parent has, so that the merge itself did.
  private func unrelatedMerges() throws(GitError) -> [Int: CommitGraph.Node] {
    guard !repository.isShallow else { return [:] }
    var merges: [Int: CommitGraph.Node] = [:]
    for position in graph.mergesOfSeveralRoots {
      let node = graph.nodes[position]
      guard let first = node.parents.first else { continue }
      var related: [ObjectID] = [first]
      for other in node.parents.dropFirst()
      where try !repository.mergeBases(first, other).isEmpty {
        related.append(other)
      }
      if related.count < node.parents.count { merges[position] = node.keeping(related) }
    }
    return merges
  }

  /// Judges what a commit did in the light of its ancestors, all of which were finished before.
  private mutating func finish(_ survey: CommitSurvey, at position: Int) {
    let node = graph.nodes[position]
    for problem in survey.problems { note(problem, at: node.id) }
    for problem in survey.lost { note(problem, at: node.id, isLoss: true) }
    for path in survey.corrected { corrections[path, default: []].append(position) }
    traces[position] = survey.trace
    var ofSides: [(parent: ObjectID?, findings: [Finding])] = []
    for side in survey.sides {
      let findings: [Finding]
      switch side.outcome {
      case .reported(let reported): findings = reported
      case .open(let comparison):
        // As a check of that side would know it.
        let past = past(upTo: side.parent)
        findings = self.findings(in: comparison.with(past: past), since: side.parent, of: node)
      }
      ofSides.append((side.parent, options.policy.weighed(findings, on: options.today)))
    }
    let inScope = MergeFindings(ofSides).ofTheMergeAlone.filter { isInScope($0.finding, node) }
    let alone = inScope.filter { $0.finding.severity > .note || options.includesNotes }
    if alone.count < inScope.count {
      notesLeftOut.formUnion(
        inScope.lazy.map(\.finding).filter { $0.severity == .note }.map(Incident.Key.init))
    }
    var findings = story(of: node).explaining(alone.map(\.finding), with: &loader)
    // A tree that cannot be read any more was read when the commit was surveyed.
    if findings.contains(where: Callers.concern), let tree = try? loader.tree(node.tree) {
      findings = Callers(loader.outline(of: tree).0).remarking(findings)
    }
    for (view, finding) in zip(alone, findings) {
      events.append(
        HistoryEvent(
          position: position, parent: view.parent, finding: finding, otherViews: view.others))
    }
  }

  /// Of a merge; older commits are known by their traces.
  private func story(of node: CommitGraph.Node) -> MergeStory {
    MergeStory(sides: node.parents) { [graph, traces] commit, names in
      guard commit.parents.count == 1, let position = graph.position(of: commit.id) else {
        return true
      }
      return traces[position].map { !$0.touched.isDisjoint(with: names) } ?? false
    }
  }

  private mutating func findings(
    in comparison: Comparison, since parent: ObjectID?, of node: CommitGraph.Node
  ) -> [Finding] {
    // As above.
    guard comparison.needsSettings, let tree = try? loader.tree(node.tree) else {
      return RuleBook.findings(in: comparison)
    }
    let former = parent.flatMap { try? loader.tree(of: $0) } ?? loader.emptyTree()
    return RuleBook.findings(
      in: comparison.with(
        settings: loader.settings(of: tree).0, before: loader.settings(of: former).0))
  }

  /// True for a finding in the time and the paths that the user chose, a note or not.
  private func isInScope(_ finding: Finding, _ node: CommitGraph.Node) -> Bool {
    if let since = options.since, node.date < since { return false }
    guard !options.paths.isEmpty else { return true }
    let places = [finding.place] + (finding.before + finding.after).map(\.place)
    return places.compactMap { $0?.path }.contains { path in
      options.paths.contains {
        path == $0 || path.hasPrefix($0 + "/") || PathPattern($0).matches(path)
      }
    }
  }

  /// The past up to a commit, from it and its ancestors; empty for nil, before a first commit.
  private mutating func past(upTo commit: ObjectID?) -> Past {
    // Of a range, older commits are looked at as a check does it.
    if isRange, let commit {
      return PastWalk(limit: loader.configuration.lookBack).past(of: [commit], with: &loader)
    }
    return past(upTo: commit.flatMap { graph.position(of: $0) })
  }

  /// The same of the commits that are scanned.
  mutating func past(upTo position: Int?) -> Past {
    let recorder = position.map { recordedPast(upTo: $0) } ?? PastRecorder()
    let isCut =
      repository.isShallow
      && !graph.ancestors(of: [position].compactMap { $0 }) { graph.nodes[$0].isBoundary }.isEmpty
    return recorder.finish(
      isComplete: !isCut,
      limitation: isCut ? PastWalk.shallow : nil)
  }

  /// Goes on from what is known of an ancestor, where no merge is between: in a long history many
  /// commits ask.
  private mutating func recordedPast(upTo position: Int) -> PastRecorder {
    var newer: [Int] = []
    var ancestor = position
    while pasts[ancestor] == nil {
      let parents = graph.parents(of: ancestor)
      guard parents.count == 1, graph.nodes[ancestor].parents.count == 1 else { break }
      newer.append(ancestor)
      ancestor = parents[0]
    }
    guard var recorder = pasts.removeValue(forKey: ancestor) else {
      let recorder = wholePast(upTo: [position])
      keep(recorder, upTo: position)
      return recorder
    }
    for commit in newer.reversed() {
      guard let trace = traces[commit] else { continue }
      recorder.recordNewer(trace, of: graph.nodes[commit].id.hex, age: commit)
    }
    keep(recorder, upTo: position)
    return recorder
  }

  private mutating func keep(_ recorder: PastRecorder, upTo position: Int) {
    // As many as branches may be worked on at a time.
    if pasts.count == 16 { pasts.removeAll() }
    pasts[position] = recorder
  }

  private func wholePast(upTo positions: [Int]) -> PastRecorder {
    var recorder = PastRecorder()
    for ancestor in graph.ancestors(of: positions, where: { traces[$0] != nil }) {
      guard let trace = traces[ancestor] else { continue }
      recorder.record(trace, of: graph.nodes[ancestor].id.hex, age: ancestor)
    }
    return recorder
  }
}

extension Moment {
  init(_ commit: Commit, parent: ObjectID?) {
    let author = commit.author
    self.init(
      commit: commit.id.hex, parent: parent?.hex, author: author.name, date: author.date,
      offset: author.offset, summary: commit.summary)
  }
}
