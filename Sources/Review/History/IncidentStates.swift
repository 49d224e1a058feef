import Detection
import Git
import Solution

/// Follows an incident through the commits after it.
struct IncidentStates: ~Copyable {
  let graph: CommitGraph
  private let traces: [Int: CommitTrace]
  /// By position.
  private let mayChangeRows: [Bool]
  /// The positions of the parents of each commit. Every incident walks all commits after it.
  private let parents: [[Int]]
  /// By position: whether a commit may have done anything to any incident.
  private let mayConcern: [Bool]
  private let branches: [HistoryStarts.Branch]
  /// The references whose rows a commit changed; found out once, when an incident needs it.
  private var changedRows: [Int: Set<LogicalName>] = [:]
  /// The last snapshots that were read: branches and incidents often need the same one.
  private var readers: [Question: RemainsReader] = [:]

  private struct Question: Hashable {
    let position: Int
    /// See `RevisionTree.builds`.
    let builds: Set<String>
  }

  /// What incidents removed, and where other files of some commits bind it; by position.
  private let names: Set<LogicalName>
  private var elsewhere: [Int: [LogicalName: [Place]]] = [:]
  private let memory = NamedElsewhere.Memory()

  init(
    graph: CommitGraph, traces: [Int: CommitTrace], mayChangeRows: [Bool],
    branches: [HistoryStarts.Branch], names: Set<LogicalName>
  ) {
    self.names = names
    self.graph = graph
    self.traces = traces
    self.mayChangeRows = mayChangeRows
    self.branches = branches
    parents = graph.nodes.indices.map(graph.parents)
    mayConcern = graph.nodes.indices.map { mayChangeRows[$0] || traces[$0] != nil }
  }

  struct State {
    var wasCompleteAtOnce = false
    /// The position of the first commit that left nothing of it; of the one that took it back, where
    /// that is what became of it.
    var settled: Int?
    /// The outcome at the tips of branches where nothing of it is left, else in the commit that
    /// settled it; nil where no branch has it.
    var outcome: Outcome?
    /// The position and the finding of the commit in which the event became a part of another one.
    var supersededBy: Successor?
    var open: [Incident.OpenBranch] = []
  }

  /// A later finding that reports the same event whole.
  struct Successor {
    let position: Int
    let id: String
  }

  private enum CommitState: UInt8 {
    case unrelated, open
    /// Nothing of the old name is left in files: the new one is to be bound.
    case completed
    /// Neither name is left. Where one is restored, the event is checked again.
    case lost
    /// Nothing is left to do.
    case over

    var isOver: Bool { self == .over || self == .lost }
  }

