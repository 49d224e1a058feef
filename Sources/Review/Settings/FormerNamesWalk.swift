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
  /// The problem says where a question is left open since the clone lacks the commits that could answer
  /// it.
  ///
  /// - Parameter revision: nil for the files on the disk, or `HEAD` in a bare repository.
  func state(
    of reading: RevisionReading, at revision: String?
  ) -> (state: State, problem: Problem?) {
    let leftFiles = LeftFlowFiles(repository, covering: configuration).paths(
      in: reading.snapshot, at: revision)
    func state(_ former: FormerNames) -> State {
      State(
        reading.snapshot, conventions: configuration.conventions,
        knowsEveryConsumer: !reading.problems.contains(where: \.hidesContent), former: former,
        leftFiles: leftFiles)
    }
    var now = state(FormerNames())
    let emptied = reading.snapshot.settings.filter {
      $0.rows.isEmpty && !now.settingsOwners.belongsToOne($0.path)
    }
    guard !reading.snapshot.settings.isEmpty,
      !now.settingsOwners.questions.isEmpty || !emptied.isEmpty,
      let commit = try? repository.commitID(of: revision ?? "HEAD")
    else { return (now, nil) }
    var loader = SnapshotLoader(repository, covering: configuration)
    var former = PastWalk(limit: configuration.lookBack)
      .formerRows(ofFiles: Set(emptied.map(\.path)), from: [commit], with: &loader)
    if !former.bound.isEmpty { now = state(former) }
    let questions = now.settingsOwners.questions
    guard !questions.isEmpty else { return (now, nil) }
    if revision == nil, !repository.isBare, let tree = try? loader.tree(at: "HEAD") {
      former.formUnion(
        FormerNames(
          of: Set(reading.snapshot.settings.flatMap { $0.rows.map(\.reference) }),
          in: loader.snapshot(of: tree).0))
    }
    let past = PastWalk(limit: configuration.lookBack)
      .former(questions, from: [commit], with: &loader)
    former.formUnion(past.former)
    return (state(former), problem(of: reading, past.open, past.limitation))
  }

  /// A row may bind what a solution without a settings file declared earlier.
  private func problem(
    of reading: RevisionReading, _ open: SettingsOwners.Questions, _ limitation: String?
  ) -> Problem? {
    guard let limitation, !open.names.isEmpty, let solution = open.solutions.min(),
      let file = reading.snapshot.settings.first(where: { file in
        file.rows.contains { open.names.contains($0.reference) }
      })
    else { return nil }
    return Problem(
      path: file.path,
      message: "whether it belongs to '\(solution)' is not known: \(limitation)",
      hidesContent: false)
  }
}

extension PastWalk {
  /// The references that settings files without rows bound when they had rows last.
  fileprivate func formerRows(
    ofFiles paths: Set<String>, from commits: [ObjectID], with loader: inout SnapshotLoader
  ) -> FormerNames {
    var waiting = paths
    var former = FormerNames()
    var seen: [String: ContentID] = [:]
    var ancestors = Ancestors(of: commits, in: loader.repository)
    for _ in 0..<limit where !waiting.isEmpty {
      let tree: RevisionTree
      // What an unreadable commit had is not known.
      do throws(GitError) {
        guard let commit = try ancestors.next(), !commit.isBoundary else { break }
        tree = try loader.tree(commit.tree)
      } catch { break }
      for path in waiting {
        guard let file = tree.root?.file(at: path), seen[path] != file.content else { continue }
        seen[path] = file.content
        let rows = loader.settings(of: tree).0.first { $0.path == path }?.rows ?? []
        guard !rows.isEmpty else { continue }
        former.add(Set(rows.map(\.reference)), boundBy: path)
        waiting.remove(path)
      }
    }
    return former
  }

  /// The declarations and uses of earlier revisions, as far back as a question is open; what is open at
  /// the end, and why commits that could answer it were not read.
  func former(
    _ questions: SettingsOwners.Questions, from commits: [ObjectID],
    with loader: inout SnapshotLoader
  ) -> (former: FormerNames, open: SettingsOwners.Questions, limitation: String?) {
    var questions = questions
    var former = FormerNames()
    var limitation: String?
    var ancestors = Ancestors(of: commits, in: loader.repository)
    for _ in 0..<limit where !questions.isEmpty {
      do throws(GitError) {
        guard let commit = try ancestors.next() else { break }
        if commit.isBoundary {
          limitation = Self.shallow
          continue
        }
        let trace = try trace(of: commit, with: &loader)
        former.formUnion(trace.former)
        questions.remove(answeredBy: trace.former)
      } catch {
        // An unreadable commit answers nothing.
        limitation = "could not look back further: \(error.message)"
      }
    }
    return (former, questions, limitation)
  }
}
