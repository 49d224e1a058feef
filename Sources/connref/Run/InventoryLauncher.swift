import Platform
import Reporting

/// `connref-inventory`, the program with a network: it reads no repository, and connref uses no network.
///
/// It is looked for beside this program and in `../libexec/connref`, never on the PATH: it is handed
/// credentials, by the environment variables alone.
struct InventoryLauncher {
  let context: RunContext

  /// Runs it to its end; its messages go where those of this program go.
  ///
  /// - Parameter output: as the user wrote it.
  func fetch(
    _ address: String, into output: String, withDefinitions: Bool,
    withNames: Bool, isQuiet: Bool
  ) throws -> ExitStatus {
    let program = ChildProcess(
      executable: try path(),
      arguments: [
        "fetch", "--environment", address, "--output", output, "--version-of-connref",
        ToolVersion.current, "--end-with-input",
      ] + (withDefinitions ? ["--with-definitions"] : []) + (withNames ? ["--with-names"] : [])
        + (isQuiet ? ["--quiet"] : []),
      folder: context.folder, environment: context.outsideOfRepository, limit: .infinity)
    let status: Int32
    do {
      status = try program.runAlongside()
    } catch {
      throw Failure(message: "could not run connref-inventory: \(error.systemReason)")
    }
    switch status {
    case 0: return .clear
    case ExitStatus.wrongUsage.code: return .wrongUsage
    default: return .unknown
    }
  }

  private func path() throws -> String {
    let folders = [ownFolder, context.programFolder].compactMap(\.self)
    let places = folders.flatMap {
      ["\($0)/connref-inventory", "\($0)/../libexec/connref/connref-inventory"]
    }
    if let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) {
      return found
    }
    throw Failure(
      message:
        "could not find connref-inventory, the program that asks environments: it is neither "
        + "beside connref nor in libexec/connref",
      hint: "./install.sh builds and installs it")
  }

  /// Where this program is, links followed; nil where the system does not say.
  private var ownFolder: String? {
    // Linux alone has it; elsewhere the name by which this was called is all there is.
    let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return path.flatMap { path in path.lastIndex(of: "/").map { String(path[..<$0]) } }
  }
}
