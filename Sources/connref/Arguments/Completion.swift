import ArgumentParser
import Detection
import Git
import Platform
import Review

/// The words that a shell can complete, other than options and commands. An unreadable source gives
/// none.
enum Completion {
  static let rules = CompletionKind.list(RuleID.allCases.map(\.rawValue))

  /// Branches and tags; behind the dots of a range too.
  static let revisions = CompletionKind.custom { _, _, prefix in
    let names = (try? repository().references())?.filter { $0.commit != nil }.map(\.shortName) ?? []
    let start = prefix.ranges(of: "..").last?.upperBound ?? prefix.startIndex
    let head = prefix[start...].hasPrefix(".") ? prefix[...start] : prefix[..<start]
    return (["HEAD"] + names).map { head + $0 }
  }

  /// The ids of what a check of what is staged, of the disk and of the last commit finds.
  static let ids = CompletionKind.custom { _, _, _ in findings() }

  /// Rules, and ids of findings.
  static let rulesAndIDs = CompletionKind.custom { _, _, prefix in
    RuleID.allCases.map(\.rawValue)
      + (FindingSearch.isID(prefix) || prefix.isEmpty ? findings() : [])
  }

  /// As the configuration names them.
  static let environments = CompletionKind.custom { _, _, _ in
    guard let repository = try? repository(),
      let policy = try? PolicyFiles(repository).current()
    else { return [] }
    return policy.configuration.conventions.environments.map(\.name)
  }

  private static func repository() throws -> Repository {
    try Repository(
      folder: FileManager.default.currentDirectoryPath,
      environment: ProcessInfo.processInfo.environment)
  }

  private static func findings() -> [String] {
    guard let repository = try? repository() else { return [] }
    let search = FindingSearch(repository, options: Check.Options(today: .today))
    return (try? search.recentIDs()) ?? []
  }
}
