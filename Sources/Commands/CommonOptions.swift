import ArgumentParser
import Git

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The repository to look at.", valueName: "path"))
  var repository: String?

  @Flag(help: "No colour, even on a terminal.")
  var noColor = false

  @Flag(name: .shortAndLong, help: "Findings and errors only.")
  var quiet = false

  func console(in world: World) -> Console {
    Console(world, isQuiet: quiet, noColor: noColor)
  }

  /// The repository as git would find it: named, or the one of the current folder and environment.
  func openRepository(in world: World) throws -> Repository {
    try Repository(at: repository, folder: world.folder, environment: world.environment)
  }
}
