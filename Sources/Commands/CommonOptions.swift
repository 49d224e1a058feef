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

enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
  case text, json
}

/// For commands that report.
struct OutputOptions: ParsableArguments {
  @Option(help: "How to write it down: text or json.")
  var format: OutputFormat = .text

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?
}
