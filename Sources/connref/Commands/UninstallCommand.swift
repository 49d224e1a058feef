import ArgumentParser
import Review

struct UninstallCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "uninstall",
    abstract: "Remove the hooks that connref installed.",
    discussion: "A hook that existed before is restored. Others are left alone.")

  @Flag(help: "Also where core.hooksPath leads out of this repository.")
  var shared = false

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let folder = try HooksFolder(
      try common.openRepository(in: context), sharedToo: shared, isRemoval: true)
    var status = ExitStatus.clear
    for (hook, removal) in HookInstaller(folder: folder.url).uninstall() {
      if removal == .notInstalled, !folder.usualHooks.contains(hook) { continue }
      if case .refused(let refusal) = removal {
        console.complain(removal.message(for: hook), hint: refusal.hint)
        status = .unknown
      } else {
        console.inform(removal.message(for: hook))
      }
    }
    return status
  }
}
