import Platform

/// The entry point: runs the command line of this process and ends with its exit status.
@main
enum Program {
  static func main() {
    let process = ProcessInfo.processInfo
    let context = RunContext(
      folder: FileManager.default.currentDirectoryPath, environment: process.environment)
    let console = Console(context)
    // Swift reads them from /proc/self/cmdline, and has none where that is missing: a run without
    // arguments would only print its help, and look like a pass.
    guard !CommandLine.arguments.isEmpty else {
      console.complain("could not read the command line: is /proc mounted?")
      exit(ExitStatus.unknown.code)
    }
    let status = Connref.status(
      of: Array(CommandLine.arguments.dropFirst()), in: context, console: console)
    if let reason = context.faults.reason {
      console.complain("could not write to standard output: \(reason)")
      exit(status.worse(.unknown).code)
    }
    exit(status.code)
  }
}
