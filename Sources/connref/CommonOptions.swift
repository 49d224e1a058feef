import ArgumentParser
import Detection
import Foundation
import Git

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The repository to look at.", valueName: "path"))
  var repository: String?

  @Option(help: ArgumentHelp("Use this file and not .connref.yml.", valueName: "file"))
  var config: String?

  @Flag(help: "No colour, even on a terminal.")
  var noColor = false

  @Flag(name: .shortAndLong, help: "Findings and errors only.")
  var quiet = false

  func console(in context: RunContext) -> Console {
    Console(context, isQuiet: quiet, noColor: noColor)
  }

  /// What `--config` names; nil without it.
  func configuration(in context: RunContext) throws -> Configuration? {
    guard let config else { return nil }
    do {
      return try Configuration(
        file: Array(try Data(contentsOf: URL(filePath: context.path(config)))), path: config)
    } catch let error as PolicyError {
      throw error
    } catch {
      throw Failure(message: "could not read '\(config)': \(error.localizedDescription)")
    }
  }

  /// The repository as git would find it: named, or the one of the current folder and environment.
  func openRepository(in context: RunContext) throws -> Repository {
    try Repository(at: repository, folder: context.folder, environment: context.environment)
  }
}
