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
    let held = HeldContent(known)
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
  private let instances: [Instance]

  init(_ snapshots: [Snapshot]) { instances = snapshots.flatMap(\.instances) }

  /// True where a consumer was read of the file, or a solution of an archive that is called like it.
  func isHidden(by problem: Problem) -> Bool {
    let release = ReleaseName(problem.path)
    return instances.contains { instance in
      instance.consumers.contains { $0.path == problem.path }
        || instance.form == .archive && release.isHolder(of: instance.folder)
    }
  }
}

/// A path without what changes from one release to the next: `out/Ship_1_0_0_3_managed.zip` and
/// `out/Ship_1_0_0_4_managed.zip` are releases of one solution.
private struct ReleaseName {
  private let name: String

  init(_ path: String) { name = Self.name(of: path) }

  /// True where an archive on the way to `folder` is a release of the same.
  func isHolder(of folder: String) -> Bool {
    guard mayBegin(folder) else { return false }
    var path = ""
    for part in folder.split(separator: "/") {
      path += path.isEmpty ? part : "/" + part
      if part.lowercased().hasSuffix(".zip"), Self.name(of: path) == name { return true }
    }
    return false
  }

  /// Compares letters first: for nearly all paths they rule it out.
  private func mayBegin(_ folder: String) -> Bool {
    var rest = folder.utf8.lazy.filter { !Self.isOfVersion($0) }.makeIterator()
    for byte in name.utf8 {
      guard let other = rest.next() else { return false }
      if byte >= 0x80 || other >= 0x80 { return true }
      if byte != lowercase(other) { return false }
    }
    return true
  }

  private static func isOfVersion(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }

  private static func name(of path: String) -> String {
    path.lowercased().filter { !($0.isNumber || "._-".contains($0)) }
  }
}
