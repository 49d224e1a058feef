package import Solution

/// The configuration in `.connref.yml`, with the defaults where it says nothing.
package struct Configuration: Sendable {
  package static let path = ".connref.yml"

  /// A revision; nil for the branch that others start from.
  package var mainBranch: String?
  /// How many commits to look back for what was removed earlier.
  package var lookBack: Int
  /// Where solutions are looked for; empty for everywhere.
  package var solutions: [PathPattern]
  /// Where no solution is looked for, even if `solutions` includes it.
  package var ignored: [PathPattern]
  package var rules: RuleSettings
  package var conventions: Conventions
  /// Planned re-creations and removals.
  package var intent: DeclaredIntent
  /// Where each value that a file gives is written, by its key: `naming.pattern`.
  package internal(set) var origins: [String: Place]
  /// Patterns of the file that name paths, to be compared with a revision.
  package internal(set) var patterns: [PlacedPattern]

  package static let standard = Configuration()

  init() {
    mainBranch = nil
    lookBack = 500
    solutions = []
    ignored = []
    rules = RuleSettings()
    conventions = .standard
    intent = DeclaredIntent()
    origins = [:]
    patterns = []
  }

  /// A pattern, and where it is written.
  package struct PlacedPattern: Sendable, Hashable {
    package let key: String
    package let pattern: PathPattern
    package let place: Place
  }

  /// True for a solution in a folder that the team wants looked at.
  package func covers(folder: String) -> Bool {
    if ignored.contains(where: { $0.matches(folder) }) { return false }
    return solutions.isEmpty || solutions.contains { $0.matches(folder) }
  }

  /// The same, where both say where solutions are: those of either. A folder that is renamed together with
  /// its pattern holds the same solution.
  package func covering(solutionsOf other: Configuration) -> Configuration {
    guard !solutions.isEmpty, !other.solutions.isEmpty else { return self }
    var copy = self
    copy.solutions += other.solutions.filter { !solutions.contains($0) }
    return copy
  }

  /// What was read, without the solutions that the team does not want looked at, and their problems.
  package func covered(
    _ snapshot: Snapshot, _ problems: [Problem]
  ) -> (snapshot: Snapshot, problems: [Problem]) {
    guard narrowsSolutions else { return (snapshot, problems) }
    return (
      Snapshot(
        instances: snapshot.instances.filter { covers(folder: $0.folder) },
        settings: snapshot.settings, exports: snapshot.exports),
      problems.filter { covers(folder: $0.path) }
    )
  }

  /// True where a file says which solutions to look at.
  package var narrowsSolutions: Bool { !solutions.isEmpty || !ignored.isEmpty }

  /// Patterns that match none of these paths: the folder was moved, or the pattern is misspelled.
  ///
  /// - Parameter paths: of files and folders.
  package func deadPatterns(among paths: [String]) -> [PlacedPattern] {
    patterns.filter { placed in !paths.contains { placed.pattern.matches($0) } }
  }
}

/// How severe each rule is, here and there.
package struct RuleSettings: Sendable {
  /// The configuration of one rule.
  package struct Setting: Sendable {
    /// Nil for the rule's own.
    package var level: Level?
    /// In the order of the file; the last that matches counts.
    package var paths: [(pattern: PathPattern, level: Level)]

    package init(level: Level? = nil, paths: [(pattern: PathPattern, level: Level)] = []) {
      self.level = level
      self.paths = paths
    }
  }

  /// A severity, or silence.
  package enum Level: String, Sendable, CaseIterable {
    case error, warning, note, off

    package var severity: Severity? {
      switch self {
      case .error: .error
      case .warning: .warning
      case .note: .note
      case .off: nil
      }
    }
  }

  package var settings: [RuleID: Setting]

  package init(_ settings: [RuleID: Setting] = [:]) {
    self.settings = settings
  }

  /// The same findings, each as severe as the file says; without rules that are off. In the order
  /// of a report.
  package func applied(to findings: [Finding]) -> [Finding] {
    guard !settings.isEmpty else { return findings }
    let kept = findings.compactMap { finding -> Finding? in
      guard let setting = settings[finding.rule] else { return finding }
      let path = finding.place?.path ?? ""
      let level = setting.paths.last { $0.pattern.matches(path) }?.level ?? setting.level
      guard let level else { return finding }
      guard let severity = level.severity else { return nil }
      var finding = finding
      finding.severity = severity
      return finding
    }
    return Finding.inOrder(kept)
  }
}
