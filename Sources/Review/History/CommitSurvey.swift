import Detection
import Git
import Solution

/// The change of one commit, as far as it is known without its ancestors.
struct CommitSurvey: Sendable {
  /// The change from one parent.
  struct Side: Sendable {
    /// Nil for a root commit.
    let parent: ObjectID?
    let outcome: Outcome
  }

  enum Outcome: Sendable {
    case reported([Finding])
    /// References were added or removed, and the ancestors can change the findings.
    case open(Comparison)
  }

  private(set) var problems: [Problem] = []
  /// What it left where it was, without saying any more what it is: against every parent.
  private(set) var lost: [Problem] = []
  /// Nil where it did nothing to a solution.
  private(set) var trace: CommitTrace?
  private(set) var sides: [Side] = []
  /// True where a file that may bind references is another than in a parent, or may be.
  private(set) var touchesSettings = true
  /// Files that could not be read in a parent, and were compared with how they could be read last.
  private(set) var corrected: Set<String> = []

  /// Nil for a commit that did nothing of its own.
  ///
  /// - Parameter includesNotes: whether notes count.
  init?(
    _ node: CommitGraph.Node, in section: CommitGraph.Section, includesNotes: Bool,
    with loader: inout SnapshotLoader
  ) {
    do throws(GitError) {
      let tree = try loader.tree(node.tree)
      var parents: [(id: ObjectID?, tree: RevisionTree)] = []
      for parent in node.parents {
        let known = section.parentTrees[parent]
        parents.append(
          (parent, known == nil ? try loader.tree(of: parent) : try loader.tree(known ?? node.tree))
        )
      }
      // A parent that a shallow clone lacks cannot be compared with.
      if parents.isEmpty {
        guard !node.isBoundary else { return nil }
        parents.append((nil, loader.emptyTree()))
      }
      // A merge that took one side as it was did nothing of its own.
      guard !parents.contains(where: { $0.tree.root === tree.root }) else { return nil }
      compare(tree, with: parents, includesNotes: includesNotes, loader: &loader)
    } catch {
      problems = [Problem(path: "", message: error.description)]
    }
  }

  private mutating func compare(
    _ tree: RevisionTree, with parents: [(id: ObjectID?, tree: RevisionTree)],
    includesNotes: Bool, loader: inout SnapshotLoader
  ) {
    var traces: [CommitTrace] = []
    var losses: [[Problem]] = []
    touchesSettings = false
    for (id, original) in parents {
      var difference = TreeDifference(before: original.root, after: tree.root)
      var changesSettings = false
      if difference.touchesSettings {
        touchesSettings = true
        changesSettings = compareSettings(
          of: tree, with: original, differing: difference, loader: &loader)
      }
      var parent = original
      if let side = loader.readable(
        original, of: id, correctedIn: tree, limit: loader.configuration.lookBack)
      {
        parent = side.tree
        corrected.formUnion(side.remarks.map(\.path))
        difference = TreeDifference(before: parent.root, after: tree.root)
      }
      var tree = tree
      var sides = (before: loader.outline(of: parent), after: loader.outline(of: tree))
      let builds = loader.builds(changedBy: difference, in: tree, sides.after.0)
      if !builds.isEmpty {
        (parent, tree) = (parent.reading(builds: builds), tree.reading(builds: builds))
        sides = (before: loader.outline(of: parent), after: loader.outline(of: tree))
      }
      func compared() -> Comparison {
        Comparison(
          before: sides.before.0, after: sides.after.0,
          conventions: loader.configuration.conventions, isAhead: false)
      }
      var comparison = compared()
      if comparison.needsManifests(includesNotes: includesNotes) {
        sides = (loader.snapshot(of: parent), loader.snapshot(of: tree))
        comparison = compared()
      }
      if !sides.after.1.isEmpty {
        let old = Set(sides.before.1)
        problems += sides.after.1.filter { $0.hidesContent && !old.contains($0) }
        // A zip that cannot be read may be any; one that held a solution is missing it.
        problems += ProblemJudge(difference: difference).judged(
          before: sides.before.1, after: sides.after.1, known: [sides.before.0, sides.after.0]
        ).filter { $0.matters && $0.problem.mayHideContent }.map(\.problem)
      }
      var (before, after) = (sides.before.0, sides.after.0)
      if changesSettings {
        (before.settings, after.settings) = (
          loader.settings(of: parent).0, loader.settings(of: tree).0
        )
      }
      let content = LostContent(
        before: before, after: after, difference: difference, tree: tree)
      losses.append(
        content.problems(besides: sides.after.1) + comparison.lostDeclarations(besides: content))
      corrected.formUnion(comparison.instances.compactMap(\.restoredDeclarations))
      corrected.formUnion(content.restored(from: parent, known: sides.before.1))
      traces.append(CommitTrace(comparison))
      self.sides.append(
        Side(
          parent: id,
          outcome: comparison.needsPast
            ? .open(comparison)
            : .reported(
              RuleBook.findings(
                in: changesSettings
                  ? comparison.with(
                    settings: loader.settings(of: tree).0, before: loader.settings(of: parent).0)
                  : comparison))))
    }
    let trace = traces.count == 1 ? traces[0] : CommitTrace(merging: traces)
    if !trace.isEmpty { self.trace = trace }
    // What one side of a merge lost is that side's.
    lost = (losses.first ?? []).filter { problem in
      losses.allSatisfy { $0.contains { $0.path == problem.path } }
    }
  }

  /// Finds the settings files that a commit made unreadable, changed without making them readable, or
  /// made readable again. Answers false where no settings file changed.
  private mutating func compareSettings(
    of tree: RevisionTree, with parent: RevisionTree, differing difference: TreeDifference,
    loader: inout SnapshotLoader
  ) -> Bool {
    guard
      loader.holdsSettings(difference.candidatesAfter, of: tree)
        || loader.holdsSettings(difference.candidatesBefore, of: parent)
    else { return false }
    let (before, after) = (loader.settings(of: parent).0, loader.settings(of: tree).0)
    let new = loader.settings(of: tree, besides: before).1
    let old = loader.settings(of: parent, besides: after).1
    problems += new.filter { $0.hidesContent && difference.paths.contains($0.path) }
    corrected.formUnion(difference.corrected(old, new, in: loader.repository))
    return true
  }
}

/// The surveys of commits that follow each other.
struct SurveyBatch: Sendable {
  /// By position in the graph.
  private(set) var surveys: [Int: CommitSurvey] = [:]
  /// The listings of commits that changed a solution: the others are rarely needed again,
  /// and batches wait.
  private(set) var roots: [ObjectID: SnapshotLoader.Listing] = [:]

  /// How many commits a batch has: enough to outweigh handing it over.
  static let size = 32

  /// The batches of a graph of `count` commits, the newest first.
  static func ranges(count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// Surveys the oldest commit first, and no further one once `isStopped` answers true.
  init(
    _ section: CommitGraph.Section, includesNotes: Bool, with loader: inout SnapshotLoader,
    isStopped: () -> Bool = { false }
  ) {
    for (position, node) in zip(section.positions, section.nodes).reversed() where !isStopped() {
      surveys[position] = CommitSurvey(
        node, in: section, includesNotes: includesNotes, with: &loader)
      guard surveys[position]?.trace != nil else { continue }
      // Later users of an unreadable tree get its error.
      guard let tree = try? loader.tree(node.tree), tree.root != nil || !tree.problems.isEmpty
      else { continue }
      roots[node.tree] = SnapshotLoader.Listing(folder: tree.root, problems: tree.problems)
    }
  }
}
