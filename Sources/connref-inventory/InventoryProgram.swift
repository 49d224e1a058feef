import Dataverse
import Foundation
import Platform

/// The entry point. Standard output stays empty; what is to be said is on standard error.
///
/// Exit status: 0 all of it is saved, 2 it is not, 64 wrong usage.
@main
enum InventoryProgram {
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    if words == ["--version"] {
      print("connref-inventory \(InventoryVersion.current)")
      return
    }
    exit(
      await status(
        of: words, variables: ProcessInfo.processInfo.environment,
        folder: FileManager.default.currentDirectoryPath))
  }

  private static func status(
    of words: [String], variables: [String: String], folder: String
  ) async -> Int32 {
    let secrets = KnownSecrets(in: variables)
    let meter = ProgressLine(isShown: isatty(STDERR_FILENO) == 1 && !words.contains("--quiet"))
    var transport: Transport?
    var status: Int32 = 0
    do {
      let arguments = try Arguments(words)
      if arguments.endsWithInput { endWithInput() }
      let opened = try Transport(variables)
      transport = opened
      let fetch = try InventoryFetch(
        environment: arguments.environment,
        output: arguments.output.hasPrefix("/")
          ? arguments.output : "\(folder)/\(arguments.output)",
        withDefinitions: arguments.withDefinitions, withNames: arguments.withNames,
        version: InventoryVersion.current,
        means: InventoryFetch.Means(
          transport: opened, azure: AzureProgram(variables: variables), variables: variables,
          secrets: secrets, report: { meter.show($0) }))
      let manifest = try await fetch.run()
      meter.clear()
      if !arguments.isQuiet {
        say(await secrets.masked(manifest.sentence(savedIn: arguments.output)))
        for table in manifest.tables where table.extent != .all {
          let what = table.extent == .part ? "in part" : "unknown"
          say(
            await secrets.masked(
              "note: \(table.name) \(what): \(table.reason ?? "no reason given")"))
        }
      }
    } catch {
      meter.clear()
      let failure =
        error as? FetchFailure ?? FetchFailure("could not fetch the inventory: \(error)")
      say(await secrets.masked("error: \(failure.message)"))
      if let hint = failure.hint { say(await secrets.masked("hint: \(hint)")) }
      status = failure.isUsage ? 64 : 2
    }
    await transport?.close()
    return status
  }

  /// Fetched pages are kept: the next run continues from there.
  private static func endWithInput() {
    FileHandle.standardInput.readabilityHandler = { input in
      if input.availableData.isEmpty { exit(2) }
    }
  }

  /// A service's words may hold anything: nothing of it moves the cursor.
  private static func say(_ text: String) {
    let printable = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: " "
          default: scalar
          }
        }))
    FileHandle.standardError.write(Data((printable + "\n").utf8))
  }
}

/// One line on a terminal that says how far a fetch is.
private struct ProgressLine: Sendable {
  let isShown: Bool

  func show(_ progress: FetchProgress) {
    guard isShown else { return }
    switch progress {
    case .rows(let table, let count): write("\(table): \(count) rows")
    case .waiting(let host, let seconds):
      write("waiting \(Int(seconds.rounded(.up))) s for \(host)")
    }
  }

  func clear() {
    if isShown { write("") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data("\r\u{1B}[K\(text)".utf8))
  }
}

extension InventoryManifest {
  fileprivate func sentence(savedIn folder: String) -> String {
    func count(_ table: EnvironmentTable, _ noun: String) -> String? {
      tables.first { $0.name == table.rawValue && $0.extent != .unknown }
        .map { "\($0.rows) \(noun)\($0.rows == 1 ? "" : "s")" }
    }
    let counts = [
      count(.references, "connection reference"), count(.flows, "flow"),
      count(.connections, "connection"),
    ].compactMap(\.self).joined(separator: ", ")
    return "saved \(counts) of \(environment) in \(folder)"
  }
}
