import Detection
import Git
import Solution

/// The joined results of a scan: incidents, lineages, and the life of one reference.
extension HistoryScan {
  mutating func tipSnapshots(_ starts: HistoryStarts) -> [Snapshot] {
    var snapshots: [Snapshot] = []
    for tip in starts.tips {
      guard let position = graph.position(of: tip) else { continue }
      // An unreadable tip was reported when it was scanned.
      guard let tree = try? loader.tree(graph.nodes[position].tree) else { continue }
      snapshots.append(loader.outline(of: tree).0)
    }
    return snapshots
  }

  /// The problems, each with the commit that corrected it: on every branch that has it, one did. Content that
  /// no branch lacks any more without such a commit was removed whole.
  mutating func weighed(
    _ problems: Set<HistoryProblem>, at starts: HistoryStarts
  ) -> [HistoryProblem] {
    let tips = starts.tips.compactMap { graph.position(of: $0) }
    var weighed: [HistoryProblem] = []
    for problem in problems {
      let path = problem.problem.path
      guard problem.isLoss || corrections[path] != nil,
        let commit = problem.commit.flatMap(ObjectID.init(hex:)),
        let position = graph.position(of: commit)
      else {
        weighed.append(problem)
        continue
      }
      var problem = problem
      let later = (corrections[path] ?? []).filter { isAncestor(position, of: $0) }
      let concerned = tips.filter { isAncestor(position, of: $0) }
      if let first = later.first,
        concerned.allSatisfy({ tip in later.contains { isAncestor($0, of: tip) } })
      {
        problem.correctedIn = graph.nodes[first].id.hex
      } else if problem.isLoss, !concerned.contains(where: { lacks(problem, position, at: $0) }) {
        continue
      }
      weighed.append(problem)
    }
    return weighed
  }

  /// True where a tip still lacks what a commit lost.
  private mutating func lacks(
    _ problem: HistoryProblem, _ position: Int, at tip: Int
  ) -> Bool {
    // What cannot be read may lack anything.
    guard let parent = graph.nodes[position].parents.first,
      let former = try? loader.tree(of: parent), let tree = try? loader.tree(graph.nodes[tip].tree)
    else { return true }
    var (before, after) = (loader.outline(of: former), loader.outline(of: tree))
    (before.0.settings, after.0.settings) = (
      loader.settings(of: former).0, loader.settings(of: tree).0
    )
    let content = LostContent(
      before: before.0, after: after.0,
      difference: TreeDifference(before: former.root, after: tree.root), tree: tree)
    let path = problem.problem.path
    return content.problems(besides: after.1).contains { $0.path == path }
      || Comparison(
        before: before.0, after: after.0, conventions: loader.configuration.conventions,
        isAhead: false
      ).lostDeclarations(besides: content).contains { $0.path == path }
  }

  private func isAncestor(_ position: Int, of other: Int) -> Bool {
    !graph.ancestors(of: [other]) { $0 == position }.isEmpty
  }

  mutating func incidents(with states: inout IncidentStates) throws -> [Incident] {
    var groups: [Incident.Key: [HistoryEvent]] = [:]
    for event in events { groups[Incident.Key(event.finding), default: []].append(event) }
    var incidents: [(position: Int, incident: Incident)] = []
    for group in groups.values {
      let separate = states.separated(group, with: &loader)
      for (index, sorted) in separate.enumerated() {
        let isBreaking = sorted.contains { $0.finding.severity > .note }
        let events = sorted.filter { !isBreaking || $0.finding.severity > .note }
        guard var first = events.first else { continue }
        // Where the same event broke nothing, it is only a place of the incident.
        let harmless = sorted.filter { isBreaking && $0.finding.severity == .note }
        let state = states.state(
          of: events, besides: harmless, before: successors(of: first.finding),
          and: Set(separate[(index + 1)...].joined().map(\.position)), with: &loader)
        first.finding.repair = states.repair(of: first.finding, in: state, with: &loader)
        incidents.append(
          (
            first.position,
            try incident(of: [first] + events.dropFirst(), besides: harmless, state)
          ))
      }
    }
    return incidents.sorted {
      $0.position == $1.position
        ? Finding.precedes($0.incident.finding, $1.incident.finding) : $0.position < $1.position
    }.map(\.incident)
  }

