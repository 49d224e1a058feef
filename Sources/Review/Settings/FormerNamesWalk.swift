import Detection
import Git
import Solution

/// Looks back for the solutions that declared or used what settings files bind, as far as the revision
/// itself does not say it.
struct FormerNamesWalk {
  private let repository: Repository
  private let configuration: Configuration

  init(_ repository: Repository, covering configuration: Configuration) {
    self.repository = repository
    self.configuration = configuration
  }

  /// The state of a revision that was read, and of earlier revisions where a question is open.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  func state(of reading: RevisionReading, at revision: String?) -> State {
    func state(_ former: FormerNames) -> State {
      State(
        reading.snapshot, conventions: configuration.conventions,
        knowsEveryConsumer: !reading.problems.contains(where: \.hidesContent), former: former)
    }
    let now = state(FormerNames())
    let questions = now.settingsOwners.questions
    guard !reading.snapshot.settings.isEmpty, !questions.isEmpty,
      let commit = try? repository.commitID(of: revision ?? "HEAD")
    else { return now }
    var loader = SnapshotLoader(repository, covering: configuration)
    var former = FormerNames()
    if revision == nil, !repository.isBare, let tree = try? loader.tree(at: "HEAD") {
      former = FormerNames(
        of: Set(reading.snapshot.settings.flatMap { $0.rows.map(\.reference) }),
        in: loader.snapshot(of: tree).0)
    }
    former.formUnion(
      PastWalk(limit: configuration.lookBack).former(questions, from: [commit], with: &loader))
    return state(former)
  }
}

extension PastWalk {
  /// The declarations and uses of earlier revisions, as far back as a question is open.
  func former(
    _ questions: SettingsOwners.Questions, from commits: [ObjectID],
    with loader: inout SnapshotLoader
  ) -> FormerNames {
    var questions = questions
    var former = FormerNames()
    var ancestors = Ancestors(of: commits, in: loader.repository)
    for _ in 0..<limit where !questions.isEmpty {
      // An unreadable commit answers nothing.
      guard let commit = try? ancestors.next() else { return former }
      guard !commit.isBoundary, let trace = try? trace(of: commit, with: &loader) else { continue }
      former.formUnion(trace.former)
      questions.remove(answeredBy: trace.former)
    }
    return former
  }
}
