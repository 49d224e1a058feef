import Dispatch
import Foundation

/// A program that is run to its end, or to a time limit.
struct ChildProcess {
  /// Looked up in `PATH` by `/usr/bin/env`, unless it holds a slash.
  let executable: String
  let arguments: [String]
  var folder: String?
  var environment: [String: String]
  var input = Data()
  /// In seconds.
  var limit: Double

  struct Outcome {
    let status: Int32
    /// Both streams.
    let output: String
    let isOverdue: Bool
  }

  /// Throws where it cannot be started. One that is overdue is killed, with what it has started.
  func run() throws -> Outcome {
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(
      at: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // What stays in the system's temporary folder harms nobody.
    defer { try? FileManager.default.removeItem(at: scratch) }
    // Files, not pipes: no child waits for a reader.
    let inputFile = scratch.appending(path: "input")
    let outputFile = scratch.appending(path: "output")
    try input.write(to: inputFile)
    try Data().write(to: outputFile)
    let process = Process()
    if executable.contains("/") {
      process.executableURL = URL(filePath: executable)
      process.arguments = arguments
    } else {
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [executable] + arguments
    }
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    process.environment = environment
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    let output = try FileHandle(forWritingTo: outputFile)
    process.standardOutput = output
    process.standardError = output
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    let isOverdue = ended.wait(timeout: .now() + limit) == .timedOut
    if isOverdue {
      // Foundation starts each child in a process group of its own.
      kill(-process.processIdentifier, SIGKILL)
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
    }
    try output.close()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      isOverdue: isOverdue)
  }
}

extension RunContext {
  /// The environment without what git hands to a hook: for git in another repository.
  var outsideOfRepository: [String: String] {
    let local = [
      "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
      "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_SHALLOW_FILE",
      "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_GRAFT_FILE",
      "GIT_IMPLICIT_WORK_TREE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
      "GIT_QUARANTINE_PATH",
    ]
    return environment.filter { !local.contains($0.key) }
  }
}
