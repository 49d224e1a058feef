import Detection
import Git
import Solution

/// What a branch breaks only once it is merged: a flow that it adds on a reference that the main branch
/// re-created since. Compares the tip of the main branch with the merge of both.
struct MergePreview {
  /// Where the branch left the main one.
  let base: ObjectID
  let main: ObjectID
  /// As people write it.
  let mainName: String
  let tip: ObjectID
  let lookBack: Int

  /// The findings worth more than a note that neither branch has by itself.
  ///
  /// Where a person has to merge a file, only what uses references that the main branch removed: the rest
  /// depends on how they do that.
  ///
  /// - Parameter own: the branch compared with `base`.
  func findings(
    beyond own: CheckOutcome, with loader: inout SnapshotLoader
  ) throws -> [Finding] {
    guard main != base, own.isChanged else { return [] }
    let (fork, ours, theirs) = (
      try loader.tree(of: base), try loader.tree(of: main), try loader.tree(of: tip)
    )
    let onMain = TreeDifference(before: fork.root, after: ours.root)
    guard onMain.touchesSolutions || onMain.touchesSettings else { return [] }
    var merge = TreeMerge(theirs, into: ours, since: fork, loader.pool)
    let merged = merge.tree()
    let removed =
      merge.hasConflicts ? names(fork, &loader).subtracting(names(ours, &loader)) : nil
    if let removed, removed.isEmpty { return [] }
    let known = own.findings + own.accepted.map(\.finding)
    return PairReview(before: ours, after: merged, ancestors: [main], lookBack: lookBack)
      .outcome(before: .revision(mainName), after: .revision("the merge"), with: &loader).findings
      .filter { finding in
        finding.severity > .note
          && removed.map { finding.consumers.compactMap(\.reference).contains(where: $0.contains) }
            ?? true
          && !known.contains {
            $0.severity >= finding.severity
              && ($0.id == finding.id || !$0.subjects.isDisjoint(with: finding.subjects))
          }
      }.map { finding in
        var finding = finding
        finding.onceMerged = mainName
        finding.remarks.insert(
          "neither branch has this by itself: merged into '\(mainName)', this branch breaks it",
          at: 0)
        return finding
      }
  }

  /// The references that a revision declares.
  private func names(_ tree: RevisionTree, _ loader: inout SnapshotLoader) -> Set<LogicalName> {
    let solutions = loader.snapshot(of: tree, flows: .only([])).0.instances
    return Set(solutions.flatMap { $0.references.map(\.name) })
  }
}
