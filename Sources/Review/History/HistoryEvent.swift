import Detection
import Git

/// A finding in one commit.
struct HistoryEvent {
  /// In the commit graph.
  let position: Int
  /// The parent against which it was found; nil for a root commit.
  let parent: ObjectID?
  var finding: Finding
  /// How a check against another parent of a merge reports it, by another rule.
  var otherViews: [Finding] = []
}

/// The findings of one commit against each of its parents.
struct MergeFindings {
  private let reported: [(parent: ObjectID?, findings: [Finding])]

  init(_ reported: [(parent: ObjectID?, findings: [Finding])]) {
    self.reported = reported
  }

  /// The findings against every parent: the others belong to the commits that the merge joins.
  /// Compared by their subjects; where different rules report it against each parent, the merge
  /// took the declaration from one side and the consumer from the other, and the lost link
  /// describes that best.
  var ofTheMergeAlone: [View] {
    guard let first = reported.first else { return [] }
    guard reported.count > 1 else {
      return first.findings.map { View(parent: first.parent, finding: $0) }
    }
    let common = reported.indices.flatMap { index in
      reported[index].findings.filter { finding in
        reported.indices.allSatisfy { other in
          other == index || reported[other].findings.contains { finding.isView(ofSame: $0) }
        }
      }.map { View(parent: reported[index].parent, finding: $0) }
    }
    let lostLinks = common.map(\.finding).filter { $0.rule == .linkLost }
    var kept: [View] = []
    var seen: Set<String> = []
    var subjects: Set<String> = []
    for view in common {
      // Against one parent a consumer may have lost more than against the other.
      if lostLinks.contains(where: { $0.isPart(of: view.finding) }) { continue }
      if view.finding.rule != .linkLost {
        guard !lostLinks.contains(where: { !$0.subjects.isDisjoint(with: view.finding.subjects) }),
          subjects.isDisjoint(with: view.finding.subjects)
        else { continue }
        subjects.formUnion(view.finding.subjects)
      }
      if seen.insert(view.finding.id).inserted { kept.append(view) }
    }
    for index in kept.indices {
      let finding = kept[index].finding
      kept[index].others = common.map(\.finding).filter {
        $0.rule != finding.rule && $0.isView(ofSame: finding)
      }
    }
    return kept
  }

  /// A finding against one parent.
  struct View {
    let parent: ObjectID?
    let finding: Finding
    /// What is reported of the same fact by other rules, against other parents.
    var others: [Finding] = []
  }
}

extension Finding {
  /// True where both report what the same consumer lost, and the other one more of it.
  fileprivate func isPart(of other: Finding) -> Bool {
    rule == other.rule && solution == other.solution
      && consumers.map(\.id) == other.consumers.map(\.id)
      && Set(before.map(\.name)).isStrictSubset(of: other.before.map(\.name)) && !before.isEmpty
  }

  /// True when both report one fact, each against another parent: the same reference and, where
  /// both name consumers, a common one.
  fileprivate func isView(ofSame other: Finding) -> Bool {
    guard !subjects.isDisjoint(with: other.subjects) else { return false }
    guard rule == .linkLost || other.rule == .linkLost else { return true }
    let left = Set(consumers.map(\.id))
    let right = Set(other.consumers.map(\.id))
    return left.isEmpty || right.isEmpty || !left.isDisjoint(with: right)
  }
}
