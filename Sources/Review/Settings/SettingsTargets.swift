import Detection
import Editing
import Git
import Solution

/// A settings file that was chosen, and why.
package struct SettingsTarget: Hashable, Sendable {
  /// From the root of the worktree.
  package let path: String
  /// Nil where the file is for an environment without a name.
  package let environment: String?
  package let reason: Reason

  package enum Reason: Hashable, Sendable {
    /// `.connref.yml` gives it to the environment.
    case configured
    /// Its name, or the name of its folder, is the environment's.
    case named
    /// One of its lists is for the environment.
    case listed
    /// The user named the file.
    case asked
    /// It is one of all that there are.
    case found
  }
}

/// The settings files of a worktree, by environment.
struct SettingsTargets {
  let conventions: Conventions
  /// Paths of what can be read as a settings file, and of what looks like one and cannot.
  let found: [String]
  /// The names around the lists of a file.
  let labels: (String) -> [String]
  /// True where there is a file, of any shape.
  let exists: (String) -> Bool

  /// In the order of the paths.
  func all(ofEnvironment environment: String?) throws(SettingsRefusal) -> [SettingsTarget] {
    guard conventions.environments.isEmpty else { return try configured(environment) }
    guard let environment else {
      return found.map { SettingsTarget(path: $0, environment: nil, reason: .found) }
    }
    let steps: [(SettingsTarget.Reason, (String) -> Bool)] = [
      (.named, { SettingsPath($0).fileNames(environment) }),
      (.named, { SettingsPath($0).folderIs(environment) }),
      (.listed, { labels($0).contains { $0.lowercased() == environment.lowercased() } }),
    ]
    for (reason, isMeant) in steps {
      let paths = found.filter(isMeant)
      if !paths.isEmpty {
        return paths.map { SettingsTarget(path: $0, environment: environment, reason: reason) }
      }
    }
    throw SettingsRefusal(
      "could not find a settings file for environment '\(environment)'; "
        + (found.isEmpty ? "there is no settings file" : "there are \(Self.list(found))"),
      hint: "name the file: --file PATH; a new one: --file PATH --create")
  }

  /// The file that the user named.
  func file(_ path: String, environment: String?) -> SettingsTarget {
    SettingsTarget(
      path: path,
      environment: environment ?? conventions.environments(ofFile: path).first?.name,
      reason: .asked)
  }

  /// Without configuration no path says where an environment's file would be.
  private func configured(_ name: String?) throws(SettingsRefusal) -> [SettingsTarget] {
    let environments = conventions.environments.filter { environment in
      // One that has an address alone is only meant where it is named.
      name.map { environment.isCalled($0) } ?? !environment.settings.isEmpty
    }
    guard !environments.isEmpty else {
      throw SettingsRefusal(
        "there is no environment '\(name ?? "")' in .connref.yml; there are "
          + Self.list(conventions.environments.map(\.name)))
    }
    var targets: [SettingsTarget] = []
    for environment in environments {
      guard !environment.settings.isEmpty else {
        throw SettingsRefusal(
          "environment '\(environment.name)' names no settings file in .connref.yml",
          hint: "environments: {\(environment.name): {settings: [config/\(environment.name).json]}}"
        )
      }
      var paths = Set(found.filter { path in environment.settings.contains { $0.matches(path) } })
      // A file that holds no list yet is no settings file by its shape.
      for pattern in environment.settings {
        guard let path = pattern.plainPath else { continue }
        if exists(path) || (paths.isEmpty && environment.settings.count == 1) { paths.insert(path) }
      }
      if paths.isEmpty {
        throw SettingsRefusal(
          "could not find a settings file for environment '\(environment.name)': none matches "
            + Self.list(environment.settings.map(\.text)),
          hint: "name the new file: --file PATH --create")
      }
      targets += paths.sorted().map {
        SettingsTarget(path: $0, environment: environment.name, reason: .configured)
      }
    }
    return targets
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
    return shown + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}

/// The environment in the path of a settings file.
struct SettingsPath {
  private let folders: [String]
  private let stem: String

  init(_ path: String) {
    let parts = path.split(separator: "/").map(String.init)
    folders = parts.dropLast().map { $0.lowercased() }
    let name = parts.last ?? path
    stem = name.lowercased().hasSuffix(".json") ? String(name.dropLast(5)) : name
  }

  func folderIs(_ environment: String) -> Bool { folders.contains(environment.lowercased()) }

  /// True where the name is a word of the file's: `prod.json`, `Sales-prod.json`,
  /// `DeploymentSettingsProd.json`, but not `preprod.json`.
  func fileNames(_ environment: String) -> Bool {
    guard !environment.isEmpty else { return false }
    let letters = Array(stem)
    let wanted = Array(environment.lowercased())
    guard letters.count >= wanted.count else { return false }
    return (0...(letters.count - wanted.count)).contains { start in
      let end = start + wanted.count
      guard letters[start..<end].map({ Character($0.lowercased()) }) == wanted else { return false }
      return Self.isBoundary(letters, start) && Self.isBoundary(letters, end)
    }
  }

  /// True where a word may end and another begin: at a sign, or where capitals begin one.
  private static func isBoundary(_ letters: [Character], _ index: Int) -> Bool {
    guard index > 0, index < letters.count else { return true }
    let (left, right) = (letters[index - 1], letters[index])
    let areParts = (left.isLetter || left.isNumber) && (right.isLetter || right.isNumber)
    return !areParts || (!left.isUppercase && right.isUppercase)
  }
}

extension PathPattern {
  /// The path, where the pattern is one.
  fileprivate var plainPath: String? {
    guard !text.contains("*"), !text.contains("?") else { return nil }
    return text.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }
}