  /// The findings that a removed reference was re-created or replaced in a later commit: each is the
  /// same event, and says when the reference was removed.
  private func successors(of finding: Finding) -> [IncidentStates.Successor] {
    guard finding.rule == .referenceRemoved else { return [] }
    let names = Set(finding.before.map(\.name))
    return events.compactMap { event in
      let later = event.finding
      guard later.deletedIn != nil,
        [.referenceRecreated, .referenceReplaced].contains(later.rule),
        !names.isDisjoint(with: later.before.map(\.name))
      else { return nil }
      return IncidentStates.Successor(position: event.position, id: later.id)
    }
  }

  /// - Parameters:
  ///   - events: of one event, oldest first; there is at least one.
  ///   - harmless: where the same event broke nothing.
  func incident(
    of events: [HistoryEvent], besides harmless: [HistoryEvent] = [], _ state: IncidentStates.State
  ) throws(GitError) -> Incident {
    guard let first = events.first else { preconditionFailure("an incident is in a commit") }
    var places: [Moment] = []
    for event in (events.dropFirst() + harmless).sorted(by: { $0.position > $1.position }) {
      places.append(try moment(event.position, event.parent))
    }
    return Incident(
      finding: first.finding, moment: try moment(first.position, first.parent), places: places,
      deletedIn: try moment(ofCommit: first.finding.deletedIn),
      repointedIn: try moment(ofCommit: first.finding.repointedIn),
      settledIn: try state.settled.map { position throws(GitError) in try moment(position, nil) },
      openAt: state.open, wasCompleteAtOnce: state.wasCompleteAtOnce,
      approval: ([first.finding] + first.otherViews).lazy.compactMap { [options] in
        options.policy.approvals.approval(of: $0, on: options.today)
      }.first,
      outcome: state.outcome, supersededBy: state.supersededBy?.id)
  }

  func lineages(of incidents: [Incident], tips: [Snapshot]) -> [Lineage] {
    var builder = LineageBuilder()
    for position in traces.keys.sorted(by: >) {
      guard let trace = traces[position], let moment = try? moment(position, nil) else { continue }
      builder.add(trace, at: moment)
    }
    return builder.lineages(of: incidents, tips: tips)
  }

  func moment(_ position: Int, _ parent: ObjectID?) throws(GitError) -> Moment {
    let node = graph.nodes[position]
    return Moment(try repository.commit(node.id), parent: parent ?? node.parents.first)
  }

  func moment(ofCommit hex: String?) throws(GitError) -> Moment? {
    guard let hex, let id = ObjectID(hex: hex) else { return nil }
    let commit = try repository.commit(id)
    return Moment(commit, parent: commit.parents.first)
  }

  /// The events of a reference and its successors, oldest first.
  mutating func life(of name: String, in history: History) throws -> [LifeEvent] {
    let reference = LogicalName(name)
    let lineage = history.lineages.first { $0.identities.contains { $0.name == reference } }
    let names = Set(lineage?.identities.map(\.name) ?? [reference])
    var events: [LifeEvent] = []
    for position in graph.nodes.indices.reversed() {
      guard let trace = traces[position], !trace.touched.isDisjoint(with: names) else { continue }
      let node = graph.nodes[position]
      guard node.parents.count < 2 else { continue }
      let tree = try loader.tree(node.tree)
      let parent =
        try node.parents.first.map { id throws(GitError) in try loader.tree(of: id) }
        ?? loader.emptyTree()
      let comparison = Comparison(
        before: loader.snapshot(of: parent).0, after: loader.snapshot(of: tree).0,
        past: past(upTo: graph.parents(of: position).first))
      events += comparison.lifeEvents(of: names, at: try moment(position, nil))
    }
    return events
  }
}
