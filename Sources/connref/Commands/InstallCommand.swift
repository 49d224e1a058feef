import ArgumentParser
import Git
import Platform
import Reporting
import Review

struct InstallCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install the hooks into this repository.",
    discussion: """
      In a clone: pre-commit, pre-merge-commit, pre-applypatch and pre-push stop broken changes; \
      post-commit, post-merge and post-rewrite report other changes: by a cherry-pick, a pull, a \
      rebase. In a bare repository, for a server: pre-receive refuses a push that breaks a branch, \
      post-receive reports what it broke. An existing hook is kept and runs first. Installing \
      twice changes nothing.

        connref install
        connref install --hook pre-commit --hook pre-push
        connref install --repository /srv/git/sales.git
      """)

  @Flag(help: "Also where core.hooksPath leads out of this repository.")
  var shared = false

  @Flag(help: "For a repository that git for Windows uses: the hooks call connref in WSL.")
  var wsl = false

  @Option(
    name: .customLong("hook"),
    help: ArgumentHelp("Only this hook; may be given several times.", valueName: "name"))
  var hooks: [HookName] = []

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let repository = try common.openRepository(in: context)
    let folder = try HooksFolder(repository, sharedToo: shared)
    // husky's scripts find the team's by their own names, and each npm install overwrites them.
    if folder.url.pathComponents.suffix(2) == [".husky", "_"] {
      throw Failure(
        message: "husky runs the hooks of this repository, and overwrites '.husky/_'",
        hint: "add a line to .husky/pre-commit, .husky/pre-push and so on: "
          + "connref hook pre-commit \"$@\"")
    }
    let installer = HookInstaller(
      folder: folder.url, caller: wsl ? .gitForWindows : .git, program: context.programFolder,
      worktree: folder.worktree)
    var status = ExitStatus.clear
    let hooks = hooks.isEmpty ? folder.usualHooks : hooks
    for (hook, outcome) in installer.install(hooks) {
      if case .refused(let refusal) = outcome {
        console.complain(outcome.message(for: hook), hint: refusal.hint)
        status = .unknown
      } else {
        console.inform(outcome.message(for: hook))
      }
    }
    if folder.place == .worktree, status == .clear {
      console.inform("core.hooksPath leads into the worktree: commit the hooks for your team")
    }
    if repository.isBare {
      try ServerMainBranch(repository).report(to: console)
    } else if status == .clear, !console.isQuiet {
      console.hint("connref doctor shows whether each of them fires")
    }
    return status
  }
}

extension ServerMainBranch {
  /// Says what the hooks of a server do with a new branch.
  func report(to console: Console) {
    if choice == .unclear {
      console.warn(message)
    } else {
      console.inform(PrintableText(escaping: message).description)
    }
    if let hint { console.hint(hint) }
  }
}

extension HookName: ExpressibleByArgument {}
