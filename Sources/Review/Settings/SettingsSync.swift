import Detection
package import Editing
package import Git
package import Policy
import Solution

/// Gives each environment's settings file a row for every reference of the solutions that it binds.
package struct SettingsSync {
  package struct Options: Sendable {
    package var environment: String?
    /// From the root of the worktree.
    package var file: String?
    /// Unique names; empty where the files tell.
    package var solutions: [String] = []
    package var removesStale = false
    /// An environment, or a file by its path from the root of the worktree.
    package var shapeOf: String?
    /// A file that is not there is made.
    package var creates = false
    package var shape: SettingsShape?

    package init() {}
  }

  let repository: Repository
  let options: Options
  private let conventions: Conventions
  let look: Look
  let state: State

  package init(
    _ repository: Repository, options: Options, configuration: Configuration
  ) throws {
    guard repository.workTree != nil else {
      throw SettingsRefusal("could not look at settings files: the repository is bare")
    }
    self.repository = repository
    self.options = options
    conventions = configuration.conventions
    look = try Look(repository, at: nil, covering: configuration)
    state = State(look.snapshot, conventions: conventions)
  }

  /// What is to be written. Throws where no file can be chosen; a file that cannot be changed is a
  /// refusal of the plan.
  package func plan() throws -> SettingsPlan {
    for name in options.solutions
    where !state.declaringSolutions.contains(where: { $0.lowercased() == name.lowercased() }) {
      throw SettingsRefusal(
        "there is no solution '\(name)' that declares a reference; there are "
          + state.declaringSolutions.joined(separator: ", "))
    }
    let targets = try targets()
    var plan = SettingsPlan()
    for target in targets {
      do {
        plan.sheets.append(try sheet(for: target, beside: targets.filter { $0 != target }))
      } catch let refusal as SettingsRefusal {
        plan.refusals.append(refusal)
      } catch let error as GitError {
        plan.refusals.append(SettingsRefusal(error.message, hint: error.hint))
      }
    }
    plan.refusals += rivals(in: plan)
    let bound = Set(plan.sheets.flatMap(\.lists).flatMap(\.solutions))
    plan.leftOut =
      options.solutions.isEmpty ? state.declaringSolutions.filter { !bound.contains($0) } : []
    plan.problems = problems(of: plan)
    return plan
  }

  private func targets() throws -> [SettingsTarget] {
    if let file = options.file { return [choice.file(file, environment: options.environment)] }
    let targets = try choice.all(ofEnvironment: options.environment)
    if targets.isEmpty {
      throw SettingsRefusal(
        "could not find a settings file; those that git ignores are not looked for",
        hint: "name it: --file PATH; a new one: --file PATH --create")
    }
    return targets
  }

  var choice: SettingsTargets {
    SettingsTargets(
      look, conventions: conventions,
      labels: { path in
        // A file that cannot be read has no label, and is refused where it is chosen.
        guard let bytes = try? contents(of: path), let sheet = try? SettingsSheet(bytes) else {
          return []
        }
        return sheet.lists.flatMap(\.labels)
      },
      exists: { path in
        // What is no file is told where it is chosen.
        (try? contents(of: path)) != nil
      })
  }

  func contents(of path: String) throws(GitError) -> [UInt8]? {
    guard let workTree = repository.workTree else { return nil }
    return try WorktreeFile(path, in: workTree, limit: SnapshotReader.byteLimit).contents()
  }

  /// Two files of one environment that bind one solution, and something to add: nobody can tell to
  /// which.
  private func rivals(in plan: SettingsPlan) -> [SettingsRefusal] {
    var refusals: [SettingsRefusal] = []
    let named = plan.sheets.filter { $0.target.environment != nil }
    for (index, sheet) in named.enumerated() {
      for other in named[..<index] where other.target.environment == sheet.target.environment {
        let shared = Set(sheet.lists.flatMap(\.solutions))
          .intersection(other.lists.flatMap(\.solutions)).sorted()
        let adds = (sheet.lists + other.lists).contains { !$0.added.isEmpty }
        guard adds, let solution = shared.first else { continue }
        refusals.append(
          SettingsRefusal(
            "environment '\(sheet.target.environment ?? "")' has two files for \(solution), "
              + "'\(other.target.path)' and '\(sheet.target.path)', and a row to be added",
            hint: "say which one gets it: --file '\(other.target.path)'"))
      }
    }
    return refusals
  }

  /// Of solutions that the files bind, and of the files themselves; of everything where rows were to be
  /// taken out.
  private func problems(of plan: SettingsPlan) -> [Problem] {
    let paths = Set(plan.sheets.map(\.target.path))
    let names = Set(plan.sheets.flatMap(\.lists).flatMap(\.solutions))
    let folders = look.snapshot.instances.filter { names.contains($0.uniqueName) }.map(\.folder)
    return look.problems.filter { problem in
      problem.hidesContent
        && (options.removesStale || paths.contains(problem.path) || names.isEmpty
          || folders.contains { $0.isEmpty || problem.path.hasPrefix($0 + "/") })
    }
  }
}

extension SettingsTargets {
  init(
    _ look: Look, conventions: Conventions, labels: @escaping (String) -> [String],
    exists: @escaping (String) -> Bool
  ) {
    let unreadable = look.problems.filter { problem in
      let parts = problem.path.split(separator: "/").map(String.init)
      let role = parts.last.flatMap {
        FileRole.role(ofFile: $0, inFolder: parts.dropLast().last ?? "")
      }
      return problem.hidesContent && (role == .settingsCandidate || role == .export)
    }
    self.init(
      conventions: conventions,
      found: Set(look.snapshot.settings.map(\.path) + unreadable.map(\.path)).sorted(),
      labels: labels, exists: exists)
  }
}
