import ArgumentParser
import Detection
import Git
import Review

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Keep the deployment settings files in step with the solutions.",
    discussion: """
      A deployment settings file says which connection each reference gets in one environment. A \
      reference without a row has no connection there, and its flows stay off.

        connref settings check --environment prod
        connref settings sync --environment prod --dry-run
      """,
    subcommands: [SettingsCheckCommand.self, SettingsSyncCommand.self])
}

/// Which settings files are meant.
struct SettingsFileOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The environment: one of .connref.yml, else a word in the file's name or its folder's.",
      valueName: "name"), completion: Completion.environments)
  var environment: String?

  @Option(help: ArgumentHelp("This settings file.", valueName: "path"))
  var file: String?

  /// The file's path from the root of the worktree.
  func path(in repository: Repository) throws -> String? {
    guard let file else { return nil }
    guard let inside = repository.pathInWorkTree(file) else {
      throw UsageError(message: "--file '\(file)' leads out of the repository")
    }
    return inside
  }
}

/// Turns what a command of settings files throws into what the outermost layer prints.
func withSettingsFailures<Answer>(_ body: () throws -> Answer) throws -> Answer {
  do {
    return try body()
  } catch let refusal as SettingsRefusal {
    throw Failure(message: refusal.message, hint: refusal.hint)
  }
}