  /// - Parameters:
  ///   - events: of one incident, oldest first.
  ///   - harmless: where the same event broke nothing by itself.
  ///   - successors: later findings of the same event, which say what is left of it from then on.
  ///   - repetitions: the positions of later events of the same id, each an incident of its own.
  mutating func state(
    of events: [HistoryEvent], besides harmless: [HistoryEvent], before successors: [Successor],
    and repetitions: Set<Int> = [], with loader: inout SnapshotLoader
  ) -> State {
    guard let first = events.first else { return State() }
    let finding = first.finding
    let names = Set((finding.before + finding.after).map(\.name))
    let consumers = Set(finding.consumers.map(\.id))
    var state = State()
    var commitStates = [CommitState](repeating: .unrelated, count: first.position + 1)
    let starts = Set((events + harmless).map(\.position))
    // Rising: the walk takes them from the end.
    var nextStarts = starts.filter { $0 <= first.position }.sorted()
    var takenBack: Int?
    let endings = Dictionary(successors.map { ($0.position, $0) }) { first, _ in first }
    var superseded: Set<Int> = []
    var repeated: Set<Int> = []
    for position in (0...first.position).reversed() {
      let isStart = nextStarts.last == position
      if isStart { nextStarts.removeLast() }
      let allParents = parents[position]
      // Nearly every commit is of this kind.
      if !isStart, !mayConcern[position], allParents.count == 1, endings.isEmpty,
        repetitions.isEmpty
      {
        if allParents[0] <= first.position { commitStates[position] = commitStates[allParents[0]] }
        continue
      }
      let parents = allParents.filter { $0 <= first.position }
      let above = parents.map { commitStates[$0] }
      guard isStart || above.contains(where: { $0 != .unrelated }) else { continue }
      if !isStart, repetitions.contains(position) || parents.contains(where: repeated.contains) {
        repeated.insert(position)
        commitStates[position] = .over
        continue
      }
      // What was fixed stays fixed: where it breaks again, that is another event. A new name that is the only
      // one later still has to be bound.
      if !isStart, finding.after.isEmpty,
        above.allSatisfy({ $0 == .over || $0 == .unrelated }),
        !parents.contains(where: superseded.contains)
      {
        commitStates[position] = .over
        continue
      }
      if !isStart, endings[position] != nil || parents.contains(where: superseded.contains) {
        superseded.insert(position)
        commitStates[position] = .over
        if state.supersededBy == nil { state.supersededBy = endings[position] }
        continue
      }
      if !isStart,
        let inherited = inherited(
          position, parents, above, names, consumers, with: &loader)
      {
        commitStates[position] = inherited
        continue
      }
      // What cannot be read is as it was.
      if !isStart, isHidden(finding, at: position, with: &loader) {
        commitStates[position] =
          above.contains(.open) ? .open : above.first { $0 != .unrelated } ?? .open
        continue
      }
      // Uses of the old name that are restored later are looked for at the tips.
      if !isStart, !above.contains(.open) {
        commitStates[position] = end(
          of: finding, at: position, after: Set(above), with: &loader)
        if commitStates[position] == .open {
          state.settled = nil
        } else if commitStates[position] == .completed, above.contains(.lost), state.settled != nil
        {
          state.settled = position
        }
        if above.contains(.completed) {
          takenBack = commitStates[position].isOver ? position : takenBack
        } else if commitStates[position] == .completed {
          takenBack = nil
        }
        continue
      }
      guard let isOpen = isOpen(finding, at: position, with: &loader) else {
        commitStates[position] = above.first { $0 != .unrelated } ?? .open
        continue
      }
      // A release that is an older one beside another is judged in the commit that touches it alone.
      let isLeft = isOpen || isStart && finding.leavesConsumers
      commitStates[position] =
        isLeft ? .open : end(of: finding, at: position, with: &loader)
      if isStart, position == first.position { state.wasCompleteAtOnce = !isLeft }
      if !isOpen, !isStart, state.settled == nil, above.contains(.open) {
        state.settled = position
      }
    }
    // The event happened again after it had been settled; not where another branch brought it whole.
    if let settled = state.settled,
      starts.contains(where: { $0 < settled && commitStates[$0] == .open })
    {
      state.settled = nil
    }
    for branch in branches {
      // Where it was completed, rows and consumers may use the old name again.
      guard let position = graph.position(of: branch.tip), position <= first.position,
        [.open, .completed].contains(commitStates[position]),
        let readable = readable(finding, upTo: position, commitStates, with: &loader),
        let remains = remains(of: finding, at: readable, with: &loader)
      else { continue }
      let bound = boundElsewhere(finding, at: readable, with: &loader)
      if !remains.isEmpty || !bound.isEmpty {
        state.open.append(
          Incident.OpenBranch(branch: branch.name, remains: remains, boundElsewhere: bound))
      } else if commitStates[position] == .open {
        // A file followed that no commit is known to have changed.
        let settled = firstSettled(finding, before: readable, commitStates, with: &loader)
        commitStates[position] = end(of: finding, at: readable, with: &loader)
        if !starts.contains(settled) { state.settled = state.settled ?? settled }
      }
    }
    let tips = branches.compactMap { graph.position(of: $0.tip) }
    if let successor = state.supersededBy, state.open.isEmpty,
      tips.isEmpty || tips.contains(where: superseded.contains)
    {
      state.settled = successor.position
      state.outcome = .superseded
      // The later event was reverted too, and what it reported with it.
      if let restored = restoration(of: finding, among: superseded, with: &loader) {
        state.supersededBy = nil
        state.settled = restored
        state.outcome = .reverted
      }
    } else {
      state.supersededBy = nil
      conclude(&state, finding, takenBack, commitStates, with: &loader)
    }
    return state
  }

