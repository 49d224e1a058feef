package import Detection
package import Editing
package import Git
import Platform
package import Solution

/// Gives each environment's settings file a row for every reference of the solutions that it binds.
package struct SettingsSync {
  package struct Options: Sendable {
    package var environment: String?
    /// From the root of the worktree.
    package var file: String?
    /// Unique names; empty where the files decide.
    package var solutions: [String] = []
    package var removesStale = false
    /// An environment, or a file by its path from the root of the worktree.
    package var shapeOf: String?
    /// A file that is not there is made.
    package var creates = false
    package var shape: SettingsShape?
    /// A saved inventory of the environment, to fill connection ids from.
    package var inventory: LiveEnvironment?

    package init() {}
  }

  let options: Options
  let files: SettingsFiles
  var state: State { files.state }

  package init(
    _ repository: Repository, options: Options, configuration: Configuration
  ) throws {
    self.options = options
    files = try SettingsFiles(repository, configuration: configuration)
  }

  /// The changes to write. Throws where no file can be chosen; a file that cannot be changed is a
  /// refusal of the plan.
  package func plan() throws -> SettingsPlan {
    for name in options.solutions
    where !state.declaringSolutions.contains(where: { $0.lowercased() == name.lowercased() }) {
      throw SettingsRefusal(
        "there is no solution '\(name)' that declares a reference; there are "
          + state.declaringSolutions.joined(separator: ", "))
    }
    let targets = try files.targets(environment: options.environment, file: options.file)
    if let inventory = options.inventory { try ensureSame(inventory, targets) }
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
      options.solutions.isEmpty
      ? state.declaringSolutions.filter { !bound.contains($0) && mayServe($0, targets) } : []
    // Unused rows are removed, in any file.
    plan.problems = files.problems(
      concerning: options.removesStale ? nil : (plan.sheets.map(\.target.path), bound))
    return plan
  }

  /// False where `.connref.yml` says that the files' environments are for other solutions.
  private func mayServe(_ solution: String, _ targets: [SettingsTarget]) -> Bool {
    targets.contains { target in
      let environment = state.conventions.environments.first { $0.name == target.environment }
      let served = environment?.solutions ?? []
      return served.isEmpty || served.contains { $0.matchesIgnoringCase(solution) }
    }
  }

  /// Connections of one environment are worth nothing in another.
  private func ensureSame(
    _ inventory: LiveEnvironment, _ targets: [SettingsTarget]
  ) throws(SettingsRefusal) {
    let names = Set(targets.map(\.environment))
    guard names.count == 1, let name = names.first else {
      throw SettingsRefusal(
        "an inventory is of one environment, and these settings files are of several",
        hint: "name one: --environment NAME, or --file PATH")
    }
    let known = state.conventions.environments.first { $0.name == name }
    guard let host = known?.address.flatMap({ URLHost.host(of: $0) }), let other = inventory.host,
      host != other
    else { return }
    throw SettingsRefusal(
      "the inventory is of \(other), and environment '\(name ?? "")' is \(host)")
  }

  /// Two files of one environment that bind one solution, and something to add: it is unknown to
  /// which.
  private func rivals(in plan: SettingsPlan) -> [SettingsRefusal] {
    var refusals: [SettingsRefusal] = []
    let named = plan.sheets.filter { $0.target.environment != nil }
    for (index, sheet) in named.enumerated() {
      for other in named[..<index] where other.target.environment == sheet.target.environment {
        // Pipelines of ALM Accelerator make one from the other, so both have the rows.
        let (own, others) = (
          sheet.lists.filter { !$0.isUserSettings }, other.lists.filter { !$0.isUserSettings }
        )
        let shared = Set(own.flatMap(\.solutions)).intersection(others.flatMap(\.solutions))
          .sorted()
        let adds = (own + others).contains { !$0.added.isEmpty }
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
}
