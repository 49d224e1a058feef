import Foundation

/// A program with its arguments. Its output goes nowhere, and no configuration of the machine reaches
/// it.
struct Program {
  let path: String
  let arguments: [String]
  /// The highest status that a whole run ends with. 2 where files of a repository may be unreadable: a
  /// copy of a public one lacks large files, or holds what was committed damaged.
  var highestStatus: Int32 = 1

  /// `path` is looked up in `PATH` unless it holds a slash.
  init(_ path: String, _ arguments: [String], highestStatus: Int32 = 1) {
    self.path = path
    self.arguments = arguments
    self.highestStatus = highestStatus
  }

  /// Where a program lies that was built with this one.
  static func beside(_ name: String) -> String {
    let here = Bundle.main.executablePath ?? CommandLine.arguments[0]
    return URL(filePath: here).deletingLastPathComponent().appending(path: name).path
  }

  /// Runs it to its end, untimed.
  func run() throws {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw BenchError(description: "'\(path)' ended with \(process.terminationStatus)")
    }
  }

  static func isOnPath(_ name: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  static let environment: [String] =
    ProcessInfo.processInfo.environment
    .filter { !$0.key.hasPrefix("GIT_") && $0.key != "HOME" }
    .merging([
      "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
      "LC_ALL": "C",
    ]) { $1 }
    .map { "\($0.key)=\($0.value)" }.sorted()
}

struct BenchError: Error, CustomStringConvertible {
  let description: String
}