  private mutating func isHidden(
    _ finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> Bool {
    reader(of: finding, at: position, with: &loader)?.hides(finding) ?? false
  }

  /// The repair that the branches allow where the event is open: one that would refuse is none.
  mutating func repair(
    of finding: Finding, in state: State, with loader: inout SnapshotLoader
  ) -> RepairOffer? {
    guard let repair = finding.repair, !state.open.isEmpty else { return finding.repair }
    let names = Set(state.open.map(\.branch))
    let refuses = branches.filter { names.contains($0.name) }.allSatisfy { branch in
      guard let position = graph.position(of: branch.tip) else { return false }
      return reader(of: finding, at: position, with: &loader)?.hasAnotherForm(since: finding)
        ?? false
    }
    return refuses ? nil : repair
  }

  /// The position of the newest commit up to a tip that shows what is left of an event; nil where none does.
  private mutating func readable(
    _ finding: Finding, upTo tip: Int, _ states: [CommitState], with loader: inout SnapshotLoader
  ) -> Int? {
    var position = tip
    while isHidden(finding, at: position, with: &loader) {
      guard let parent = parents[position].first, parent < states.count,
        states[parent] != .unrelated
      else { return nil }
      position = parent
    }
    return position
  }

  mutating func isOpen(
    _ finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> Bool? {
    guard let remains = remains(of: finding, at: position, with: &loader) else { return nil }
    return !remains.isEmpty || !boundElsewhere(finding, at: position, with: &loader).isEmpty
  }

  /// The places of files that nothing parses which bind what a finding removed.
  private mutating func boundElsewhere(
    _ finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> [AffectedRow] {
    guard NamedElsewhere.mayBeOpen(finding) else { return [] }
    if elsewhere[position] == nil {
      elsewhere[position] =
        NamedElsewhere(
          repository: loader.repository, revision: .tree(graph.nodes[position].tree), memory: memory
        ).places(of: names)?.bindings ?? [:]
    }
    guard let places = elsewhere[position], !places.isEmpty else { return [] }
    return reader(of: finding, at: position, with: &loader)?.rows(of: finding, boundAt: places)
      ?? []
  }

  /// The position of the first commit up to a tip that leaves nothing of an event, among those that were
  /// taken to be as the ones before them.
  private mutating func firstSettled(
    _ finding: Finding, before tip: Int, _ states: [CommitState], with loader: inout SnapshotLoader
  ) -> Int {
    var line = [tip]
    while let parent = parents[line[line.count - 1]].first, parent < states.count,
      states[parent] == .open
    {
      line.append(parent)
    }
    // The last one that is settled, of a line that leads back to the event.
    var (settled, open) = (0, line.count)
    while open - settled > 1 {
      let middle = (settled + open) / 2
      let isOpen = isOpen(finding, at: line[middle], with: &loader) ?? true
      (settled, open) = isOpen ? (settled, middle) : (middle, open)
    }
    return line[settled]
  }

  /// The position of the commit that restored the old name after the event had become a part of another
  /// one; nil where a branch that has that one ends without the old name.
  private mutating func restoration(
    of finding: Finding, among superseded: Set<Int>, with loader: inout SnapshotLoader
  ) -> Int? {
    let tips = branches.compactMap { graph.position(of: $0.tip) }.filter(superseded.contains)
    for tip in tips where outcome(of: finding, at: tip, with: &loader) != .reverted { return nil }
    let names = Set(finding.before.map(\.name))
    var restored: Int?
    for position in superseded.sorted(by: >) {
      let isTouched = traces[position].map { !$0.touched.isDisjoint(with: names) } ?? false
      guard isTouched || tips.contains(position) else { continue }
      let isBack = outcome(of: finding, at: position, with: &loader) == .reverted
      restored = isBack ? restored ?? position : nil
    }
    return restored
  }

  /// Sets what became of an event by the tips of branches, and the commit that brought it.
  private mutating func conclude(
    _ state: inout State, _ finding: Finding, _ takenBack: Int?, _ commitStates: [CommitState],
    with loader: inout SnapshotLoader
  ) {
    let tips = branches.compactMap { graph.position(of: $0.tip) }
      .filter { $0 < commitStates.count }
    if tips.contains(where: { commitStates[$0] == .completed }) {
      state.outcome = .completed
      // On another branch it was taken back.
      if let settled = state.settled, commitStates[settled].isOver { state.settled = nil }
    } else if let tip = tips.first(where: { commitStates[$0].isOver }) {
      if let takenBack, state.settled.map({ commitStates[$0] == .completed }) ?? true {
        state.settled = takenBack
      }
      state.outcome = outcome(of: finding, at: state.settled ?? tip, with: &loader)
    } else if let settled = state.settled {
      state.outcome = outcome(of: finding, at: settled, with: &loader)
    }
  }

  /// The state of a commit that has nothing left of an event, or that follows one.
  private mutating func end(
    of finding: Finding, at position: Int, after above: Set<CommitState> = [],
    with loader: inout SnapshotLoader
  ) -> CommitState {
    switch outcome(of: finding, at: position, with: &loader) {
    case .completed: .completed
    // A fixed event stays fixed: where it breaks again, that is another event.
    case .open: above.contains(.completed) ? .completed : above.contains(.lost) ? .open : .over
    case .superseded: .lost
    case .reverted, .accepted, nil: .over
    }
  }

  /// The state of a commit without reading it: that of its parents, where it changed nothing that
  /// matters.
  private mutating func inherited(
    _ position: Int, _ parents: [Int], _ above: [CommitState], _ names: Set<LogicalName>,
    _ consumers: Set<String>, with loader: inout SnapshotLoader
  ) -> CommitState? {
    let trace = traces[position]
    let touchesNames = trace.map { !$0.touched.isDisjoint(with: names) } ?? false
    if !above.contains(.open) {
      let known = Set(above).subtracting([.unrelated])
      return touchesNames || known.count > 1 ? nil : known.first
    }
    // A merge of sides in the same state, or one that took over one side unchanged.
    let touches =
      touchesNames || trace.map { !$0.touchedConsumers.isDisjoint(with: consumers) } ?? false
    guard !touches, let commitState = above.first, above.allSatisfy({ $0 == commitState }) else {
      return nil
    }
    return changedRows(position, parents, with: &loader).isDisjoint(with: names) ? commitState : nil
  }

  /// Rows may have followed in a commit that changed nothing else.
  private mutating func changedRows(
    _ position: Int, _ parents: [Int], with loader: inout SnapshotLoader
  ) -> Set<LogicalName> {
    guard mayChangeRows[position] else { return [] }
    if let known = changedRows[position] { return known }
    var changed: Set<LogicalName> = []
    let settings = settings(at: position, with: &loader)
    for parent in parents {
      let before = self.settings(at: parent, with: &loader)
      guard before != settings else { continue }
      let files = Set(before).symmetricDifference(settings)
      changed.formUnion(files.flatMap { $0.rows.flatMap { [$0.reference] + $0.namesInToken } })
    }
    changedRows[position] = changed
    return changed
  }

  /// A read error was reported when the commit was scanned.
  private func settings(at position: Int, with loader: inout SnapshotLoader) -> [SettingsFile] {
    guard let tree = try? loader.tree(graph.nodes[position].tree) else { return [] }
    return loader.settings(of: tree).0
  }

  private mutating func remains(
    of finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> Remains? {
    reader(of: finding, at: position, with: &loader).map { RuleBook.remains(of: finding, in: $0) }
  }

  mutating func outcome(
    of finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> Outcome? {
    reader(of: finding, at: position, with: &loader).map { RuleBook.outcome(of: finding, in: $0) }
  }

  private mutating func reader(
    of finding: Finding, at position: Int, with loader: inout SnapshotLoader
  ) -> RemainsReader? {
    let question = Question(position: position, builds: finding.builds)
    if let reader = readers[question] { return reader }
    // A read error was reported when the commit was scanned.
    guard let tree = try? loader.tree(graph.nodes[position].tree) else { return nil }
    let reader = loader.remainsReader(of: tree.reading(builds: question.builds))
    if readers.count > 64 { readers.removeAll() }
    readers[question] = reader
    return reader
  }
}

extension Finding {
  /// True where it lists consumers that were left behind or broken: it cannot be complete in its own commit.
  fileprivate var leavesConsumers: Bool {
    severity > .note && !evidence.contains(.otherGUID)
      && [.referenceRecreated, .referenceReplaced, .referenceRemoved].contains(rule)
      && consumers.contains { $0.state == .leftBehind || $0.state == .broken }
  }
}
