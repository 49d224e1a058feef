import Detection
import Git

/// A finding in one commit.
struct HistoryEvent {
  /// In the commit graph.
  let position: Int
  /// The parent against which it was found; nil for a root commit.
  let parent: ObjectID?
  let finding: Finding
}

/// The findings of one commit against each of its parents.
struct MergeFindings {
  private let told: [(parent: ObjectID?, findings: [Finding])]

  init(_ told: [(parent: ObjectID?, findings: [Finding])]) {
    self.told = told
  }

  /// What differs from every parent: the rest belongs to the commits that the merge joins. Compared
  /// by what a finding concerns; where the parents see it by different rules, the merge took the
  /// declaration from one side and the consumer from the other, and the lost link says so best.
  var ofTheMergeAlone: [(parent: ObjectID?, finding: Finding)] {
    guard let first = told.first else { return [] }
    guard told.count > 1 else { return first.findings.map { (first.parent, $0) } }
    var kept: [(parent: ObjectID?, finding: Finding)] = []
    var seen: Set<String> = []
    for finding in first.findings {
      var views: [(parent: ObjectID?, finding: Finding)] = [(first.parent, finding)]
      for (parent, findings) in told.dropFirst() {
        guard
          let same = findings.first(where: { !$0.subjects.isDisjoint(with: finding.subjects) })
        else { break }
        views.append((parent, same))
      }
      guard views.count == told.count else { continue }
      let rules = Set(views.map(\.finding.rule))
      let view =
        rules.count == 1
        ? views.first
        : views.first { $0.finding.rule == .linkLost } ?? views.first
      if let view, seen.insert(view.finding.id).inserted { kept.append(view) }
    }
    return kept
  }
}
