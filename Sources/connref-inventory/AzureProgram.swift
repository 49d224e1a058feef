import Dataverse
import Foundation

/// The command line of Azure, as the PATH finds it.
struct AzureProgram: AzureCommand {
  let variables: [String: String]

  func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String)? {
    let folders = (variables["PATH"] ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    guard
      let path = folders.lazy.map({ "\($0)/az" }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = variables
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw FetchFailure("could not run '\(path)'")
    }
    // Both at once: a program that fills one pipe waits for its reader.
    async let errorText = Self.text(of: errors)
    let outputText = await Self.text(of: output)
    let result = (outputText, await errorText)
    process.waitUntilExit()
    return (process.terminationStatus, result.0, result.1)
  }

  private static func text(of pipe: Pipe) async -> String {
    let reader = Task.detached {
      // A pipe that cannot be read is one without content.
      (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    }
    return String(decoding: await reader.value, as: UTF8.self)
  }
}
