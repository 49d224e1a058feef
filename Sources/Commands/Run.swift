import ArgumentParser
import Detection
import Foundation
import Git
import Policy
import Solution

/// Runs the command line of this process, and ends it with the exit status that interface promises.
package func run() -> Never {
  let process = ProcessInfo.processInfo
  let world = World(
    folder: FileManager.default.currentDirectoryPath, environment: process.environment)
  let console = Console(world)
  // Swift reads them from /proc/self/cmdline, and has none where that is missing: a run without any
  // would only print its help, and look like a pass.
  guard !CommandLine.arguments.isEmpty else {
    console.complain("could not read the command line: is /proc mounted?")
    exit(ExitStatus.unknown.code)
  }
  let status = Connref.status(
    of: Array(CommandLine.arguments.dropFirst()), in: world, console: console)
  if let reason = world.faults.reason {
    console.complain("could not write to standard output: \(reason)")
    exit(status.graver(.unknown).code)
  }
  exit(status.code)
}

/// What only the outermost layer may ask: where the process stands, and what its environment says.
struct World: Sendable {
  let folder: String
  let environment: [String: String]
  /// A story told in one stream: what goes to standard error elsewhere stands where it belongs.
  var hasOneStream = false
  var faults = OutputFaults()
  /// At Greenwich.
  var today = Day(secondsSince1970: Int64(Date().timeIntervalSince1970))

  /// A path that the user gave, as an absolute one.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

/// How a run ends.
enum ExitStatus: Error, Hashable, CaseIterable, Sendable {
  /// Nothing to stop for.
  case clear
  /// Findings at or above what `--fail-on` says.
  case findings
  /// The run could not tell.
  case unknown
  case wrongUsage

  var code: Int32 {
    switch self {
    case .clear: 0
    case .findings: 1
    case .unknown: 2
    case .wrongUsage: 64
    }
  }

  /// For the manual.
  var meaning: String {
    switch self {
    case .clear: "Nothing to stop for."
    case .findings: "Findings at or above --fail-on."
    case .unknown:
      """
      Could not tell: not a repository, an unknown revision, or a file that mattered could not be \
      read. It never looks like a pass.
      """
    case .wrongUsage: "Wrong usage."
    }
  }
}

extension Connref {
  /// One place where every outcome becomes a status: ArgumentParser would end with 1 for any error,
  /// and 1 means findings.
  static func status(of arguments: [String], in world: World, console: Console) -> ExitStatus {
    do {
      var command = try parseAsRoot(arguments)
      if let command = command as? any WorldlyCommand {
        return try command.run(in: world, console: console)
      }
      try command.run()
      return .clear
    } catch let error as GitError {
      console.complain(error.message, hint: error.hint)
      return .unknown
    } catch let error as PolicyError {
      for fault in error.faults {
        console.complain("\(fault.place.path):\(fault.place.line): \(fault.message)")
      }
      if let hint = error.hint { console.hint(hint) }
      return .unknown
    } catch let error as UsageError {
      console.complain(error.message, hint: error.hint)
      return .wrongUsage
    } catch let error as Failure {
      console.complain(error.message, hint: error.hint)
      return .unknown
    } catch {
      return status(ofParsing: error, console: console)
    }
  }

  private static func status(ofParsing error: any Error, console: Console) -> ExitStatus {
    let message = fullMessage(for: error)
    switch exitCode(for: error) {
    case .success:
      console.write(message + "\n")
      return .clear
    case .validationFailure:
      // ArgumentParser begins with a capital, all other errors begin as git's do.
      let label = "Error: "
      console.say(
        message.hasPrefix(label) ? "error: " + message.dropFirst(label.count) : message)
      return .wrongUsage
    default:
      console.complain(message)
      return .unknown
    }
  }
}

/// A subcommand that needs to know where it runs.
protocol WorldlyCommand: ParsableCommand {
  func run(in world: World, console: Console) throws -> ExitStatus
}

extension WorldlyCommand {
  func run() throws { preconditionFailure("a command is run through 'Connref.status'") }
}

/// The user asked for what cannot be, and can ask otherwise.
struct UsageError: Error, Sendable {
  let message: String
  var hint: String?
}

/// A command could not do its work.
struct Failure: Error, Sendable {
  let message: String
  var hint: String?
}
