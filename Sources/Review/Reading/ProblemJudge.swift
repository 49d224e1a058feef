import Solution

/// Separates problems that matter for the result from pre-existing ones.
struct ProblemJudge {
  let difference: TreeDifference

  /// Each problem once, ordered by path. One matters if its file differs between the two sides, or if
  /// a changed link needed it.
  ///
  /// - Parameters:
  ///   - undecided: folders of solutions in which a changed link could not be followed.
  ///   - known: what was read of both sides.
  func judged(
    before: [Problem], after: [Problem], undecided: Set<String> = [], known: [Snapshot] = []
  ) -> [CheckOutcome.JudgedProblem] {
    let old = Set(before)
    let current = Set(after)
    // Most problems are older than the change, and this is made of everything that was read.
    lazy var held = HeldContent(known)
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
        problem,
        matters: problem.hidesContent && (isNew || isNeeded)
          || problem.mayHideContent && isNew && current.contains(problem)
            && held.isHidden(by: problem)
      )
    }
  }
}

/// Where something was read on one side at least.
private struct HeldContent {
  private var paths: Set<String> = []
  private var releases: Set<String> = []

  init(_ snapshots: [Snapshot]) {
    for instance in snapshots.flatMap(\.instances) {
      paths.formUnion(instance.consumers.map(\.path))
      guard instance.form == .archive else { continue }
      var path = ""
      for part in instance.folder.split(separator: "/") {
        path += path.isEmpty ? part : "/" + part
        if part.lowercased().hasSuffix(".zip") { releases.insert(Self.release(path)) }
      }
    }
  }

  func isHidden(by problem: Problem) -> Bool {
    paths.contains(problem.path) || releases.contains(Self.release(problem.path))
  }

  /// A path without what changes from one release to the next: `out/Ship_1_0_0_3_managed.zip` and
  /// `out/Ship_1_0_0_4_managed.zip` are releases of one solution.
  private static func release(_ path: String) -> String {
    path.lowercased().filter { !($0.isNumber || "._-".contains($0)) }
  }
}
