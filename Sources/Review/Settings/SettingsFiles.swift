import Detection
import Editing
import Git
import Solution

/// The settings files on the disk, beside the solutions that they are for.
struct SettingsFiles {
  let repository: Repository
  let reading: RevisionReading
  let state: State
  /// What the ancestors left open.
  let openQuestion: Problem?
  private let conventions: Conventions

  init(_ repository: Repository, configuration: Configuration) throws {
    guard repository.workTree != nil else {
      throw SettingsRefusal("could not look at settings files: the repository is bare")
    }
    self.repository = repository
    conventions = configuration.conventions
    reading = try RevisionReading(repository, at: nil, covering: configuration)
    (state, openQuestion) = FormerNamesWalk(repository, covering: configuration)
      .state(of: reading, at: nil)
  }

  /// The files that the user means; at least one.
  func targets(environment: String?, file: String?) throws -> [SettingsTarget] {
    if let file { return [choice.file(file, environment: environment)] }
    let targets = try choice.all(ofEnvironment: environment)
    if targets.isEmpty {
      throw SettingsRefusal(
        "could not find a settings file; those that git ignores are not looked for",
        hint: "name it: --file PATH; a new one: connref settings sync --file PATH --create")
    }
    return targets
  }

  /// The bytes of a file; nil when nothing of this name is there.
  func contents(of path: String) throws(GitError) -> [UInt8]? {
    guard let workTree = repository.workTree else { return nil }
    return try WorktreeFile(path, in: workTree, limit: SnapshotReader.byteLimit).contents()
  }

  /// The problems in these files and solutions; nil for all.
  func problems(
    concerning subjects: (paths: [String], solutions: Set<String>)?
  ) -> [Problem] {
    let unknown = reading.problems.filter(\.hidesContent)
    guard let (paths, solutions) = subjects, !solutions.isEmpty else { return unknown }
    let folders = reading.snapshot.instances.filter { solutions.contains($0.uniqueName) }.map(
      \.folder)
    return unknown.filter { problem in
      paths.contains(problem.path)
        || folders.contains { $0.isEmpty || problem.path.hasPrefix($0 + "/") }
    }
  }

  private var choice: SettingsTargets {
    // Whether it is a settings file cannot be seen, so it may be the one that is meant.
    let unreadable = reading.problems.filter { problem in
      let parts = problem.path.split(separator: "/").map(String.init)
      let role = parts.last.flatMap {
        FileRole.role(ofFile: $0, inFolder: parts.dropLast().last ?? "")
      }
      return problem.hidesContent && (role == .settingsCandidate || role == .export)
    }
    return SettingsTargets(
      conventions: conventions,
      found: Set(reading.snapshot.settings.map(\.path) + unreadable.map(\.path)).sorted(),
      labels: { path in
        // A file that cannot be read has no label, and is refused where it is chosen.
        guard let bytes = try? contents(of: path), let sheet = try? SettingsSheet(bytes) else {
          return []
        }
        return sheet.lists.flatMap(\.labels)
      },
      exists: { path in
        // A missing file is reported where it is chosen.
        (try? contents(of: path)) != nil
      })
  }
}
