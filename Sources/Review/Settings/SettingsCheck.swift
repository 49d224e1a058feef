package import Detection
package import Git
import Solution

/// The findings of state rules in settings files, as in an audit.
package struct SettingsCheck {
  private let repository: Repository
  private let options: Check.Options

  /// - Parameter options: those that make sense for one revision.
  package init(_ repository: Repository, options: Check.Options) {
    self.repository = repository
    self.options = options
  }

  /// The outcome of an audit of the files on the disk, narrowed to these settings files, and which
  /// they are.
  ///
  /// Throws where no file can be chosen.
  package func outcome(
    ofEnvironment environment: String?, file: String?
  ) throws -> (CheckOutcome, [SettingsTarget]) {
    var policy = try PolicyFiles(repository, given: options.configuration).current()
    policy.configuration.conventions.isRelease = options.isRelease
    let files = try SettingsFiles(repository, configuration: policy.configuration)
    let targets = try files.targets(environment: environment, file: file)
    for target in targets { try ensureRead(target, files) }
    let paths = Set(targets.map(\.path))
    var outcome = try Audit(repository, options: options).outcome(of: files, by: policy)
    outcome.findings = outcome.findings.filter { finding in
      Self.rules.contains(finding.rule)
        && (finding.rows.map(\.place) + [finding.place].compactMap { $0 })
          .contains { paths.contains($0.path) }
    }
    let solutions = files.reading.snapshot.settings.filter { paths.contains($0.path) }
      .flatMap { files.state.coverage(of: $0).solutions }
    // The rows of no file show that they are of a solution without declarations.
    let unknown =
      files.problems(concerning: (Array(paths), Set(solutions))) + files.state.missingDeclarations
    outcome.problems = outcome.problems.filter { judged in
      unknown.contains(judged.problem) || paths.contains(judged.problem.path)
        || judged.problem.path == Configuration.path
    }
    if environment != nil || file != nil {
      let unasked = Self.patterns(of: policy.configuration, besides: targets)
      outcome.problems = outcome.problems.map { judged in
        let place = Place(path: judged.problem.path, line: judged.problem.line ?? 0)
        return unasked.contains(place) ? .init(judged.problem, matters: false) : judged
      }
    }
    if outcome.scope.solutions == 0, !outcome.problems.contains(where: \.matters) {
      outcome.problems.append(Self.nothingToServe)
    }
    return (outcome, targets)
  }

  /// Where the configuration names the settings files of environments that the user did not choose.
  private static func patterns(
    of configuration: Configuration, besides targets: [SettingsTarget]
  ) -> Set<Place> {
    let keys = configuration.conventions.environments.map(\.name)
      .filter { name in !targets.contains { $0.environment == name } }
      .map { "environments.\($0).settings" }
    return Set(configuration.patterns.filter { keys.contains($0.key) }.map(\.place))
  }

  /// The solutions that a file serves determine its rows.
  private static let nothingToServe = CheckOutcome.JudgedProblem(
    Problem(
      path: "the worktree",
      message: "no solution was found here, and nothing else says what a settings file needs\n"
        + "hint: connref list REVISION shows where solutions are", hidesContent: false),
    matters: true)

  /// Those that judge rows.
  package static let rules: Set<RuleID> = [.settingsIncomplete, .settingsUnused, .ownerPersonal]

  /// A file that is not read would look correct.
  private func ensureRead(_ target: SettingsTarget, _ files: SettingsFiles) throws {
    let isRead =
      files.reading.snapshot.settings.contains { $0.path == target.path }
      || files.reading.problems.contains { $0.path == target.path && $0.hidesContent }
    guard !isRead else { return }
    guard try files.contents(of: target.path) != nil else {
      throw SettingsRefusal(
        "could not read '\(target.path)': there is no such file",
        hint: "connref settings sync --file '\(target.path)' --create makes it")
    }
    throw SettingsRefusal(
      "could not check '\(target.path)': it holds no row, or git ignores it",
      hint: "connref settings sync --file '\(target.path)' --check shows what it lacks")
  }
}
