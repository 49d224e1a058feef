import Solution

/// Tells problems that leave the answer open from old dirt.
struct ProblemJudge {
  let difference: TreeDifference

  /// Each problem once, ordered by path. One matters if its file differs between the two sides, or if
  /// a changed link needed it.
  ///
  /// - Parameter undecided: folders of solutions in which a changed link could not be followed.
  func judged(
    before: [Problem], after: [Problem], undecided: Set<String> = []
  ) -> [CheckOutcome.JudgedProblem] {
    let old = Set(before)
    return Set(before + after).sorted {
      ($0.path, $0.line ?? 0, $0.message) < ($1.path, $1.line ?? 0, $1.message)
    }
    .filter { $0.hidesContent || !old.contains($0) }
    .map { problem in
      let isNew = difference.paths.contains(problem.path) || !old.contains(problem)
      let isNeeded = undecided.contains { folder in
        folder.isEmpty || problem.path.hasPrefix(folder + "/")
      }
      return CheckOutcome.JudgedProblem(
        problem: problem, matters: problem.hidesContent && (isNew || isNeeded))
    }
  }
}
