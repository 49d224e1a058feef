import ArgumentParser
import Detection
import Git
import Platform
import Review

/// The options of every command.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The repository to look at.", valueName: "path"))
  var repository: String?

  @Option(help: ArgumentHelp("Use this file and not .connref.yml.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("Colour: auto on a terminal alone.", valueName: "auto|always|never"))
  var color: ColorChoice = .auto

  @Flag(help: "The same as --color never.")
  var noColor = false

  @Flag(name: .shortAndLong, help: "Findings and errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say what was looked at, and how long it took.")
  var verbose = false

  func console(in context: RunContext) -> Console {
    Console(context, isQuiet: quiet, isVerbose: verbose, color: noColor ? .never : color)
  }

  /// The file that `--config` names; nil without it.
  func configuration(in context: RunContext) throws -> Configuration? {
    guard let config else { return nil }
    do {
      return try Configuration(
        file: Array(try Data(contentsOf: URL(filePath: context.path(config)))), path: config)
    } catch let error as PolicyError {
      throw error
    } catch {
      let path = context.path(config)
      let isOdd = DiskFile.kind(of: path) == .other && !DiskFile.isFolder(path)
      throw Failure(
        message: "could not read '\(config)': "
          + (isOdd ? "it is not a regular file" : error.systemReason))
    }
  }

  /// How a check or an audit judges.
  func checkOptions(in context: RunContext, isRelease: Bool = false) throws -> Check.Options {
    Check.Options(
      configuration: try configuration(in: context), isRelease: isRelease, today: context.today)
  }

  /// The folder or the zip that an operand names; nil for a revision of a repository. A word that is both
  /// is the revision.
  func diskTree(_ operand: String, in context: RunContext) throws -> DiskTree? {
    let isZip = operand.lowercased().hasSuffix(".zip")
    guard isZip || context.exists(operand) else { return nil }
    if !isZip, let repository = try? openRepository(in: context),
      (try? repository.commitID(of: operand)) != nil
    {
      return nil
    }
    return try DiskTree(operand, from: context.folder)
  }

  /// The repository as git would find it: named, or the one of the current folder and environment.
  func openRepository(in context: RunContext) throws -> Repository {
    try Repository(at: repository, folder: context.folder, environment: context.environment)
  }
}

extension Severity: ExpressibleByArgument {}
