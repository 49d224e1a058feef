import Foundation

/// The history of public repositories, by name. Nothing is downloaded: a variable names the folder that
/// holds copies of them, and one that is not there is left out.
enum RealCase: BenchCase {
  static let name = "real"

  private static let variable = "CONNREF_BENCH_REPOSITORIES"

  /// Where solutions are kept, in the forms that teams use, and one repository without any.
  private static let repositories: [(name: String, goal: Double)] = [
    ("tc-ca/ROMTS-GSRST.PowerApps", 1.5), ("hse-digital/bsr-d365", 1),
    ("hmcts/pre-rec-evidence", 1), ("pnp/powerplatform-samples", 1),
    ("opc-cpvp/OPC.PowerApps", 1), ("austin-slayton/coe-starter-kit", 1),
    ("microsoft/powercat-automation-kit", 1), ("spaarke-dev/spaarke", 1), ("git/git", 0.15),
  ]

  static func rows(on stage: Stage) throws -> [Row] {
    guard let folder = ProcessInfo.processInfo.environment[variable], !folder.isEmpty else {
      Table.note("real: left out, since \(variable) names no folder with copies of them")
      return []
    }
    return try repositories.flatMap { repository -> [Row] in
      guard let path = copy(of: repository.name, in: folder) else {
        Table.note("\(repository.name): left out, since there is no copy of it in '\(folder)'")
        return []
      }
      let once = stage.with(folder: path, runs: 3, highestStatus: 2)
      let log = ["log", "--all", "--raw", "-m", "--no-renames"]
      let name = "history, " + (repository.name.split(separator: "/").last.map(String.init) ?? "")
      return [
        try once.compare(name, ["history"], git: log, ratio: repository.goal),
        try once.compare(
          name, ["history"], beside: Program("sh", ["-c", reading]),
          called: "git log and git cat-file of solution files"),
      ]
    }
  }

  /// The log of git reads trees alone. This reads the solution files of all commits too, each version once, as
  /// every history of references has to.
  private static let reading = """
    git log --all --raw -m --no-renames --no-abbrev --format= \\
      | grep -iE '(solution\\.xml|customizations\\.xml|workflows/.*\\.json|connectionreference.*\\.(xml|json|yml)|\\.zip|\\.mcs\\.yml|settings.*\\.json)$' \\
      | awk '{ print $4 }' | grep -v '^0000' | sort -u | git cat-file --batch > /dev/null
    """

  /// As `git clone` and mirrors call it.
  private static func copy(of name: String, in folder: String) -> String? {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    return [name, last, last + ".git", name.replacing("/", with: "+")].map { "\(folder)/\($0)" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
