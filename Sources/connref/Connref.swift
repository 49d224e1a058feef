import ArgumentParser
import Git
import Reporting

struct Connref: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connref",
    abstract: "Stops commits in which a connection reference was deleted and re-created.",
    discussion: """
      A connection reference that is deleted and re-created in the maker portal has the \
      same display name and another logical name. The export looks fine, and breaks in every \
      environment that knows the old one. connref compares revisions and reports it.

        connref install          check every commit of this repository
        connref check            compare what is staged with HEAD
        connref check main..dev  compare two revisions
        connref demo             see it at work in an example repository

      Exit status: 0 no problems found, 1 findings, 2 could not tell, 64 wrong usage.
      """,
    version: version,
    subcommands: [
      CheckCommand.self, HistoryCommand.self, BranchesCommand.self, WatchCommand.self,
      AuditCommand.self, InventoryCommand.self, ListCommand.self, SettingsCommand.self,
      RepairCommand.self,
      AcceptCommand.self, ConfigCommand.self, ExplainCommand.self, RulesCommand.self,
      SchemaCommand.self,
      InstallCommand.self, UninstallCommand.self, DoctorCommand.self, HookCommand.self,
      DemoCommand.self, ManualCommand.self,
    ])

  /// `connref 0.2.0 (1f2e3d4c5b6a, libgit2 1.5.1)`: what it is, and what it was built from.
  private static var version: String {
    let parts = [BuildVersion.commit, "libgit2 \(BuildVersion.libgit2)"].compactMap(\.self)
    return "connref \(ToolVersion.current) (\(parts.joined(separator: ", ")))"
  }
}
